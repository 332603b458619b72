import asyncio

import pytest
from sqlalchemy import func, select, text

from questline_core.auth.accounts import time_zones
from questline_core.auth.models import AuthSession
from questline_core.auth.service import create_user, delete_user, set_role, user_by_email
from questline_sdk import Conflict, Invalid, NotFound

from .conftest import PASSWORD

NEW = "another walk, along the sea"


async def test_a_profile_changes_in_what_is_given_only(as_user):
    ada = await as_user("learner", name="Ada")
    changed = await ada.patch("/api/v1/me", json={"time_zone": "America/New_York"})
    assert changed.status_code == 200
    assert (changed.json()["display_name"], changed.json()["time_zone"]) == ("Ada", "America/New_York")
    await ada.patch("/api/v1/me", json={"display_name": " Ada L. ", "locale": "pt-BR"})
    me = (await ada.get("/api/v1/me")).json()
    assert (me["display_name"], me["locale"], me["time_zone"]) == ("Ada L.", "pt-BR", "America/New_York")
    assert (await ada.patch("/api/v1/me", json={})).json() == me


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"time_zone": "Mars/Olympus"}, 422),
        ({"time_zone": "localtime"}, 422),
        ({"time_zone": "../../etc/passwd"}, 422),
        ({"time_zone": ""}, 400),
        ({"locale": "german"}, 400),
        ({"locale": "en_US"}, 400),
        ({"display_name": "   "}, 400),
        ({"display_name": "x" * 81}, 400),
        ({"display_name": "a\u0000b"}, 400),
        ({"display_name": None}, 400),
    ],
)
async def test_a_wrong_value_is_refused_and_named(as_user, change, status):
    ada = await as_user("learner")
    answer = await ada.patch("/api/v1/me", json=change)
    assert answer.status_code == status
    assert answer.json()["errors"][0]["field"] == next(iter(change))


async def test_roles_and_addresses_are_not_ones_own_to_change(as_user):
    ada = await as_user("learner")
    before = (await ada.get("/api/v1/me")).json()
    await ada.patch("/api/v1/me", json={"role": "owner", "email": "root@example.test", "id": before["id"]})
    assert (await ada.get("/api/v1/me")).json() == before


async def test_postgresql_knows_every_time_zone_that_we_accept(ctx):
    known = set(await ctx.session.scalars(text("SELECT name FROM pg_timezone_names")))
    assert time_zones() <= known


async def test_a_guest_sees_their_profile_and_changes_nothing(as_user):
    guest = await as_user("guest")
    assert (await guest.get("/api/v1/me")).json()["role"] == "guest"
    assert (await guest.patch("/api/v1/me", json={"locale": "de"})).status_code == 403


async def test_a_deleted_user_is_nobody(as_user, host):
    ada = await as_user("learner")
    async with host.context(ada.tenant_id) as ctx:
        await delete_user(ctx, ada.user_id)
    answer = await ada.get("/api/v1/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "account_gone")
    changed = await ada.patch("/api/v1/me", json={"locale": "de"})
    assert changed.status_code in {401, 404}


async def test_a_new_password_ends_the_other_sessions(visitor, email, host, tenant):
    laptop, phone = await visitor(), await visitor()
    token = (await laptop.sign_up(email)).json()["access_token"]
    await phone.log_in(email)
    answer = await laptop.post(
        "/api/v1/me/password",
        json={"current_password": PASSWORD, "new_password": NEW},
        headers={"authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 204
    assert (await phone.refresh()).status_code == 401
    assert (await laptop.refresh()).status_code == 200
    assert (await (await visitor()).log_in(email)).status_code == 401
    assert (await (await visitor()).log_in(email, NEW)).status_code == 200
    async with host.context(tenant.id) as ctx:
        reasons = set(await ctx.session.scalars(select(AuthSession.revoke_reason)))
    assert reasons == {None, "password_changed"}


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"current_password": "not the password", "new_password": NEW}, 422, "current_password"),
        ({"current_password": PASSWORD, "new_password": "password123"}, 422, "new_password"),
        ({"current_password": PASSWORD, "new_password": "short"}, 400, "new_password"),
    ],
)
async def test_a_password_is_changed_by_those_who_know_it(visitor, email, body, status, field):
    browser = await visitor()
    token = (await browser.sign_up(email)).json()["access_token"]
    answer = await browser.post("/api/v1/me/password", json=body, headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == status
    assert answer.json()["errors"][0]["field"] == field
    assert (await (await visitor()).log_in(email)).status_code == 200


async def test_guessing_the_present_password_is_slowed_down(visitor, email):
    browser = await visitor()
    token = (await browser.sign_up(email)).json()["access_token"]
    body = {"current_password": "not the password", "new_password": NEW}
    headers = {"authorization": f"Bearer {token}"}
    answers = [await browser.post("/api/v1/me/password", json=body, headers=headers) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert answers[-1].headers["retry-after"] == "1"


async def test_accounts_are_made_found_and_deleted(ctx, email):
    made = await create_user(ctx, email=email.upper(), display_name="Ada", password=None, role="author")
    assert (await user_by_email(ctx, email)).id == made.id
    assert (await set_role(ctx, made.id, "admin")).role == "admin"
    with pytest.raises(Conflict):
        await create_user(ctx, email=email, display_name="Ada", password=None)
    await delete_user(ctx, made.id)
    with pytest.raises(NotFound):
        await user_by_email(ctx, email)
    with pytest.raises(NotFound):
        await delete_user(ctx, made.id)


@pytest.mark.parametrize(
    ("field", "value"),
    [("role", "king"), ("email", "no address"), ("display_name", " "), ("locale", "xx_YY"), ("time_zone", "Mars")],
)
async def test_an_account_is_not_made_with_a_wrong_value(ctx, email, field, value):
    values = {"email": email, "display_name": "Ada", "password": None} | {field: value}
    with pytest.raises(Invalid) as caught:
        await create_user(ctx, **values)
    assert caught.value.errors[0].field == field


async def test_many_accounts_of_one_address_at_once_make_one(visitor, email, host, tenant):
    browsers = [await visitor() for _ in range(5)]
    answers = await asyncio.gather(*(browser.sign_up(email) for browser in browsers))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
    async with host.context(tenant.id) as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(AuthSession)) == 1
