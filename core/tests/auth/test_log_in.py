import statistics
import time

import argon2
import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from questline_core.auth.models import AuthSession, User
from questline_core.auth.passwords import needs_rehash
from questline_core.auth.queries import Credentials
from questline_core.auth.service import _let_in, create_user, set_password, set_status
from questline_core.events.models import EventRecord
from questline_core.tenancy.models import Tenant
from questline_sdk import Unauthenticated

from .conftest import PASSWORD


async def test_signing_up_makes_a_learner_who_is_signed_in(visitor, email, host, tenant):
    browser = await visitor()
    answer = await browser.sign_up(
        email.upper(), display_name="  Ada Lovelace ", locale="de", time_zone="Europe/Berlin"
    )
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    session = answer.json()
    assert session["expires_in"] == 600
    user = session["user"]
    assert (user["email"], user["display_name"], user["role"]) == (email, "Ada Lovelace", "learner")
    assert (user["locale"], user["time_zone"], user["avatar_url"]) == ("de", "Europe/Berlin", None)
    assert "content.course.take" in user["permissions"]
    claims = host.tokens.verify(session["access_token"])
    assert (str(claims.sub), claims.tid, claims.role) == (user["id"], tenant.id, "learner")
    assert (await browser.me(session["access_token"])).json() == user


async def test_signing_up_and_logging_in_publish_what_happened(visitor, email, host, tenant):
    user = (await (await visitor()).sign_up(email)).json()["user"]
    await (await visitor()).log_in(email)
    async with host.context(tenant.id) as ctx:
        events = (await ctx.session.execute(select(EventRecord.type, EventRecord.data))).all()
    assert [tuple(event) for event in events if event.data["user_id"] == user["id"]] == [
        ("identity.user.signed_up.v1", {"user_id": user["id"]}),
        ("identity.user.logged_in.v1", {"user_id": user["id"]}),
    ]


async def test_a_taken_address_is_a_conflict_in_any_case(visitor, email):
    await (await visitor()).sign_up(email)
    answer = await (await visitor()).sign_up(email.title())
    assert answer.status_code == 409
    assert answer.json()["code"] == "email_taken"
    assert "set-cookie" not in answer.headers


async def test_nobody_signs_up_where_that_is_closed(visitor, email, site, host, tenant):
    async with host.context(tenant.id) as ctx:
        await ctx.session.execute(update(Tenant).where(Tenant.id == tenant.id).values(sign_up="closed"))
    host.tenants.forget()
    answer = await (await visitor()).sign_up(email)
    assert (answer.status_code, answer.json()["code"]) == (403, "sign_up_closed")


async def test_a_weak_password_names_its_field(visitor, email):
    answer = await (await visitor()).sign_up(email, password="password123")
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["password"]


async def test_wrong_input_names_each_field(visitor):
    answer = await (await visitor()).sign_up("no address", password="short", display_name=" ", locale="deutsch!")
    assert answer.status_code == 400
    assert answer.json()["errors"]
    unknown = await (await visitor()).sign_up("ada@example.test", time_zone="Mars/Olympus")
    assert unknown.status_code == 422
    assert unknown.json()["errors"][0]["field"] == "time_zone"


async def test_one_signs_in_with_the_address_in_any_case(visitor, email):
    user = (await (await visitor()).sign_up(email)).json()["user"]
    answer = await (await visitor()).log_in(email.upper())
    assert answer.status_code == 200
    assert answer.json()["user"] == user


async def test_an_unknown_address_answers_exactly_as_a_wrong_password(visitor, email):
    browser = await visitor()
    await browser.sign_up(email)
    wrong = await browser.log_in(email, "not the password")
    unknown = await browser.log_in("nobody@example.test", "not the password")
    assert wrong.status_code == unknown.status_code == 401
    assert "set-cookie" not in wrong.headers
    bodies = [{**each.json(), "request_id": None} for each in (wrong, unknown)]
    assert bodies[0] == bodies[1]
    assert bodies[0]["code"] == "invalid_credentials"
    assert wrong.headers.keys() == unknown.headers.keys()


async def test_an_unknown_address_takes_as_long_as_a_wrong_password(visitor, email):
    await (await visitor()).sign_up(email)
    known, unknown = [], []
    for number in range(4):
        for times, address in ((known, email), (unknown, f"nobody-{number}@example.test")):
            browser = await visitor()
            started = time.perf_counter()
            await browser.log_in(address, "not the password")
            times.append(time.perf_counter() - started)
    ratio = statistics.median(known) / statistics.median(unknown)
    assert 0.5 < ratio < 2, (known, unknown)


async def test_an_account_without_a_password_lets_nobody_in(visitor, email, host, tenant):
    async with host.context(tenant.id) as ctx:
        await create_user(ctx, email=email, display_name="Ada", password=None)
    assert (await (await visitor()).log_in(email)).status_code == 401


async def test_a_suspended_account_is_told_to_those_who_know_its_password(visitor, email, host, tenant):
    user = (await (await visitor()).sign_up(email)).json()["user"]
    async with host.context(tenant.id) as ctx:
        await set_status(ctx, user["id"], "suspended")
    right = await (await visitor()).log_in(email)
    assert (right.status_code, right.json()["code"]) == (403, "account_suspended")
    assert "set-cookie" not in right.headers
    wrong = await (await visitor()).log_in(email, "not the password")
    assert wrong.json()["code"] == "invalid_credentials"


async def test_a_hash_of_old_parameters_is_replaced_at_the_next_log_in(visitor, email, host, tenant):
    old = argon2.PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    async with host.context(tenant.id) as ctx:
        user = await create_user(ctx, email=email, display_name="Ada", password=None)
        user.password_hash = old
    assert (await (await visitor()).log_in(email)).status_code == 200
    async with host.context(tenant.id) as ctx:
        stored = await ctx.session.scalar(select(User.password_hash).where(User.email == email))
    assert stored != old
    assert not needs_rehash(stored)
    assert (await (await visitor()).log_in(email)).status_code == 200


async def test_a_session_says_where_it_is_used(visitor, email, host, tenant):
    browser = await visitor(address="198.51.100.7")
    browser.headers["user-agent"] = "Firefox " + "x" * 1000
    await browser.sign_up(email)
    async with host.context(tenant.id) as ctx:
        (session,) = (await ctx.session.scalars(select(AuthSession))).all()
    assert session.address == "198.51.100.7"
    assert session.user_agent.startswith("Firefox")
    assert len(session.user_agent) == 300


async def test_another_sites_page_signs_nobody_in(visitor, email):
    browser = await visitor()
    browser.headers["sec-fetch-site"] = "cross-site"
    assert (await browser.sign_up(email)).json()["code"] == "csrf_failed"
    assert (await browser.log_in(email)).status_code == 403


async def test_a_password_changed_while_it_was_verified_lets_nobody_in(host, tenant, email):
    async with host.context(tenant.id) as ctx:
        user = await create_user(ctx, email=email, display_name="Ada", password=PASSWORD)
    verified = Credentials(id=user.id, email=email, password_hash=user.password_hash)
    async with host.context(tenant.id) as ctx:
        await set_password(ctx, user.id, "another walk, along the sea")
    async with host.context(tenant.id) as ctx:
        with pytest.raises(Unauthenticated):
            await _let_in(ctx, verified, PASSWORD)


async def test_a_failed_attempt_is_logged_with_the_account_and_nothing_that_was_typed(visitor, email):
    user = (await (await visitor()).sign_up(email)).json()["user"]
    with capture_logs() as lines:
        await (await visitor()).log_in(email, "not the password 7")
        await (await visitor()).log_in("nobody@example.test", "not the password 7")
    failed = [line for line in lines if line["event"] == "authentication failed"]
    assert [(line["way"], line["user_id"]) for line in failed] == [("password", user["id"]), ("password", None)]
    assert "not the password" not in repr(lines)
    assert "nobody@example.test" not in repr(lines)
