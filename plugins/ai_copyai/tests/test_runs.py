"""A run is started once, asked after patiently, and its webhook only hurries the next question."""

import asyncio

import pytest

from questline_sdk.ai import CopyRequest, ProviderError, ProviderRefused, ProviderUnavailable
from questline_sdk.testing.ai_vendor import Reply

REQUEST = CopyRequest(
    model="WCFG-6db59f06", brief="A slogan", tone="bold", variables={"Product": "Coffee"}, max_output_tokens=100
)
SECRET = "a-secret-of-the-webhook-1"
WEBHOOK = "/api/v1/p/ai_copyai/webhook"


def started(vendor):
    return [each.body for each in vendor.asked if each.method == "POST"]


async def ask(vendor, ctx, request=REQUEST):
    text, end = [part async for part in vendor.provider.copy(ctx, request)]
    return text.text, end


async def test_the_inputs_are_those_that_the_workflow_names(vendor, ctx):
    vendor.pending = 3
    text, end = await ask(vendor, ctx)
    assert (text, end.reference, end.usage.estimated) == (vendor.text, "WRUN-0", True)
    inputs = {"Product": "Coffee", "Brief": "A slogan\n\nTone of voice: bold"}
    assert started(vendor) == [{"startVariables": inputs, "metadata": {"api": True}}]
    named = {"id": REQUEST.model, "title": "x", "brief_input": "What", "tone_input": "How", "output": "Best"}
    await vendor.configure(workflows=[named])
    vendor.outputs = {"Best": {"lines": ["one"]}, "Other": "two"}
    text, _ = await ask(vendor, ctx)
    assert text == '{"lines":["one"]}'
    assert started(vendor)[1]["startVariables"] == {"Product": "Coffee", "What": "A slogan", "How": "bold"}


async def test_every_output_is_shown_under_its_name(vendor, ctx):
    vendor.outputs = {"Headline": "One", "Body": "Two"}
    assert (await ask(vendor, ctx))[0] == "Headline:\nOne\n\nBody:\nTwo"


async def test_a_longer_output_is_cut(vendor, ctx):
    vendor.text = "x" * 1000
    text, end = await ask(vendor, ctx)
    assert (len(text), end.finish) == (400, "length")


@pytest.mark.parametrize("outputs", [{"Output 1": ""}, {"Other": None, "Else": ""}])
async def test_no_output_is_no_answer(vendor, ctx, outputs):
    vendor.outputs = outputs
    if "Other" in outputs:
        await vendor.configure(workflows=[{"id": REQUEST.model, "title": "x", "output": "Best"}])
    with pytest.raises(ProviderUnavailable):
        await ask(vendor, ctx)


async def test_a_run_survives_a_question_that_fails(vendor, ctx):
    vendor.misses = [Reply.json({}, 503), Reply(body=b"{"), Reply.json({}, 429)][:2]
    assert (await ask(vendor, ctx))[0] == vendor.text
    assert len(started(vendor)) == 1


@pytest.mark.parametrize(("misses", "error"), [([503, 503, 503], ProviderUnavailable), ([401], ProviderRefused)])
async def test_a_run_that_cannot_be_asked_after_is_given_up(vendor, ctx, misses, error):
    vendor.misses = [Reply.json({}, status) for status in misses]
    with pytest.raises(error):
        await ask(vendor, ctx)
    assert len(started(vendor)) == 1


async def test_a_failed_run_is_an_error(vendor, ctx):
    vendor.failing = True
    with pytest.raises(ProviderUnavailable):
        await ask(vendor, ctx)


async def test_a_run_that_takes_too_long_is_given_up(vendor, ctx):
    vendor.pending = 1_000_000
    await vendor.configure(run_seconds=1)
    with pytest.raises(ProviderUnavailable) as caught:
        await ask(vendor, ctx)
    assert "too long" in caught.value.detail


async def test_a_workflow_that_the_admin_did_not_name_is_not_run(vendor, ctx):
    with pytest.raises(ProviderError):
        await ask(vendor, ctx, CopyRequest(model="../other", brief="x", max_output_tokens=9))
    assert vendor.asked == []


async def test_the_webhook_ends_the_wait(vendor, ctx, anonymous):
    await vendor.configure(poll_seconds=60, webhook_secret=SECRET)
    call = asyncio.create_task(ask(vendor, ctx))
    await vendor.polled.wait()
    news = {"type": "workflowRun.completed", "workflowRunId": "WRUN-0", "workflowId": REQUEST.model, "result": {}}
    forged = {"workflowRunId": "WRUN-0", "result": {"Output 1": "forged"}}
    assert (await anonymous.post(f"{WEBHOOK}/{'x' * 24}", json=news)).status_code == 404
    assert (await anonymous.post(f"{WEBHOOK}/{SECRET}", json={**news, "workflowRunId": "other"})).status_code == 204
    assert (await anonymous.post(f"{WEBHOOK}/{SECRET}", json={"type": "x"})).status_code == 400
    assert not call.done()
    for body in (forged, news):
        assert (await anonymous.post(f"{WEBHOOK}/{SECRET}", json=body)).status_code == 204
    assert (await asyncio.wait_for(call, 30))[0] == vendor.text
    assert len(started(vendor)) == 1
    assert await ctx.redis.get(ctx.redis_key("ai_copyai", "run", "other")) is None


async def test_without_a_secret_there_is_no_webhook(vendor, anonymous):
    for secret in ("x", "%20"):
        answer = await anonymous.post(f"{WEBHOOK}/{secret}", json={"workflowRunId": "WRUN-0"})
        assert answer.status_code == 404


async def test_an_admin_registers_the_webhook_once(vendor, as_user):
    admin, author = await as_user("admin"), await as_user("author")
    path = "/api/v1/p/ai_copyai/webhooks"
    site = {"site_url": "https://learn.example.org"}
    assert (await admin.post(path, json=site)).status_code == 409
    await vendor.configure(webhook_secret=SECRET)
    assert (await author.post(path, json=site)).status_code == 403
    assert (await admin.post(path, json={"site_url": "javascript:alert(1)"})).status_code == 400
    for _ in range(2):
        answer = await admin.post(path, json=site)
        assert answer.json() == {"events": ["workflowRun.completed", "workflowRun.failed"]}
    assert [each["url"] for each in vendor.webhooks] == [f"https://learn.example.org{WEBHOOK}/{SECRET}"] * 2
    listed = await admin.get(path)
    assert listed.json() == {"events": ["workflowRun.completed", "workflowRun.failed"]}
    assert SECRET not in listed.text
