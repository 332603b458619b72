"""Being erased: after days of grace, not against a legal hold, with a proof."""

import datetime as dt

import pytest

from questline_core.audit.verify import verify
from questline_core.auth.accounts import get_user
from questline_core.privacy.requests import queue_due
from questline_sdk import NotFound


async def ask(client):
    return await client.post("/api/v1/privacy/mine/erasure", json={"confirmation": client.email.upper()})


async def requests(client):
    return (await client.get("/api/v1/privacy/requests")).json()["items"]


async def test_a_person_is_erased_once_the_days_of_grace_are_over(site, tenant, as_user, prove, drain, monkeypatch):
    learner, admin = await prove(await as_user("learner")), await as_user("admin")
    assert (await ask(learner)).status_code == 201
    await drain()
    async with site.context(tenant.id) as ctx:
        assert (await get_user(ctx, learner.user_id)).email == learner.email
    (waiting,) = await requests(admin)
    assert (waiting["state"], waiting["person"]["email"], waiting["by_person"]) == ("waiting", learner.email, True)
    assert dt.datetime.fromisoformat(waiting["due_at"]) > dt.datetime.now(dt.UTC) + dt.timedelta(days=13)
    async with site.context(tenant.id) as ctx:
        assert await queue_due(ctx) == 0
    gone = await learner.delete(f"/api/v1/privacy/mine/requests/{waiting['id']}")
    assert gone.json()["state"] == "cancelled"
    assert (await ask(learner)).status_code == 201
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=15)
    monkeypatch.setattr(site.host, "clock", lambda: later)
    async with site.context(tenant.id) as ctx:
        assert await queue_due(ctx) == 1
    await drain()
    monkeypatch.undo()
    async with site.context(tenant.id) as ctx:
        with pytest.raises(NotFound):
            await get_user(ctx, learner.user_id)
    done = (await requests(admin))[0]
    assert (done["state"], done["person"], done["by_person"]) == ("done", None, True)
    report = (await admin.get(f"/api/v1/privacy/requests/{done['id']}")).json()["report"]
    fates = {each["table"]: each for each in report["tables"]}
    assert fates["core.auth_session"]["deleted"] == 1
    assert fates["core.privacy_request"]["pseudonymised"] == 2
    assert all(each["why"] for each in report["tables"] if each["kept"] or each["pseudonymised"])
    assert report["audit_origins"] >= 1
    assert (await verify(site.owner_engine, tenant.id, tenant.slug)).flaws == []


async def test_a_hold_comes_before_the_wish_to_be_erased(site, tenant, as_user, prove, drain, decide):
    await decide(grace_days=0)
    learner, admin = await prove(await as_user("learner")), await prove(await as_user("admin"))
    hold = await admin.post("/api/v1/privacy/holds", json={"email": learner.email, "reason": "a claim in court"})
    assert hold.status_code == 201, hold.text
    assert (await ask(learner)).json()["state"] == "held"
    await drain()
    async with site.context(tenant.id) as ctx:
        await get_user(ctx, learner.user_id)
    assert "a claim in court" not in (await learner.get("/api/v1/privacy/mine")).text
    path = f"/api/v1/privacy/holds/{hold.json()['id']}/lifting"
    assert (await admin.post(path, json={"reason": "settled"})).status_code == 200
    await drain()
    assert (await requests(admin))[0]["state"] == "done"


async def test_a_hold_that_comes_later_stops_a_waiting_erasure(as_user, prove, drain):
    learner, admin = await prove(await as_user("learner")), await prove(await as_user("admin"))
    assert (await ask(learner)).json()["state"] == "waiting"
    await admin.post("/api/v1/privacy/holds", json={"email": learner.email, "reason": "a claim in court"})
    assert (await requests(admin))[0]["state"] == "held"


async def test_the_last_owner_cannot_be_erased(as_user, prove):
    owner = await prove(await as_user("owner"))
    assert (await ask(owner)).json()["code"] == "last_owner"


async def test_erasing_needs_a_recent_proof_and_the_address(as_user, prove):
    learner = await as_user("learner")
    assert (await ask(learner)).json()["code"] == "step_up_needed"
    await prove(learner)
    wrong = await learner.post("/api/v1/privacy/mine/erasure", json={"confirmation": "someone@example.test"})
    assert wrong.status_code == 422


async def test_learners_may_not_see_the_requests_of_others(as_user):
    learner = await as_user("learner")
    for path in ("requests", "holds", "register", "retention", "document-versions"):
        assert (await learner.get(f"/api/v1/privacy/{path}")).status_code == 403
