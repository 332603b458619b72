"""A conversation is continued through either API, and each failure says whether another try may help."""

from contextlib import aclosing

import pytest

from questline_ai_openai.schema import can_be_strict
from questline_sdk.ai import (
    ChatRequest,
    Completed,
    ContentFiltered,
    Message,
    ProviderError,
    ProviderRateLimited,
    ProviderRefused,
    ProviderUnavailable,
    TextDelta,
    Usage,
)

HELLO = ChatRequest(
    model="gpt-5.4-mini",
    messages=[Message(role="system", content="Be brief."), Message(role="user", content="Grüße 👋")],
    max_output_tokens=50,
)
TEXT = ["Guten ", "Tag, ", "Ærøskøbing 👋"]


def response(status="completed", **more):
    usage = {
        "input_tokens": 12,
        "output_tokens": 7,
        "total_tokens": 19,
        "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
        "output_tokens_details": {"reasoning_tokens": 0},
    }
    return {"id": "resp_1", "object": "response", "status": status, "output": [], "usage": usage, **more}


def delta(text, number=0, kind="response.output_text.delta"):
    place = {"item_id": "m", "output_index": 0, "content_index": 0, "sequence_number": number, "logprobs": []}
    return {"type": kind, "delta": text, **place}


def spoken(*, end=None):
    created = {"type": "response.created", "sequence_number": 0, "response": response("in_progress")}
    last = end or {"type": "response.completed", "sequence_number": 9, "response": response()}
    return [created, *(delta(text) for text in TEXT), last]


def chunk(text=None, finish=None, **more):
    choices = [{"index": 0, "delta": {"content": text} if text else {}, "finish_reason": finish}]
    return {"id": "chat_1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": choices, **more}


def said(*, finish="stop", usage=True):
    counted = {"prompt_tokens": 12, "completion_tokens": 7, "total_tokens": 19}
    end = [{**chunk(), "choices": [], "usage": counted}] if usage else []
    return [*(chunk(text) for text in TEXT), chunk(finish=finish), *end]


async def ask(provider, ctx, request=HELLO):
    return [part async for part in provider.chat(ctx, request)]


@pytest.mark.parametrize("size", [1, 3, 7, 1000, None])
async def test_an_answer_of_the_responses_api_arrives_however_it_is_cut(provider, vendor, ctx, size):
    vendor.stream(*spoken(), size=size)
    *texts, end = await ask(provider, ctx)
    assert texts == [TextDelta(text=text) for text in TEXT]
    assert end == Completed(finish="stop", usage=Usage(input_tokens=12, output_tokens=7), reference="resp_1")
    path, headers, body = vendor.asked[-1]
    assert (path, headers["authorization"]) == ("/v1/responses", "Bearer sk-test")
    assert body["input"][1] == {"role": "user", "content": "Grüße 👋"}
    assert (body["max_output_tokens"], body["store"], body["stream"]) == (50, False, True)
    assert "temperature" not in body


@pytest.mark.parametrize("size", [1, 5, None])
async def test_an_answer_of_the_chat_completions_api_arrives_however_it_is_cut(provider, configure, vendor, ctx, size):
    await configure(api="chat_completions")
    vendor.stream(*said(), size=size, done=True)
    *texts, end = await ask(provider, ctx)
    assert texts == [TextDelta(text=text) for text in TEXT]
    assert end == Completed(finish="stop", usage=Usage(input_tokens=12, output_tokens=7), reference="chat_1")
    path, _, body = vendor.asked[-1]
    assert path == "/v1/chat/completions"
    assert (body["max_completion_tokens"], body["stream_options"]) == (50, {"include_usage": True})


async def test_a_server_that_does_not_count_gets_an_estimate(provider, configure, vendor, ctx):
    await configure(api="chat_completions")
    vendor.stream(*said(usage=False), done=True)
    end = (await ask(provider, ctx))[-1]
    assert end.usage == Usage(input_tokens=0, output_tokens=6, estimated=True)


@pytest.mark.parametrize("api", ["responses", "chat_completions"])
async def test_a_schema_is_asked_for(provider, configure, vendor, ctx, api):
    await configure(api=api)
    vendor.stream(*(spoken() if api == "responses" else said()))
    schema = {"type": "object", "properties": {}, "additionalProperties": False}
    await ask(
        provider,
        ctx,
        ChatRequest(model="m", messages=HELLO.messages, max_output_tokens=9, temperature=0.2, json_schema=schema),
    )
    _, _, body = vendor.asked[-1]
    form = body["text"]["format"] if api == "responses" else body["response_format"]["json_schema"]
    assert (form["schema"], form["strict"], body["temperature"]) == (schema, True, 0.2)


STRICT = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}


@pytest.mark.parametrize(
    ("schema", "strict"),
    [
        (STRICT, True),
        ({**STRICT, "properties": {"a": {"type": "array", "items": STRICT}}}, True),
        ({**STRICT, "properties": {"a": {"anyOf": [{"type": "null"}, STRICT]}}}, True),
        ({**STRICT, "properties": {"a": {"$ref": "#/$defs/a"}}, "$defs": {"a": STRICT}}, True),
        ({**STRICT, "required": []}, False),
        ({**STRICT, "additionalProperties": True}, False),
        ({**STRICT, "properties": {"a": {"type": "object", "properties": {}}}}, False),
        ({**STRICT, "properties": {"a": {"oneOf": [STRICT]}}}, False),
        ({"type": "array", "items": STRICT}, False),
        ({**STRICT, "properties": {"a": True}}, False),
    ],
)
def test_a_schema_that_openai_cannot_hold_to_is_only_a_wish(schema, strict):
    assert can_be_strict(schema) is strict


async def test_an_older_server_gets_the_limit_under_its_older_name(provider, configure, vendor, ctx):
    await configure(api="chat_completions", limit="max_tokens")
    vendor.stream(*said(), done=True)
    await ask(provider, ctx)
    assert "max_completion_tokens" not in vendor.asked[-1][2]
    assert vendor.asked[-1][2]["max_tokens"] == 50


@pytest.mark.parametrize(
    ("reason", "finish"), [("max_output_tokens", "length"), ("content_filter", "filtered"), (None, "length")]
)
async def test_an_incomplete_answer_says_why(provider, vendor, ctx, reason, finish):
    details = {"reason": reason} if reason else None
    answer = response("incomplete", incomplete_details=details)
    vendor.stream(*spoken(end={"type": "response.incomplete", "sequence_number": 9, "response": answer}))
    assert (await ask(provider, ctx))[-1].finish == finish


async def test_a_refusal_ends_as_filtered(provider, vendor, ctx):
    end = {"type": "response.completed", "sequence_number": 2, "response": response()}
    vendor.stream(delta("I cannot help with that.", kind="response.refusal.delta"), end)
    text, completed = await ask(provider, ctx)
    assert (text.text, completed.finish) == ("I cannot help with that.", "filtered")


def failure(code, message="no"):
    return {"error": {"code": code, "message": message, "type": "x", "param": None}}


@pytest.mark.parametrize(
    ("status", "body", "error", "retryable"),
    [
        (401, failure("invalid_api_key"), ProviderRefused, False),
        (403, failure("unsupported_country"), ProviderRefused, False),
        (429, failure("rate_limit_exceeded"), ProviderRateLimited, True),
        (429, failure("insufficient_quota"), ProviderRefused, False),
        (400, failure("content_policy_violation"), ContentFiltered, False),
        (400, failure("context_length_exceeded"), ProviderError, False),
        (404, failure("model_not_found"), ProviderError, False),
        (500, failure("server_error"), ProviderUnavailable, True),
        (503, {"oops": 1}, ProviderUnavailable, True),
        (408, failure(None), ProviderUnavailable, True),
    ],
)
async def test_a_status_becomes_the_error_callers_know(provider, vendor, ctx, status, body, error, retryable):
    vendor.json(body, status, **{"retry-after": "17"})
    with pytest.raises(ProviderError) as caught:
        await ask(provider, ctx)
    assert (type(caught.value), caught.value.retryable) == (error, retryable)
    assert caught.value.retry_after == (17 if error is ProviderRateLimited else None)
    assert len(vendor.asked) == 1
    assert "sk-test" not in str(caught.value)


@pytest.mark.parametrize("api", ["responses", "chat_completions"])
async def test_a_stream_that_is_cut_is_no_answer(provider, configure, vendor, ctx, api):
    await configure(api=api)
    vendor.stream(*(spoken()[:-1] if api == "responses" else said()[:2]))
    for cut in (False, True):
        vendor.cut_after = cut
        with pytest.raises(ProviderUnavailable):
            await ask(provider, ctx)


async def test_a_failure_inside_the_stream_is_a_failure(provider, vendor, ctx):
    failed = response("failed", error={"code": "server_error", "message": "oops"})
    vendor.stream(delta("half"), {"type": "response.failed", "sequence_number": 2, "response": failed})
    with pytest.raises(ProviderUnavailable):
        await ask(provider, ctx)
    vendor.stream({"type": "error", "code": "rate_limit_exceeded", "message": "slow", "param": None})
    with pytest.raises(ProviderRateLimited):
        await ask(provider, ctx)


@pytest.mark.parametrize("line", [b"data: {not json}\n\n", b"data: \xff\xfe\n\n", b"data: []\n\n"])
async def test_nonsense_in_the_stream_is_a_failure(provider, vendor, ctx, line):
    vendor.stream(*spoken())
    vendor.pieces.insert(0, line)
    with pytest.raises(ProviderUnavailable):
        await ask(provider, ctx)


async def test_silence_ends_at_the_time_out(provider, configure, vendor, ctx):
    await configure(timeout_seconds=1)
    vendor.stream(delta("half"))
    vendor.hang_after = True
    with pytest.raises(ProviderUnavailable):
        await ask(provider, ctx)


async def test_an_answer_nobody_reads_any_more_is_hung_up(provider, vendor, ctx):
    vendor.stream(delta("half"))
    vendor.hang_after = True
    async with aclosing(provider.chat(ctx, HELLO)) as parts:
        assert (await anext(parts)).text == "half"
    await vendor.left.wait()


async def test_a_huge_answer_arrives_whole(provider, vendor, ctx):
    vendor.stream(*(delta("x" * 10_000) for _ in range(300)), spoken()[-1], size=65_536)
    parts = await ask(provider, ctx)
    assert sum(len(part.text) for part in parts[:-1]) == 3_000_000


async def test_nothing_answers(provider, configure, ctx):
    await configure(base_url="http://127.0.0.1:9/v1")
    with pytest.raises(ProviderUnavailable):
        await ask(provider, ctx)
