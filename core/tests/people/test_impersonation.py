"""Acting for others: who may, what they may not, when it ends, and what is left of it."""

import datetime as dt

import msgspec
import pytest
from sqlalchemy import select, update

from questline_core.audit.models import AuditEntry
from questline_core.auth.accounts import set_status
from questline_core.auth.models import AuthSession, User
from questline_core.auth.policy import SignInPolicy
from questline_core.tenancy.models import Tenant

from .browsers import member


async def me(browser):
    answer = await browser.get("/api/v1/me")
    return answer.json().get("email") if answer.status_code == 200 else answer.status_code


async def test_somebody_is_acted_for_and_gone_back_from(site, tenant, browser_of):
    admin, ada = await browser_of("boss", "admin"), await browser_of("ada")
    assert (await admin.get(f"/api/v1/users/{ada.user_id}")).json()["can_impersonate"]
    answer = await admin.impersonate(ada.user_id, "cannot open her course")
    assert answer.status_code == 201, answer.text
    told = answer.json()["impersonation"]
    assert (told["by"], told["reason"]) == ("Boss", "cannot open her course")
    assert await me(admin) == "ada@example.test"
    again = await admin.refresh()  # as a page that is loaded anew
    assert (again.json()["user"]["email"], again.json()["impersonation"]["by"]) == ("ada@example.test", "Boss")
    mine = (await ada.get("/api/v1/me/sessions")).json()["sessions"]
    assert [(each["opened_by"], each["reason"]) for each in mine] == [(None, None), ("Boss", "cannot open her course")]
    back = await admin.go_back()
    assert (back.status_code, back.json()["user"]["email"], back.json()["impersonation"]) == (
        200,
        "boss@example.test",
        None,
    )
    assert await me(admin) == "boss@example.test"
    assert len((await ada.get("/api/v1/me/sessions")).json()["sessions"]) == 1
    assert (await admin.go_back()).status_code == 401
    async with site.context(tenant.id) as ctx:
        user = await ctx.session.get_one(User, (tenant.id, ada.user_id))
        assert user.last_seen_at is not None
        rows = await ctx.session.scalars(
            select(AuditEntry).where(AuditEntry.action.startswith("identity.impersonation"))
        )
        begun, ended = rows.all()
    assert (begun.actor_id, begun.on_behalf_of, begun.subject_id) == (admin.user_id, None, str(ada.user_id))
    assert begun.details["after"]["reason"] == "cannot open her course"
    assert (ended.actor_id, ended.on_behalf_of) == (admin.user_id, ada.user_id)


async def test_what_is_done_says_who_did_it_and_for_whom(site, tenant, browser_of):
    admin, ada = await browser_of("boss", "admin"), await browser_of("ada")
    await admin.impersonate(ada.user_id)
    async with site.context(tenant.id) as ctx:
        session = await ctx.session.scalar(select(AuthSession).where(AuthSession.impersonator_id == admin.user_id))
        actor = site.host.permissions.actor
        standing = msgspec.defstruct("S", ["role", "roles", "narrow"])("learner", (), ())
        ctx.actor = actor(
            user_id=ada.user_id,
            tenant_id=tenant.id,
            standing=standing,
            session_id=session.id,
            enabled=frozenset(),
            impersonator_id=admin.user_id,
        )
        await ctx.audit("test.done", subject=("test", None))
        entry = await ctx.session.scalar(select(AuditEntry).where(AuditEntry.action == "test.done"))
        assert (entry.actor_id, entry.on_behalf_of) == (admin.user_id, ada.user_id)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "/me", {"locale": "de"}),
        ("POST", "/me/password", {"current_password": "x", "new_password": "a swim across the bay"}),
        ("POST", "/me/email", {"email": "mine@example.test"}),
        ("POST", "/me/proof", {"password": "x"}),
        ("POST", "/me/totp", None),
        ("DELETE", "/me/totp", None),
        ("POST", "/me/recovery-codes", None),
        ("POST", "/me/passkeys/options", None),
        ("DELETE", "/me/sessions", None),
        ("PATCH", "/profile", {"given_name": "X"}),
        ("DELETE", "/profile/avatar", None),
        ("PUT", "/tenant/sign-in", None),
    ],
)
async def test_what_is_ones_own_to_do_is_refused(browser_of, method, path, body):
    admin, author = await browser_of("boss", "owner"), await browser_of("ada", "admin")
    assert (await admin.impersonate(author.user_id)).status_code == 201
    answer = await admin.request(method, f"/api/v1{path}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "impersonating")


def test_every_change_of_an_account_is_ones_own_to_make(site):
    open_ones = {
        (handler.operation_id, method)
        for route in site.app.routes
        for handler in getattr(route, "route_handlers", ())
        for method in getattr(handler, "http_methods", ())
        if route.path.startswith(("/api/v1/me", "/api/v1/profile"))
        and method not in {"GET", "HEAD", "OPTIONS"}
        and not handler.opt.get("own_only")
        and not str(handler.opt.get("permission")).startswith(("identity.", "tenant."))
    }
    assert not open_ones


@pytest.mark.parametrize(
    ("actor", "target", "code"),
    [
        ("admin", "admin", "role_too_high"),
        ("admin", "owner", "role_too_high"),
        ("owner", "owner", "role_too_high"),
        ("instructor", "learner", "forbidden"),
    ],
)
async def test_nobody_acts_for_people_with_more_rights(site, tenant, browser_of, actor, target, code):
    boss = await browser_of("boss", actor)
    person, _ = await member(site, tenant, "person", target)
    answer = await boss.impersonate(person)
    assert (answer.status_code, answer.json()["code"]) == (403, code)


async def test_what_else_is_refused(site, tenant, browser_of, as_user):
    admin, ada = await browser_of("boss", "admin"), await browser_of("ada")
    assert (await admin.impersonate(admin.user_id)).json()["code"] == "own_account"
    assert (await admin.impersonate(ada.user_id, "  ")).status_code == 400
    other = await site.new_tenant()
    assert (await admin.impersonate((await member(site, other, "stranger"))[0])).status_code == 404
    async with site.context(tenant.id) as ctx:
        await set_status(ctx, ada.user_id, "suspended")
    assert (await admin.impersonate(ada.user_id)).json()["code"] == "account_suspended"
    bare = await as_user("admin")  # a token without a browser's session
    body = {"user_id": str(ada.user_id), "reason": "because"}
    assert (await bare.post("/api/v1/auth/impersonation", json=body)).json()["code"] == "csrf_failed"
    without_header = await admin.post("/api/v1/auth/impersonation", json=body)
    assert without_header.json()["code"] == "csrf_failed"


async def test_it_needs_a_recent_proof(site, tenant, browser_of):
    admin, ada = await browser_of("boss", "admin"), await browser_of("ada")
    async with site.context(tenant.id) as ctx:
        long_ago = ctx.now - dt.timedelta(hours=1)
        mine = update(AuthSession).where(AuthSession.user_id == admin.user_id)
        await ctx.session.execute(mine.values(authenticated_at=long_ago))
    assert (await admin.impersonate(ada.user_id)).json()["code"] == "step_up_needed"


async def test_acting_for_one_opens_no_way_to_act_for_another(browser_of):
    owner, admin, ada = await browser_of("boss", "owner"), await browser_of("vice", "admin"), await browser_of("ada")
    await owner.impersonate(admin.user_id)
    answer = await owner.impersonate(ada.user_id)
    assert (answer.status_code, answer.json()["code"]) == (403, "impersonating")
    assert not (await owner.get(f"/api/v1/users/{ada.user_id}")).json()["can_impersonate"]


async def test_when_its_time_is_up_ones_own_session_goes_on(site, tenant, browser_of):
    admin, ada = await browser_of("boss", "admin"), await browser_of("ada")
    await admin.impersonate(ada.user_id)
    await admin.refresh()
    async with site.context(tenant.id) as ctx:
        ends = await ctx.session.scalar(
            select(AuthSession.expires_at).where(AuthSession.impersonator_id == admin.user_id)
        )
        assert ends - ctx.now <= dt.timedelta(minutes=30)  # refreshing has not prolonged it
        theirs = update(AuthSession).where(AuthSession.impersonator_id == admin.user_id)
        await ctx.session.execute(theirs.values(expires_at=ctx.now))
    answer = await admin.refresh()
    assert (answer.status_code, answer.json()["user"]["email"]) == (200, "boss@example.test")
    assert "questline_own" not in admin.cookies


async def test_it_ends_with_who_began_it_and_when_the_person_ends_it(site, tenant, browser_of):
    admin, ada = await browser_of("boss", "admin"), await browser_of("ada")
    await admin.impersonate(ada.user_id)
    theirs = next(each for each in (await ada.get("/api/v1/me/sessions")).json()["sessions"] if each["opened_by"])
    assert (await ada.delete(f"/api/v1/me/sessions/{theirs['id']}")).status_code == 204
    assert (await admin.refresh()).json()["user"]["email"] == "boss@example.test"
    await admin.impersonate(ada.user_id)
    async with site.context(tenant.id) as ctx:
        await set_status(ctx, admin.user_id, "suspended")
    assert (await admin.refresh()).status_code == 401


async def test_logging_out_while_acting_for_somebody_ends_both(browser_of):
    admin, ada = await browser_of("boss", "admin"), await browser_of("ada")
    await admin.impersonate(ada.user_id)
    assert (await admin.send_with_csrf("/api/v1/auth/log-out")).status_code == 204
    assert (await admin.refresh()).status_code in {401, 403}
    assert (await ada.refresh()).status_code == 200


async def test_whoever_logs_in_next_has_nothing_of_the_session_behind(browser_of):
    admin, ada = await browser_of("boss", "admin"), await browser_of("ada")
    await admin.impersonate(ada.user_id)
    await admin.log_in("ada@example.test")
    assert "questline_own" not in admin.cookies


async def test_a_tenant_switches_it_off(site, tenant, browser_of):
    admin, ada = await browser_of("boss", "admin"), await browser_of("ada")
    other = await browser_of("vice", "admin")
    await admin.impersonate(ada.user_id)
    policy = msgspec.to_builtins(SignInPolicy(impersonation=False))
    answer = await other.put("/api/v1/tenant/sign-in", json={"sign_up": "open", "policy": policy})
    assert answer.status_code == 200, answer.text
    assert (await admin.refresh()).json()["user"]["email"] == "boss@example.test"
    assert (await admin.impersonate(ada.user_id)).json()["code"] == "impersonation_off"
    async with site.context(tenant.id) as ctx:
        assert (await ctx.session.get_one(Tenant, tenant.id)).sign_in["impersonation"] is False
