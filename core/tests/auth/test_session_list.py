import datetime as dt

import pytest
from sqlalchemy import update

from questline_core.auth.devices import device_name
from questline_core.auth.models import AuthSession

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CHROME, ("Chrome", "Linux", False)),
        (IPHONE, ("Safari", "iOS", True)),
        (EDGE, ("Edge", "Windows", False)),
        ("curl/8.0", (None, None, False)),
        (None, (None, None, False)),
    ],
)
def test_a_browser_is_called_by_its_name(text, expected):
    name = device_name(text)
    assert (name.browser, name.system, name.mobile) == expected


async def test_sessions_are_listed_with_device_and_address_and_ended_one_by_one(browser, member, email):
    ada = await member(email)
    phone = await browser(address="198.51.100.7")
    phone.headers["user-agent"] = IPHONE
    token = (await phone.log_in(email)).json()["access_token"]
    sessions = (await ada.get("/api/v1/me/sessions")).json()["sessions"]
    assert [each["current"] for each in sessions] == [True, False]
    other = sessions[1]
    assert (other["browser"], other["system"], other["address"]) == ("Safari", "iOS", "198.51.100.7")
    assert (await phone.me(token)).status_code == 200
    assert (await ada.delete(f"/api/v1/me/sessions/{other['id']}")).status_code == 204
    assert (await ada.delete(f"/api/v1/me/sessions/{other['id']}")).status_code == 404
    assert (await phone.refresh()).status_code == 401
    assert len((await ada.get("/api/v1/me/sessions")).json()["sessions"]) == 1


async def test_an_ended_sessions_access_token_is_refused_at_once(mailing, browser, member, email):
    ada, phone = await member(email), await browser()
    token = (await phone.log_in(email)).json()["access_token"]
    other = next(each for each in (await ada.get("/api/v1/me/sessions")).json()["sessions"] if not each["current"])
    await ada.delete(f"/api/v1/me/sessions/{other['id']}")
    assert (await phone.me(token)).json()["code"] == "session_ended"


async def test_another_users_session_cannot_be_ended(member, email):
    ada, eve = await member(email), await member(f"eve-{email}")
    (hers,) = (await ada.get("/api/v1/me/sessions")).json()["sessions"]
    assert (await eve.delete(f"/api/v1/me/sessions/{hers['id']}")).status_code == 404
    assert (await ada.refresh()).status_code == 200


async def test_signing_out_everywhere_ends_every_session_or_all_but_this(browser, member, email):
    ada, phone = await member(email), await browser()
    await phone.log_in(email)
    assert (await ada.delete("/api/v1/me/sessions", params={"keep_current": True})).status_code == 204
    assert (await phone.refresh()).status_code == 401
    assert (await ada.refresh()).status_code == 200
    assert (await ada.delete("/api/v1/me/sessions")).status_code == 204
    assert (await ada.refresh()).status_code == 401


async def test_a_session_ends_after_its_idle_time_and_after_its_longest_however_much_it_is_used(
    mailing, school, member, policy, email
):
    await policy(school, idle_days=2, longest_days=5)
    ada = await member(email)
    assert (await ada.refresh()).status_code == 200

    async def age(**columns):
        async with mailing.context(school.id) as ctx:
            await ctx.session.execute(update(AuthSession).where(AuthSession.user_id == ada.user_id).values(columns))

    (session,) = (await ada.get("/api/v1/me/sessions")).json()["sessions"]
    lasts = dt.datetime.fromisoformat(session["expires_at"]) - dt.datetime.fromisoformat(session["last_used_at"])
    assert lasts == dt.timedelta(days=2)
    now = dt.datetime.now(dt.UTC)
    await age(created_at=now - dt.timedelta(days=4, hours=12))
    assert (await ada.refresh()).status_code == 200
    (session,) = (await ada.get("/api/v1/me/sessions")).json()["sessions"]
    assert dt.datetime.fromisoformat(session["expires_at"]) <= now + dt.timedelta(hours=12, minutes=1)
    await age(created_at=now - dt.timedelta(days=6))
    assert (await ada.refresh()).status_code == 401
