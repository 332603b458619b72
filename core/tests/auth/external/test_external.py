"""Signing in with accounts elsewhere, up to the provider's own part."""

import json
from urllib.parse import parse_qs, urlsplit

import msgspec
import pyotp
import pytest
from sqlalchemy import select, update

from questline_core.audit.models import AuditEntry
from questline_core.auth import links
from questline_core.auth.accounts import get_user
from questline_core.auth.external.models import LinkedIdentity
from questline_core.auth.models import AuthSession
from questline_core.privacy.person import erase_user, export_user

CLUB_PATH = "/api/v1/sign-in/club.green"


async def test_the_site_offers_what_plugins_registered(browse, begin):
    client = await browse()
    offered = (await client.get("/api/v1/site")).json()["sign_in_with"]
    assert offered == [
        {"provider": "club.green", "label": "Green Club", "icon": ""},
        {"provider": "club.red", "label": "Red Club", "icon": ""},
    ]
    url = urlsplit(await begin(client))
    assert parse_qs(url.query)["back"] == ["http://localhost:8000/log-in/with/club.green"]
    assert (await client.post("/api/v1/sign-in/club.blue", json={})).json()["code"] == "provider_unknown"


async def test_somebody_new_gets_an_account_and_comes_back_to_it(enter, person, clubs, town):
    ada = person(name="Ada Lovelace\n")
    client, answer = await enter(ada)
    assert answer.status_code == 200, answer.text
    session = answer.json()
    assert (session["user"]["display_name"], session["user"]["locale"]) == ("Ada Lovelace", "de")
    cookies = {each.name for each in client.cookies.jar}
    assert {"questline_refresh", "questline_csrf"} <= cookies
    assert not any(name.startswith("questline_sign_in") for name in cookies)
    assert (await client.refresh()).status_code == 200
    again = (await enter(ada | {"email": "other@example.test"}))[1].json()
    assert again["user"]["id"] == session["user"]["id"]
    async with clubs.context(town.id) as ctx:
        actions = set(await ctx.session.scalars(select(AuditEntry.action)))
        user = await get_user(ctx, session["user"]["id"])
    assert {"identity.account.opened", "identity.external.linked"} <= actions
    assert user.email_verified_at is not None
    assert user.password_hash is None


async def test_an_answer_is_good_once_and_in_its_own_browser_only(browse, begin, come_back, person):
    ada, thief = await browse(), await browse()
    await begin(ada)
    (kept,) = [each for each in ada.cookies.jar if each.name.startswith("questline_sign_in")]
    body = {"state": "log_in.made-up", "parameters": {"identity": json.dumps(person())}}
    assert (await thief.post(f"{CLUB_PATH}/completion", json=body)).json()["code"] == "link_over"
    assert (await ada.post(f"{CLUB_PATH}/completion", json=body)).json()["code"] == "link_over"
    first = await come_back(ada, person())
    assert first.status_code == 200
    ada.cookies.jar.set_cookie(kept)
    assert (await come_back(ada, person())).json()["code"] == "link_over"
    await begin(thief)
    refused = await come_back(thief, None)
    assert (refused.status_code, refused.json()["code"]) == (403, "provider_refused")


async def test_a_way_begun_for_one_thing_ends_nothing_else(begin, come_back, person, resident):
    ada = await resident("once@example.test")
    await begin(ada)
    assert (await come_back(ada, person(), "link")).json()["code"] == "link_over"
    other = await come_back(ada, person(), "proof")
    assert other.json()["code"] == "link_over"


async def test_an_address_never_links_by_itself(begin, come_back, enter, person, resident):
    ada = await resident("owner@example.test", "owner")
    stranger = person("Owner@example.test")
    assert (await enter(stranger))[1].json()["code"] == "account_exists"
    await begin(ada, "identities/club.green")
    linked = await come_back(ada, stranger, "link")
    assert linked.status_code == 200, linked.text
    (account,) = linked.json()["accounts"]
    assert (account["provider"], account["label"], account["email"]) == ("club.green", "Green Club", stranger["email"])
    answer = (await enter(stranger))[1]
    assert answer.json()["user"]["id"] == str(ada.user_id)
    bob = await resident("bob@example.test")
    await begin(bob, "identities/club.green")
    assert (await come_back(bob, stranger, "link")).json()["code"] == "identity_taken"


async def test_linking_needs_a_recent_proof_and_the_session_that_began(begin, come_back, person, resident, clubs, town):
    ada = await resident("slow@example.test")
    await begin(ada, "identities/club.green")
    async with clubs.context(town.id) as ctx:
        await ctx.session.execute(
            update(AuthSession).where(AuthSession.user_id == ada.user_id).values(authenticated_at=None)
        )
    assert (await come_back(ada, person(), "link")).json()["code"] == "step_up_needed"
    assert (await ada.post("/api/v1/identities/club.green", json={})).json()["code"] == "step_up_needed"
    eve = await resident("eve@example.test")
    await begin(ada)
    again = await resident("again@example.test")
    await begin(eve, "identities/club.green")
    eve.headers["authorization"] = again.headers["authorization"]
    assert (await come_back(eve, person(), "link")).json()["code"] == "session_changed"


@pytest.mark.parametrize(
    ("mode", "fields", "code"),
    [
        ("closed", {}, "sign_up_closed"),
        ("invitation", {}, "invitation_needed"),
        ("open", {"new_accounts": "never"}, "sign_up_closed"),
        ("open", {"email_verified": False}, "email_unverified"),
        ("domains", {"email_verified": False}, "email_unverified"),
        ("open", {"email": None}, "email_missing"),
    ],
)
async def test_the_site_says_who_gets_an_account(enter, person, settle, mode, fields, code):
    await settle(mode)
    assert (await enter(person() | fields))[1].json()["code"] == code


async def test_a_provider_may_open_accounts_where_the_site_is_closed(enter, person, settle):
    await settle("closed")
    assert (await enter(person(new_accounts="always")))[1].status_code == 200


async def test_an_invitation_is_used_up_and_says_the_role(enter, person, settle, clubs, town):
    await settle("invitation")
    async with clubs.context(town.id) as ctx:
        details = {"role": "author", "mailed": True, "by": "x"}
        await links.issue(ctx, links.INVITATION, email="guest@example.test", data=details)
    answer = (await enter(person("guest@example.test", role="instructor")))[1]
    assert answer.json()["user"]["role"] == "author"


async def test_roles_come_from_the_provider_but_for_the_owners(begin, come_back, enter, person, resident):
    ada = person(role="instructor", follow_role=True)
    assert (await enter(ada))[1].json()["user"]["role"] == "instructor"
    assert (await enter(ada | {"role": "author"}))[1].json()["user"]["role"] == "author"
    assert (await enter(ada | {"role": "owner"}))[1].json()["user"]["role"] == "author"
    assert (await enter(ada | {"role": "no-such"}))[1].json()["user"]["role"] == "author"
    kept = person(role="instructor")
    await enter(kept)
    assert (await enter(kept | {"role": "author"}))[1].json()["user"]["role"] == "instructor"
    boss = await resident("boss@example.test", "owner")
    await begin(boss, "identities/club.green")
    linked = person("boss@example.test", role="learner", follow_role=True)
    await come_back(boss, linked, "link")
    assert (await enter(linked))[1].json()["user"]["role"] == "owner"


async def test_a_second_factor_is_asked_unless_the_providers_is_trusted(enter, person):
    ada = person(name="Ada")
    client, _ = await enter(ada)
    secret = (await client.post("/api/v1/me/totp")).json()["secret"]
    app = pyotp.TOTP(secret)
    await client.post("/api/v1/me/totp/confirmation", json={"code": app.now()})
    other, needed = await enter(ada)
    assert needed.status_code == 202
    assert needed.json()["app"]
    wrong = await other.post("/api/v1/auth/second-factor", json={"ticket": needed.json()["ticket"], "code": "000000"})
    assert wrong.status_code == 422
    assert (await enter(ada | {"second_factor": True}))[1].status_code == 200


async def test_a_trusted_second_factor_does_for_a_role_that_needs_one(enter, person, settle):
    await settle(second_factor_roles=["learner"])
    ada = person()
    assert (await enter(ada))[1].json()["must_enrol"] is True
    client, answer = await enter(ada | {"second_factor": True})
    assert answer.json()["must_enrol"] is False
    assert (await client.refresh()).json()["must_enrol"] is False


async def test_the_last_way_in_stays(begin, enter, person, state_of):
    ada = person()
    client, _ = await enter(ada)
    (account,) = (await client.get("/api/v1/identities")).json()["accounts"]
    path = f"/api/v1/identities/{account['id']}"
    assert (await client.delete(path)).json()["code"] == "last_way_in"
    await begin(client, "identities/club.red")
    red = "/api/v1/sign-in/club.red/link"
    state = state_of(client)
    body = {"state": state, "parameters": {"identity": json.dumps(person())}}
    assert (await client.post(red, json=body)).status_code == 200
    assert (await client.delete(path)).status_code == 204
    assert (await enter(ada))[1].json()["code"] == "account_exists"


async def test_who_has_no_password_proves_who_they_are_elsewhere(begin, come_back, enter, person, clubs, town):
    ada = person()
    client, _ = await enter(ada)
    async with clubs.context(town.id) as ctx:
        await ctx.session.execute(update(AuthSession).values(authenticated_at=None))
    url = await begin(client, "identities/club.green/proof")
    assert "fresh=True" in url
    assert (await come_back(client, person(), "proof")).json()["code"] == "identity_differs"
    assert (await come_back(client, ada, "proof")).status_code == 204
    assert (await client.get("/api/v1/me/security")).json()["recent"] is True


async def test_a_posted_answer_is_kept_for_the_browser_that_began(browse, begin, person, state_of):
    client, elsewhere = await browse(), await browse()
    await begin(client)
    state = state_of(client)
    form = {"RelayState": state, "identity": json.dumps(person())}
    headers = {"origin": "https://green.club.example", "sec-fetch-site": "cross-site"}
    answer = await elsewhere.post(f"{CLUB_PATH}/answer", data=form, headers=headers)
    assert answer.status_code == 303, answer.text
    place, _, fragment = answer.headers["location"].partition("#")
    assert place.endswith("/log-in/with/club.green")
    given = {name: value[0] for name, value in parse_qs(fragment).items()}
    assert given["state"] == state
    assert (await elsewhere.post(f"{CLUB_PATH}/completion", json=given)).json()["code"] == "link_over"
    assert (await client.post(f"{CLUB_PATH}/completion", json=given)).status_code == 200
    assert (await client.post(f"{CLUB_PATH}/answer", data={"identity": "{}"})).status_code == 422


async def test_what_is_kept_of_an_account_elsewhere_is_exported_and_erased(enter, person, clubs, town):
    ada = person()
    user_id = (await enter(ada))[1].json()["user"]["id"]
    async with clubs.context(town.id) as ctx:
        exported = msgspec.json.encode(await export_user(ctx, user_id)).decode()
    assert ada["subject"] in exported
    async with clubs.context(town.id) as ctx:
        await erase_user(ctx, user_id)
    async with clubs.context(town.id) as ctx:
        assert await ctx.session.scalar(select(LinkedIdentity).where(LinkedIdentity.subject == ada["subject"])) is None
