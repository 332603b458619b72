"""Webhooks over the API: made, changed, tried out, sent again, given new secrets."""

import datetime as dt
import json

import msgspec
import pytest
from sqlalchemy import text

from questline_core.webhooks.retention import KEPT, forget_old_deliveries
from questline_sdk.events import UserLoggedIn

HOOKS = "/api/v1/webhooks"


@pytest.fixture
async def admin(as_user):
    return await as_user("admin")


async def test_the_secret_is_shown_once(site, tenant, admin, make_webhook):
    made = await make_webhook(admin, "learning.course.completed.v1")
    assert made["secret"].startswith("whsec_")
    listed = await admin.get(HOOKS)
    assert [each["id"] for each in listed.json()["items"]] == [made["webhook"]["id"]]
    assert made["secret"] not in listed.text
    async with site.context(tenant.id) as ctx:
        stored = await ctx.session.scalar(text("SELECT secret::bytea FROM core.webhook_endpoint"))
        logged = (await ctx.session.execute(text("SELECT details FROM core.audit_entry"))).all()
    assert made["secret"].encode() not in bytes(stored)
    assert made["secret"] not in json.dumps([row.details for row in logged])


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"url": "ftp://example.com/", "event_types": ["*"]}, "url"),
        ({"url": "https://user:word@example.com/", "event_types": ["*"]}, "url"),
        ({"url": "https://example.com/", "event_types": []}, "event_types"),
        ({"url": "https://example.com/", "event_types": ["nothing.of.the.kind"]}, "event_types"),
    ],
)
async def test_what_cannot_work_is_refused(admin, wanted, field):
    answer = await admin.post(HOOKS, json=wanted)
    assert answer.status_code in {400, 422}
    assert field in answer.text


async def test_nothing_is_sent_in_the_clear_in_production(site, admin, monkeypatch):
    monkeypatch.setattr(site.host, "settings", msgspec.structs.replace(site.host.settings, environment="production"))
    outside = await admin.post(HOOKS, json={"url": "http://crm.example.com/", "event_types": ["*"]})
    assert outside.status_code == 422
    assert outside.json()["errors"] == [{"field": "url", "message": "must begin with https://"}]
    inside = await admin.post(HOOKS, json={"url": "http://127.0.0.1:9/", "event_types": ["*"]})
    assert inside.status_code == 201


async def test_learners_may_not(as_user):
    learner = await as_user("learner")
    assert (await learner.get(HOOKS)).status_code == 403


async def test_events_of_core_and_of_enabled_plugins_are_offered(admin):
    names = [each["name"] for each in (await admin.get(f"{HOOKS}/event-types")).json()]
    assert "learning.course.completed.v1" in names
    assert "badges.badge.earned.v1" in names


async def test_a_test_message_is_sent_once(admin, receiver, make_webhook, drain):
    made = await make_webhook(admin)
    receiver.answers = [(500, {}, "")]
    answer = await admin.post(f"{HOOKS}/{made['webhook']['id']}/ping")
    assert (answer.status_code, answer.json()["state"]) == (202, "pending")
    await drain()
    (delivery,) = (await admin.get(f"{HOOKS}/{made['webhook']['id']}/deliveries")).json()["items"]
    assert (delivery["event_type"], delivery["state"]) == ("webhook.ping", "failed")
    assert json.loads(receiver.requests[0].body)["type"] == "webhook.ping"


async def test_a_message_can_be_sent_again(site, tenant, admin, receiver, make_webhook, drain):
    made = await make_webhook(admin, UserLoggedIn.event_type)
    async with site.context(tenant.id) as ctx:
        await ctx.publish(UserLoggedIn(user_id=admin.user_id))
    await drain()
    path = f"{HOOKS}/{made['webhook']['id']}/deliveries"
    (delivery,) = (await admin.get(path)).json()["items"]
    answer = await admin.post(f"{path}/{delivery['id']}/redelivery")
    assert answer.status_code == 202
    assert (await admin.post(f"{path}/{delivery['id']}/redelivery")).json()["code"] == "delivery_pending"
    await drain()
    (delivery,) = (await admin.get(path, params={"state": "delivered"})).json()["items"]
    assert delivery["attempts"] == 2
    first, second = receiver.requests
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


async def test_a_new_secret_and_the_former_one_both_hold_for_a_day(
    site, tenant, admin, receiver, make_webhook, drain, monkeypatch
):
    made = await make_webhook(admin)
    path = f"{HOOKS}/{made['webhook']['id']}"
    rotated = (await admin.post(f"{path}/secret")).json()
    assert rotated["secret"] != made["secret"]
    await admin.post(f"{path}/ping")
    await drain()
    assert len(receiver.requests[0].headers["webhook-signature"].split()) == 2
    later = site.host.clock() + dt.timedelta(hours=25)
    await admin.post(f"{path}/ping")
    with monkeypatch.context() as patch:
        patch.setattr(site.host, "clock", lambda: later)
        await drain()
    assert len(receiver.requests[1].headers["webhook-signature"].split()) == 1


async def test_the_log_goes_back_a_month(site, tenant, admin, make_webhook, drain):
    made = await make_webhook(admin)
    await admin.post(f"{HOOKS}/{made['webhook']['id']}/ping")
    await drain()
    async with site.context(tenant.id) as ctx:
        await forget_old_deliveries(ctx)
        assert await ctx.session.scalar(text("SELECT count(*) FROM core.webhook_attempt")) == 1
        ctx.now += KEPT + dt.timedelta(minutes=1)
        await forget_old_deliveries(ctx)
        assert await ctx.session.scalar(text("SELECT count(*) FROM core.webhook_attempt")) == 0


async def test_a_webhook_is_removed_with_its_log(site, tenant, admin, make_webhook, drain):
    made = await make_webhook(admin)
    await admin.post(f"{HOOKS}/{made['webhook']['id']}/ping")
    assert (await admin.delete(f"{HOOKS}/{made['webhook']['id']}")).status_code == 204
    await drain()
    async with site.context(tenant.id) as ctx:
        await ctx.publish(UserLoggedIn(user_id=admin.user_id))
        assert await ctx.session.scalar(text("SELECT count(*) FROM core.webhook_delivery")) == 0
    assert (await admin.get(HOOKS)).json()["items"] == []
