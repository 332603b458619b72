"""A call's way: streamed, failed over, settled, cancelled, refused."""

import asyncio
from contextlib import aclosing

import pytest

from questline_ai.lanes import settled
from questline_sdk.ai import ProviderUnavailable, TextDelta
from questline_sdk.ai_calls import AI, AIAnswer, AIRequest


def request(text="Hi", **more):
    return AIRequest(placement="try", template="ai.try", variables={"text": text}, **more)


async def test_an_answer_streams_and_its_cost_is_in_the_ledger(configured, ask, calls):
    events = await ask()
    assert [name for name, _ in events] == ["text", "text", "answer"]
    answer = events[-1][1]
    assert (answer["text"], answer["cost_micros"], answer["model"]) == ("Hello there", 15, "first")
    (call,) = await calls()
    assert (call["id"], call["status"], call["cost_micros"], call["tries"]) == (answer["call_id"], "settled", 15, 1)
    assert call["prompt"] is None
    assert call["reserved_micros"] > 15


async def test_a_failing_model_is_tried_again_and_then_the_next_answers(configured, vendor, ask, calls):
    vendor.statuses["first"] = [503, 503]
    events = await ask()
    assert events[-1][1]["model"] == "second"
    assert [(each["model"], each["status"], each["tries"]) for each in await calls()] == [
        ("second", "settled", 1),
        ("first", "failed", 2),
    ]
    assert len({each["request_id"] for each in await calls()}) == 1


async def test_a_wait_the_vendor_asks_for_is_kept_where_it_is_short_and_else_the_next_is_asked(configured, vendor, ask):
    await configured(longest_wait_seconds=1.0, attempts=2)
    vendor.statuses["first"], vendor.headers = [429], {"retry-after": "1"}
    began = asyncio.get_running_loop().time()
    assert (await ask())[-1][1]["model"] == "first"
    assert asyncio.get_running_loop().time() - began >= 1
    vendor.statuses["first"], vendor.headers = [429], {"retry-after": "60"}
    assert (await ask())[-1][1]["model"] == "second"


async def test_a_wrong_key_is_said_and_costs_nothing(configured, vendor, ask, calls):
    vendor.statuses = {"first": [401], "second": [401]}
    problem = await ask()
    assert (problem["status"], problem["code"]) == (503, "ai_provider_refused")
    assert {(each["status"], each["cost_micros"], each["error"]) for each in await calls()} == {
        ("failed", 0, "ai_provider_refused")
    }


async def test_a_model_that_keeps_failing_rests_and_is_tried_out_again(configured, vendor, ask, admin):
    await configured(breaker_failures=1, breaker_seconds=0.1, attempts=1)
    vendor.statuses["first"] = [500]
    assert (await ask())[-1][1]["model"] == "second"
    asked = len(vendor.asked)
    (openai,) = [p for p in (await admin.get("/api/v1/p/ai/providers")).json() if p["name"] == "ai_openai"]
    states = {model["name"]: model["circuit"] for model in openai["models"]}
    assert states["second"] == "closed"
    assert states["first"] in {"open", "trying"}
    while (await ask())[-1][1]["model"] != "first":
        asked += 1
    assert len(vendor.asked) == asked + 1


async def test_a_cut_stream_says_so_and_counts_what_was_written(configured, vendor, ask, calls):
    vendor.cut = {"first"}
    events = await ask()
    assert [name for name, _ in events] == ["text", "problem"]
    assert events[-1][1]["code"] == "ai_provider_unavailable"
    (call,) = await calls()
    assert call["status"] == "failed"
    assert 0 < call["cost_micros"] < call["reserved_micros"]


async def test_who_stops_reading_ends_the_request_to_the_provider(configured, vendor, ctx, calls):
    vendor.hang = {"first"}
    async with aclosing(ctx.service(AI).stream(ctx, request())) as parts:
        assert await anext(parts) == TextDelta(text="Hello")
    async with asyncio.timeout(60):
        await vendor.left.wait()
    (call,) = await calls()
    assert call["status"] == "cancelled"
    assert call["cost_micros"] > 0


async def test_a_cancelled_task_settles_too(configured, vendor, ctx, calls):
    vendor.hang = {"first"}
    heard = asyncio.Event()

    async def read():
        async with aclosing(ctx.service(AI).stream(ctx, request())) as parts:
            async for _ in parts:
                heard.set()

    task = asyncio.create_task(read())
    async with asyncio.timeout(60):
        await heard.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await vendor.left.wait()
    await settled()
    (call,) = await calls()
    assert call["status"] == "cancelled"


async def test_silence_ends_in_time(configured, vendor, ctx):
    await configured(answer_seconds=1)
    vendor.hang = {"first"}
    with pytest.raises(ProviderUnavailable, match="too long"):
        await ctx.service(AI).complete(ctx, request())


@pytest.mark.parametrize(
    ("text", "status", "code"), [("x" * 1_000_000, 422, "ai_variables"), ("x" * 15_000, 422, "ai_prompt_too_long")]
)
async def test_a_prompt_that_is_too_long_is_refused_before_anything_is_spent(
    configured, ask, calls, vendor, text, status, code
):
    await configured(max_prompt_characters=10_000)
    problem = await ask(text)
    assert (problem["status"], problem["code"]) == (status, code)
    assert await calls() == []
    assert vendor.asked == []


async def test_unknown_variables_and_models_are_named(configured, admin, ask):
    answer = await admin.post("/api/v1/p/ai/templates/ai.try/try", json={"variables": {"texts": "x"}})
    assert answer.status_code == 422
    assert {each["field"] for each in answer.json()["errors"]} == {"variables.texts", "variables.text"}
    assert (await ask(provider="ai_openai", model="nothing"))["errors"][0]["field"] == "model"
    assert (await ask(provider="ai_openai", model="second"))[-1][1]["model"] == "second"


async def test_without_a_provider_there_is_a_plain_answer(site, ask, admin, tenant):
    for plugin in ("ai_openai", "ai_sandbox", "ai_copyai", "ai_jasper"):
        await admin.put(f"/api/v1/plugins/{plugin}/enabled", json={"enabled": False})
    problem = await ask()
    assert (problem["status"], problem["code"]) == (503, "ai_no_provider")


async def test_samples_answer_only_where_nothing_else_is_configured(ask, configured, admin):
    assert (await ask())[-1][1]["sample"] is False
    await admin.put("/api/v1/plugins/ai_openai/enabled", json={"enabled": False})
    answer = (await ask())[-1][1]
    assert (answer["provider"], answer["sample"], answer["cost_micros"]) == ("ai_sandbox", True, 0)


async def test_an_answer_of_the_wrong_form_goes_to_the_next(configured, vendor, ctx, calls):
    vendor.words = ['{"score"', ": 7}"]
    schema = {"type": "object", "properties": {"score": {"type": "integer"}}, "required": ["score"]}
    answer = await ctx.service(AI).complete(ctx, request(json_schema=schema))
    assert isinstance(answer, AIAnswer)
    assert answer.text == '{"score": 7}'
    vendor.words = ["not json"]
    with pytest.raises(Exception, match="form that was asked for"):
        await ctx.service(AI).complete(ctx, request(json_schema=schema))
    assert [(each["status"], each["error"]) for each in await calls()] == [
        ("failed", "ai_wrong_form"),
        ("failed", "ai_wrong_form"),
        ("settled", None),
    ]


async def test_vectors_are_metered(configured, ctx, calls):
    assert await ctx.service(AI).embed(ctx, ["a", "b"]) == [[1.0, 0.0], [1.0, 1.0]]
    (call,) = await calls()
    assert (call["model"], call["cost_micros"], call["template"]) == ("vectors", 7, "ai.embed")
