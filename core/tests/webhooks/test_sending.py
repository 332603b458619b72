"""What happens reaches those who asked for it, signed, as often as it takes and no longer."""

import base64
import datetime as dt
import hashlib
import hmac
import json
from uuid import UUID

import pytest
from sqlalchemy import select, text

from questline_core.auth.models import User
from questline_core.mail.models import Mail
from questline_core.webhooks import sending
from questline_core.webhooks.outcome import PAUSES
from questline_core.webhooks.queueing import Attempt
from questline_core.webhooks.sending import make_attempt
from questline_sdk.events import CourseCompleted, UserLoggedIn

LOGGED_IN = UserLoggedIn.event_type


async def publish(site, tenant, user_id, kind=UserLoggedIn):
    async with site.context(tenant.id) as ctx:
        return await ctx.publish(kind(user_id=user_id))


async def log_of(admin, webhook):
    answer = await admin.get(f"/api/v1/webhooks/{webhook['id']}/deliveries")
    return answer.json()["items"]


def good_signatures(request, secret):
    """The check that receivers make, written from the specification."""
    content = f"{request.headers['webhook-id']}.{request.headers['webhook-timestamp']}.".encode() + request.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return [each == f"v1,{expected}" for each in request.headers["webhook-signature"].split()]


@pytest.fixture
async def admin(as_user):
    return await as_user("admin")


async def attempt_again(site, tenant, delivery, tries):
    """Make the next attempt now, as the queue does when its time has come."""
    attempt = Attempt(delivery_id=UUID(delivery["id"]), number=delivery["attempts"] + 1, tries=tries)
    return await make_attempt(site.host, tenant.id, attempt)


async def test_an_event_is_posted_with_a_signature(site, tenant, admin, receiver, make_webhook, drain):
    made = await make_webhook(admin, LOGGED_IN)
    event_id = await publish(site, tenant, admin.user_id)
    await drain()
    (request,) = receiver.requests
    assert good_signatures(request, made["secret"]) == [True]
    assert request.headers["content-type"] == "application/json"
    assert abs(int(request.headers["webhook-timestamp"]) - dt.datetime.now(dt.UTC).timestamp()) < 60
    body = json.loads(request.body)
    assert (body["type"], body["data"]["user_id"]) == (LOGGED_IN, str(admin.user_id))
    (delivery,) = await log_of(admin, made["webhook"])
    assert (delivery["state"], delivery["attempts"], delivery["status"]) == ("delivered", 1, 200)
    assert delivery["event_id"] == str(event_id)
    assert delivery["message_id"] == request.headers["webhook-id"]


async def test_only_events_that_were_asked_for_are_sent(site, tenant, admin, receiver, make_webhook, drain):
    await make_webhook(admin, CourseCompleted.event_type)
    await publish(site, tenant, admin.user_id)
    await drain()
    assert receiver.requests == []


async def test_another_tenants_events_are_not_sent(site, tenant, admin, receiver, make_webhook, drain):
    await make_webhook(admin)
    other = await site.new_tenant()
    await publish(site, other, (await site.sign_in(other)).user_id)
    await drain()
    assert receiver.requests == []


async def test_an_event_that_is_rolled_back_is_not_sent(site, tenant, admin, receiver, make_webhook, drain):
    await make_webhook(admin)
    async with site.context(tenant.id) as ctx:
        await ctx.publish(UserLoggedIn(user_id=admin.user_id))
        await ctx.session.rollback()
    await drain()
    assert receiver.requests == []


async def test_what_fails_is_tried_again_under_the_same_id(site, tenant, admin, receiver, make_webhook, deliver):
    made = await make_webhook(admin)
    receiver.answers = [(500, {}, "broken"), (302, {"location": "http://169.254.169.254/latest"}, ""), (204, {}, "")]
    await publish(site, tenant, admin.user_id)
    await deliver()
    (delivery,) = await log_of(admin, made["webhook"])
    assert (delivery["state"], delivery["status"]) == ("pending", 500)
    pause = dt.datetime.fromisoformat(delivery["next_at"]) - dt.datetime.now(dt.UTC)
    assert pause <= dt.timedelta(seconds=PAUSES[0] * 1.2)
    assert await attempt_again(site, tenant, delivery, 2) == "failed"
    (delivery,) = await log_of(admin, made["webhook"])
    assert await attempt_again(site, tenant, delivery, 3) == "done"
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1
    assert len({request.body for request in receiver.requests}) == 1
    log = (await admin.get(f"/api/v1/webhooks/{made['webhook']['id']}/deliveries/{delivery['id']}")).json()
    assert [(each["number"], each["status"]) for each in log["attempts"]] == [(3, 204), (2, 302), (1, 500)]
    assert log["attempts"][2]["response_body"] == "broken"
    assert log["attempts"][1]["response_headers"]["location"].startswith("http://169.254.169.254")
    assert log["body"].encode() == receiver.requests[0].body
    assert log["delivery"]["state"] == "delivered"


async def test_an_attempt_that_was_made_is_not_made_again(site, tenant, admin, receiver, make_webhook, deliver):
    made = await make_webhook(admin)
    await publish(site, tenant, admin.user_id)
    await deliver()
    (delivery,) = await log_of(admin, made["webhook"])
    again = Attempt(delivery_id=UUID(delivery["id"]), number=1, tries=1)
    assert await make_attempt(site.host, tenant.id, again) == "repeated"
    assert len(receiver.requests) == 1


async def test_silence_ends_the_attempt(site, tenant, admin, receiver, make_webhook, deliver, monkeypatch):
    monkeypatch.setattr(sending, "ANSWER_SECONDS", 0.3)
    made = await make_webhook(admin)
    receiver.answers = [None]
    await publish(site, tenant, admin.user_id)
    await deliver()
    (delivery,) = await log_of(admin, made["webhook"])
    assert delivery["state"] == "pending"
    assert "no answer within" in delivery["error"]


@pytest.mark.parametrize("url", ["http://10.1.2.3/hook", "http://169.254.169.254/latest", "http://[fd00::1]/"])
async def test_private_addresses_are_not_reached(site, tenant, admin, make_webhook, deliver, url):
    made = await make_webhook(admin, url=url)
    await publish(site, tenant, admin.user_id)
    await deliver()
    (delivery,) = await log_of(admin, made["webhook"])
    assert "is not a public address" in delivery["error"]


async def test_a_busy_receiver_says_when_to_come_back(site, tenant, admin, receiver, make_webhook, deliver):
    made = await make_webhook(admin)
    receiver.answers = [(503, {"retry-after": "7200"}, "")]
    await publish(site, tenant, admin.user_id)
    await deliver()
    (delivery,) = await log_of(admin, made["webhook"])
    wait = dt.datetime.fromisoformat(delivery["next_at"]) - dt.datetime.now(dt.UTC)
    assert dt.timedelta(minutes=110) < wait <= dt.timedelta(hours=2)


async def test_the_last_attempt_ends_it(site, tenant, admin, receiver, make_webhook, deliver):
    made = await make_webhook(admin)
    receiver.answers = [(500, {}, ""), (500, {}, "")]
    await publish(site, tenant, admin.user_id)
    await deliver()
    (delivery,) = await log_of(admin, made["webhook"])
    await attempt_again(site, tenant, delivery, len(PAUSES) + 1)
    (delivery,) = await log_of(admin, made["webhook"])
    assert (delivery["state"], delivery["next_at"]) == ("failed", None)


@pytest.mark.parametrize(("status", "days", "reason"), [(500, 3.01, "failing"), (410, 0, "gone")])
async def test_an_address_that_is_dead_is_given_up(
    site, tenant, admin, receiver, make_webhook, deliver, monkeypatch, status, days, reason
):
    made = await make_webhook(admin)
    receiver.answers = [(500, {}, ""), (status, {}, "")]
    await publish(site, tenant, admin.user_id)
    await deliver()
    (delivery,) = await log_of(admin, made["webhook"])
    later = site.host.clock() + dt.timedelta(days=days)
    with monkeypatch.context() as patch:
        patch.setattr(site.host, "clock", lambda: later)
        await attempt_again(site, tenant, delivery, 2)
    webhook = (await admin.get(f"/api/v1/webhooks/{made['webhook']['id']}")).json()
    assert (webhook["enabled"], webhook["disabled_reason"]) == (False, reason)
    async with site.context(tenant.id) as ctx:
        kinds = select(Mail.recipient).where(Mail.kind == f"webhook_{reason}")
        assert list(await ctx.session.scalars(kinds)) == [
            (await ctx.session.get_one(User, (tenant.id, admin.user_id))).email
        ]
        audited = text("SELECT count(*) FROM core.audit_entry WHERE action = 'tenant.webhook.given_up'")
        assert await ctx.session.scalar(audited) == 1
    site.host.webhooks.forget(tenant.id)
    before = len(receiver.requests)
    await publish(site, tenant, admin.user_id)
    await deliver()
    assert len(receiver.requests) == before
    again = await admin.patch(f"/api/v1/webhooks/{made['webhook']['id']}", json={"enabled": True})
    assert (again.json()["enabled"], again.json()["failing_since"]) == (True, None)


async def test_what_an_answer_repeats_of_the_secret_is_masked(site, tenant, admin, receiver, make_webhook, deliver):
    made = await make_webhook(admin)
    receiver.answers = [(400, {}, f"wrong secret {made['secret']}")]
    await publish(site, tenant, admin.user_id)
    await deliver()
    (delivery,) = await log_of(admin, made["webhook"])
    answer = await admin.get(f"/api/v1/webhooks/{made['webhook']['id']}/deliveries/{delivery['id']}")
    assert made["secret"] not in answer.text
    assert receiver.requests[0].headers["webhook-signature"].partition(",")[2] not in answer.text
    assert "wrong secret [masked]" in answer.text
