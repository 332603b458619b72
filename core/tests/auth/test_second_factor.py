import datetime as dt

import pyotp
import pytest
from sqlalchemy import update

from questline_core.auth.factors import remove_every_factor
from questline_core.auth.models import AuthSession, RememberedDevice, Totp, User

PASSWORD = "a walk along the river"
ME = "/api/v1/me"
LOCAL = {"origin": "http://localhost"}


@pytest.fixture
def with_app(member, email):
    """Makes a member with an authenticator app; returns the browser, the app and the recovery codes."""

    async def make(role="learner"):
        client = await member(email, role)
        made = (await client.post(f"{ME}/totp")).json()
        app = pyotp.TOTP(made["secret"])
        answer = await client.post(f"{ME}/totp/confirmation", json={"code": app.now()})
        assert answer.status_code == 200, answer.text
        return client, app, answer.json()["recovery_codes"]

    return make


@pytest.fixture
def forget_codes(mailing, school):
    """Makes the app's present code good again, as half a minute would."""

    async def forget(user_id):
        async with mailing.context(school.id) as ctx:
            await ctx.session.execute(update(Totp).where(Totp.user_id == user_id).values(last_step=0))

    return forget


async def give(client, ticket, **fields):
    return await client.post("/api/v1/auth/second-factor", json={"ticket": ticket} | fields)


async def test_an_app_counts_once_its_first_code_was_given(member, browser, email):
    ada = await member(email)
    made = (await ada.post(f"{ME}/totp")).json()
    assert made["uri"].startswith("otpauth://totp/")
    assert made["image"].startswith("<svg")
    assert (await (await browser()).log_in(email)).status_code == 200
    wrong = await ada.post(f"{ME}/totp/confirmation", json={"code": "000000"})
    assert wrong.json()["errors"][0]["field"] == "code"
    code = pyotp.TOTP(made["secret"]).now()
    confirmed = await ada.post(f"{ME}/totp/confirmation", json={"code": f"{code[:3]} {code[3:]}"})
    assert len(set(confirmed.json()["recovery_codes"])) == 10
    answer = await (await browser()).log_in(email)
    assert answer.status_code == 202
    assert "set-cookie" not in answer.headers
    assert {name: answer.json()[name] for name in ("app", "recovery_code", "passkey")} == {
        "app": True,
        "recovery_code": True,
        "passkey": None,
    }


async def test_the_second_factor_lets_in_and_each_code_is_good_once(with_app, browser, email, forget_codes):
    ada, app, _ = await with_app()
    client = await browser()
    ticket = (await client.log_in(email)).json()["ticket"]
    used = await give(client, ticket, code=app.now())
    assert used.json()["errors"][0]["field"] == "code", "the code that confirmed the app is used up"
    await forget_codes(ada.user_id)
    assert (await give(client, ticket, code=app.now())).status_code == 200
    assert (await client.refresh()).status_code == 200
    await forget_codes(ada.user_id)
    assert (await give(await browser(), ticket, code=app.now())).json()["code"] == "link_over"


async def test_a_recovery_code_lets_in_once(with_app, browser, email):
    ada, _, codes = await with_app()
    client = await browser()
    for expected in (200, 422):
        ticket = (await client.log_in(email)).json()["ticket"]
        answer = await give(client, ticket, recovery_code=codes[0].upper().replace("-", " "))
        assert answer.status_code == expected
    assert (await ada.get(f"{ME}/security")).json()["recovery_codes_left"] == 9


async def test_codes_cannot_be_guessed(with_app, browser, email):
    await with_app()
    client = await browser()
    ticket = (await client.log_in(email)).json()["ticket"]
    answers = [(await give(client, ticket, code=f"00000{number}")).status_code for number in range(8)]
    assert answers[:4] == [422] * 4
    assert answers[-1] == 429


async def test_a_ticket_is_good_for_its_tenant_and_password_only(
    with_app, browser, visitor, mailing, email, forget_codes
):
    ada, app, _ = await with_app()
    client = await browser()
    ticket = (await client.log_in(email)).json()["ticket"]
    other = await visitor(of=await mailing.new_tenant(), app=mailing.app)
    assert (await give(other, ticket, code=app.now())).json()["code"] == "link_over"
    assert (await give(client, ticket[:-8] + "AAAAAAA=", code=app.now())).json()["code"] == "link_over"
    changed = {"current_password": PASSWORD, "new_password": "a swim across the lake"}
    assert (await ada.post(f"{ME}/password", json=changed)).status_code == 204
    await forget_codes(ada.user_id)
    assert (await give(client, ticket, code=app.now())).json()["code"] == "invalid_credentials"


async def test_a_remembered_device_needs_no_second_factor_until_it_is_forgotten(
    with_app, browser, school, policy, mailing, email, forget_codes
):
    ada, app, _ = await with_app()
    client = await browser()
    ticket = (await client.log_in(email)).json()["ticket"]
    await forget_codes(ada.user_id)
    answer = await give(client, ticket, code=app.now(), remember=True)
    cookie = next(each for each in answer.headers.get_list("set-cookie") if each.startswith("questline_device"))
    assert "HttpOnly" in cookie
    assert (await client.log_in(email)).status_code == 200
    assert (await (await browser()).log_in(email)).status_code == 202
    await policy(school, remember_device_days=0)
    assert (await client.log_in(email)).status_code == 202
    await policy(school)
    assert (await client.log_in(email)).status_code == 200
    async with mailing.context(school.id) as ctx:
        await ctx.session.execute(update(RememberedDevice).values(expires_at=ctx.now))
    assert (await client.log_in(email)).status_code == 202


async def test_what_cannot_be_taken_back_needs_a_recent_proof(mailing, school, with_app, email, forget_codes):
    ada, _app, codes = await with_app()
    async with mailing.context(school.id) as ctx:
        long_ago = ctx.now - dt.timedelta(minutes=16)
        await ctx.session.execute(update(AuthSession).values(authenticated_at=long_ago))
    for method, path, body in (
        ("DELETE", f"{ME}/totp", None),
        ("POST", f"{ME}/recovery-codes", None),
        ("POST", f"{ME}/email", {"email": f"new-{email}"}),
        ("POST", f"{ME}/passkeys/options", None),
    ):
        answer = await ada.request(method, path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (403, "step_up_needed"), path
    password = await ada.post(f"{ME}/proof", json={"password": PASSWORD})
    assert password.status_code == 422, "who has a second factor proves it by that"
    assert (await ada.post(f"{ME}/proof", json={"recovery_code": codes[0]})).status_code == 204
    renewed = (await ada.post(f"{ME}/recovery-codes")).json()["recovery_codes"]
    assert not set(renewed) & set(codes)
    assert (await ada.delete(f"{ME}/totp")).status_code == 204
    assert (await ada.get(f"{ME}/security")).json()["recovery_codes_left"] == 0
    assert (await ada.post(f"{ME}/proof", json={"password": "wrong"})).status_code == 422
    assert (await ada.post(f"{ME}/proof", json={"password": PASSWORD})).status_code == 204


async def test_a_role_that_needs_a_second_factor_may_do_nothing_before_it_is_set_up(
    school, browser, member, policy, email
):
    await policy(school, second_factor_roles=["admin"])
    ada = await member(email, "admin")
    session = (await ada.refresh()).json()
    assert session["must_enrol"] is True
    ada.headers["authorization"] = f"Bearer {session['access_token']}"
    refused = await ada.get("/api/v1/users")
    assert (refused.status_code, refused.json()["code"]) == (403, "second_factor_needed")
    assert (await ada.get(f"{ME}/security")).json()["second_factor_needed"] is True
    secret = (await ada.post(f"{ME}/totp")).json()["secret"]
    await ada.post(f"{ME}/totp/confirmation", json={"code": pyotp.TOTP(secret).now()})
    session = (await ada.refresh()).json()
    assert session["must_enrol"] is False
    ada.headers["authorization"] = f"Bearer {session['access_token']}"
    assert (await ada.get("/api/v1/users")).status_code == 200
    learner = await member(f"learner-{email}")
    assert (await learner.refresh()).json()["must_enrol"] is False


async def test_the_secret_is_sealed_and_a_change_is_told_by_mail(mailing, school, with_app, email, post):
    ada, app, _ = await with_app()
    async with mailing.context(school.id) as ctx:
        totp = await ctx.session.scalar(
            Totp.__table__.select().where(Totp.user_id == ada.user_id).with_only_columns(Totp.secret)
        )
    assert app.secret.encode() not in totp
    await mailing.drain()
    assert "has changed" in post.to(email)[-1]["Subject"]


async def test_a_suspended_account_is_not_let_in_half_way(mailing, school, with_app, browser, email, forget_codes):
    ada, app, _ = await with_app()
    client = await browser()
    ticket = (await client.log_in(email)).json()["ticket"]
    async with mailing.context(school.id) as ctx:
        await ctx.session.execute(update(User).where(User.id == ada.user_id).values(status="suspended"))
    await forget_codes(ada.user_id)
    assert (await give(client, ticket, code=app.now())).status_code == 401


async def test_who_has_lost_everything_is_let_in_by_password_again(mailing, school, with_app, browser, email):
    ada, _, _ = await with_app()
    async with mailing.context(school.id) as ctx:
        await remove_every_factor(ctx, ada.user_id)
    assert (await (await browser()).log_in(email)).status_code == 200
    assert (await ada.get(f"{ME}/security")).json()["recovery_codes_left"] == 0
