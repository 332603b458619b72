import datetime as dt
from http.cookies import SimpleCookie

import msgspec
import pytest
from sqlalchemy import update

from questline_core.auth.models import RefreshToken


def cookies_of(answer):
    jar = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        jar.load(header)
    return jar


async def test_a_refresh_answers_like_a_log_in(visitor, email):
    browser = await visitor()
    session = (await browser.sign_up(email)).json()
    answer = await browser.refresh()
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["user"] == session["user"]
    assert (await browser.me(answer.json()["access_token"])).status_code == 200


async def test_a_refresh_needs_no_word_of_the_tenant(visitor, email):
    browser = await visitor()
    await browser.sign_up(email)
    del browser.headers["x-questline-tenant"]
    assert (await browser.refresh()).status_code == 200


async def test_a_stale_access_token_does_not_hinder_the_refresh(visitor, email):
    browser = await visitor()
    await browser.sign_up(email)
    assert (await browser.refresh(authorization="Bearer stale")).status_code == 200


async def test_the_refresh_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor, email):
    cookies = cookies_of(await (await visitor()).sign_up(email))
    refresh, csrf = cookies["questline_refresh"], cookies["questline_csrf"]
    assert (refresh["path"], refresh["samesite"], refresh["httponly"]) == ("/api/v1/auth", "strict", True)
    assert (csrf["path"], csrf["samesite"], csrf["httponly"]) == ("/", "strict", "")
    assert refresh["max-age"] == csrf["max-age"] == str(30 * 86_400)


@pytest.mark.parametrize(
    ("cookie_secure", "base_url", "secure"),
    [
        (True, "https://learn.example.test", True),
        (True, "http://learn.example.test", True),
        (True, "https://localhost", True),
        (True, "http://localhost:8000", False),
        (True, "http://127.0.0.1:8000", False),
        (True, "http://[::1]:8000", False),
        (False, "http://learn.example.test", False),
    ],
)
async def test_cookies_are_secure_but_on_this_machine(
    visitor, email, host, monkeypatch, cookie_secure, base_url, secure
):
    monkeypatch.setattr(host, "settings", msgspec.structs.replace(host.settings, cookie_secure=cookie_secure))
    cookies = cookies_of(await (await visitor(base_url=base_url)).sign_up(email))
    assert {bool(cookie["secure"]) for cookie in cookies.values()} == {secure}
    prefix = "__Host-" if secure else ""
    assert set(cookies) == {f"{prefix}questline_refresh", f"{prefix}questline_csrf"}
    if secure:  # else a browser takes no cookie with this prefix
        assert {(cookie["path"], cookie["domain"]) for cookie in cookies.values()} == {("/", "")}


async def test_over_tls_a_cookie_that_a_neighbouring_host_could_have_planted_is_not_read(
    visitor, email, host, monkeypatch
):
    monkeypatch.setattr(host, "settings", msgspec.structs.replace(host.settings, cookie_secure=True))
    browser = await visitor(base_url="https://learn.example.test")
    cookies = cookies_of(await browser.sign_up(email))
    values = {name.removeprefix("__Host-"): cookie.value for name, cookie in cookies.items()}
    csrf = {"x-csrf-token": values["questline_csrf"]}
    planted = "; ".join(f"{name}={value}" for name, value in values.items())
    browser.cookies.clear()
    assert (await browser.refresh(cookie=planted, **csrf)).status_code == 401
    mixed = f"__Host-questline_refresh={values['questline_refresh']}; questline_csrf={values['questline_csrf']}"
    assert (await browser.refresh(cookie=mixed, **csrf)).json()["code"] == "csrf_failed"
    own = "; ".join(f"__Host-{name}={value}" for name, value in values.items())
    assert (await browser.refresh(cookie=own, **csrf)).status_code == 200


async def test_a_token_used_again_later_signs_everybody_out(visitor, email, host, tenant):
    browser = await visitor()
    await browser.sign_up(email)
    stolen = browser.cookies["questline_refresh"]
    assert (await browser.refresh()).status_code == 200
    async with host.context(tenant.id) as ctx:
        long_ago = ctx.now - dt.timedelta(minutes=1)
        await ctx.session.execute(
            update(RefreshToken).where(RefreshToken.used_at.is_not(None)).values(used_at=long_ago)
        )
    thief = await visitor()
    for name, value in {"questline_refresh": stolen, "questline_csrf": browser.cookies["questline_csrf"]}.items():
        thief.cookies.set(name, value, domain="localhost.local")
    refused = await thief.refresh()
    assert (refused.status_code, refused.json()["code"]) == (401, "session_ended")
    victim = await browser.refresh()
    assert (victim.status_code, victim.json()["code"]) == (401, "session_ended")


async def test_a_refused_browser_forgets_its_cookies(visitor, email):
    browser = await visitor()
    await browser.sign_up(email)
    cookie = browser.cookies["questline_refresh"]
    await browser.log_out()
    browser.cookies.set("questline_refresh", cookie, domain="localhost.local", path="/api/v1/auth")
    refused = await browser.refresh()
    assert refused.status_code in {401, 403}


async def test_a_request_without_a_session_is_refused(visitor):
    answer = await (await visitor()).refresh()
    assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")
    assert answer.headers["content-type"] == "application/problem+json"
    assert {cookie["max-age"] for cookie in cookies_of(answer).values()} == {"0"}


@pytest.mark.parametrize("value", ["", "x", "a.b.c", f"{'0' * 32}.{'0' * 32}.", "é.é.é"])
async def test_a_cookie_that_is_not_ours_is_no_session(visitor, value):
    answer = await (await visitor()).refresh(cookie=f"questline_refresh={value}".encode())
    assert answer.status_code in {401, 403}


@pytest.mark.parametrize("path", ["refresh", "log_out"])
@pytest.mark.parametrize("token", ["", "wrong", "é"])
async def test_without_the_csrf_token_nothing_happens(visitor, email, path, token):
    browser = await visitor()
    await browser.sign_up(email)
    answer = await getattr(browser, path)(**{"x-csrf-token": token.encode()})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert (await browser.refresh()).status_code == 200


async def test_the_csrf_token_must_come_twice(visitor, email):
    browser = await visitor()
    await browser.sign_up(email)
    only_refresh = f"questline_refresh={browser.cookies['questline_refresh']}"
    answer = await browser.refresh(cookie=only_refresh)
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


async def test_a_csrf_token_of_another_session_is_worth_nothing(visitor, email):
    browser, attacker = await visitor(), await visitor()
    await browser.sign_up(email)
    await attacker.sign_up(f"x{email}")
    planted = attacker.cookies["questline_csrf"]
    mine = f"questline_refresh={browser.cookies['questline_refresh']}; questline_csrf={planted}"
    answer = await browser.refresh(**{"x-csrf-token": planted, "cookie": mine})
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


async def test_another_sites_page_refreshes_nothing(visitor, email):
    browser = await visitor()
    await browser.sign_up(email)
    for site_kind in ("cross-site", "same-site"):
        assert (await browser.refresh(**{"sec-fetch-site": site_kind})).status_code == 403
    assert (await browser.refresh(**{"sec-fetch-site": "same-origin"})).status_code == 200


async def test_logging_out_ends_the_session_and_the_cookies(visitor, email):
    browser = await visitor()
    await browser.sign_up(email)
    kept = browser.cookies["questline_refresh"], browser.cookies["questline_csrf"]
    answer = await browser.log_out()
    assert answer.status_code == 204
    assert answer.content == b""
    assert "questline_refresh" not in browser.cookies
    assert (await browser.log_out()).status_code == 204
    replay = f"questline_refresh={kept[0]}; questline_csrf={kept[1]}"
    again = await browser.refresh(**{"x-csrf-token": kept[1], "cookie": replay})
    assert (again.status_code, again.json()["code"]) == (401, "session_ended")
