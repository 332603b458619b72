"""The calls to OpenAI's API; imported with the first of them, for the `openai` package takes long and much memory."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from functools import lru_cache
from typing import Any

import httpx2
from openai import AsyncOpenAI, AsyncStream

from questline_ai_openai.answers import from_chunks, from_responses
from questline_ai_openai.errors import translated
from questline_ai_openai.schema import can_be_strict
from questline_ai_openai.settings import OpenAISettings
from questline_sdk import Context
from questline_sdk.ai import AnswerPart, ChatRequest, Embeddings, Moderation, ProviderUnavailable, Usage

SCHEMA_NAME = "answer"
EVENTS = AsyncStream[object]
AT_ONCE = 256
"""Texts in one request for vectors: OpenAI takes 2048 of them, and 300,000 tokens in all."""


async def check(ctx: Context, settings: OpenAISettings) -> None:
    """Ask for the list of models; raises a `ProviderError` where that fails."""
    async with translated():
        await _client(ctx, settings).models.list()


async def chat(ctx: Context, settings: OpenAISettings, request: ChatRequest) -> AsyncGenerator[AnswerPart, None]:
    """Continue a conversation by the API that the settings name."""
    client = _client(ctx, settings)
    if settings.api == "responses":
        asked = _ask_responses(client, request)
    else:
        asked = _ask_completions(client, request, settings.limit)
    async with translated(), aclosing(asked) as parts:
        async for part in parts:
            yield part


async def embed(ctx: Context, settings: OpenAISettings, model: str, texts: Sequence[str]) -> Embeddings:
    """Turn texts into vectors, as many in a request as OpenAI takes."""
    client = _client(ctx, settings)
    vectors: list[Sequence[float]] = []
    tokens = 0
    for start in range(0, len(texts), AT_ONCE):
        batch = list(texts[start : start + AT_ONCE])
        async with translated():
            found = await client.embeddings.create(model=model, input=batch)
            vectors += [each.embedding for each in sorted(found.data, key=lambda each: each.index)]
            tokens += found.usage.prompt_tokens
        if len(vectors) != start + len(batch):
            raise ProviderUnavailable("OpenAI's answer lacks vectors.")
    return Embeddings(vectors=vectors, usage=Usage(input_tokens=tokens))


async def moderate(ctx: Context, settings: OpenAISettings, model: str, text: str) -> Moderation:
    """Ask whether a text breaks OpenAI's rules."""
    async with translated():
        (result,) = (await _client(ctx, settings).moderations.create(model=model, input=text)).results
        flagged = [name for name, found in result.categories.to_dict().items() if found]
        return Moderation(flagged=result.flagged, categories=sorted(flagged))


async def _ask_responses(client: AsyncOpenAI, request: ChatRequest) -> AsyncGenerator[AnswerPart, None]:
    body = _given(
        model=request.model,
        input=_messages(request),
        max_output_tokens=request.max_output_tokens,
        temperature=request.temperature,
        text=None if request.json_schema is None else {"format": {"type": "json_schema", **_schema(request)}},
        store=False,
    )
    async with await _stream(client, "/responses", body) as stream, aclosing(from_responses(stream)) as parts:
        async for part in parts:
            yield part


async def _ask_completions(client: AsyncOpenAI, request: ChatRequest, limit: str) -> AsyncGenerator[AnswerPart, None]:
    form = None if request.json_schema is None else {"type": "json_schema", "json_schema": _schema(request)}
    body = _given(
        model=request.model,
        messages=_messages(request),
        temperature=request.temperature,
        response_format=form,
        stream_options={"include_usage": True},
    )
    body[limit] = request.max_output_tokens
    async with await _stream(client, "/chat/completions", body) as stream, aclosing(from_chunks(stream)) as parts:
        async for part in parts:
            yield part


async def _stream(client: AsyncOpenAI, path: str, body: dict[str, Any]) -> AsyncStream[Any]:
    """The events as they were sent: what is cast to `object` stays the JSON that it was."""
    return await client.post(path, cast_to=object, body=body | {"stream": True}, stream=True, stream_cls=EVENTS)


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _messages(request: ChatRequest) -> Any:
    return [{"role": each.role, "content": each.content} for each in request.messages]


def _schema(request: ChatRequest) -> dict[str, Any]:
    schema = request.json_schema or {}
    return {"name": SCHEMA_NAME, "schema": schema, "strict": can_be_strict(schema)}


def _client(ctx: Context, settings: OpenAISettings) -> AsyncOpenAI:
    return _make_client(ctx.http, settings.api_key or "none", settings.base_url, settings.timeout_seconds)


@lru_cache(maxsize=256)
def _make_client(http: httpx2.AsyncClient, api_key: str, base_url: str, timeout: float) -> AsyncOpenAI:
    """One client an account: making one costs more than a request to it."""
    return AsyncOpenAI(api_key=api_key, base_url=base_url, timeout=timeout, max_retries=0, http_client=http)
