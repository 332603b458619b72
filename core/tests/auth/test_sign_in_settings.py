import datetime as dt

import pytest
from sqlalchemy import select, update

from questline_core.audit.models import AuditEntry
from questline_core.auth.models import AuthSession

PATH = "/api/v1/tenant/sign-in"


@pytest.fixture
async def admin(member, email):
    return await member(email, "admin")


async def test_settings_are_kept_announced_and_noted(mailing, school, admin, visitor):
    before = (await admin.get(PATH)).json()
    assert (before["sign_up"], before["sends_mail"], before["idle_days"]) == ("open", True, 30)
    policy = {"domains": ["school.example"], "second_factor_roles": ["owner"], "idle_days": 7}
    answer = await admin.put(PATH, json={"sign_up": "domains", "policy": policy})
    assert answer.status_code == 200, answer.text
    shown = (await (await visitor(of=school, app=mailing.app)).get("/api/v1/site")).json()
    assert (shown["sign_up"], shown["sends_mail"]) == ("domains", True)
    assert (await admin.get(PATH)).json()["policy"] == before["policy"] | policy
    async with mailing.context(school.id) as ctx:
        entry = await ctx.session.scalar(select(AuditEntry).where(AuditEntry.action == "tenant.sign_in.changed"))
    assert entry.actor_id == admin.user_id
    assert (entry.details["before"]["sign_up"], entry.details["after"]["sign_up"]) == ("open", "domains")


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({"sign_up": "domains", "policy": {}}, 422),
        ({"sign_up": "domains", "policy": {"domains": ["@school.example"]}}, 400),
        ({"sign_up": "domains", "policy": {"domains": ["localhost"]}}, 400),
        ({"sign_up": "open", "policy": {"idle_days": 0}}, 400),
        ({"sign_up": "anybody", "policy": {}}, 400),
    ],
)
async def test_what_makes_no_sense_is_refused(admin, settings, status):
    assert (await admin.put(PATH, json=settings)).status_code == status


async def test_a_change_needs_a_recent_proof_of_identity(mailing, school, admin):
    async with mailing.context(school.id) as ctx:
        await ctx.session.execute(update(AuthSession).values(authenticated_at=ctx.now - dt.timedelta(minutes=16)))
    refused = await admin.put(PATH, json={"sign_up": "closed", "policy": {}})
    assert (refused.status_code, refused.json()["code"]) == (403, "step_up_needed")
    assert (await admin.post("/api/v1/me/proof", json={"password": "a walk along the river"})).status_code == 204
    assert (await admin.put(PATH, json={"sign_up": "closed", "policy": {}})).status_code == 200


async def test_only_those_who_run_the_tenant_see_the_settings(member, email):
    for role in ("learner", "instructor", "author"):
        assert (await (await member(f"{role}-{email}", role)).get(PATH)).status_code == 403
