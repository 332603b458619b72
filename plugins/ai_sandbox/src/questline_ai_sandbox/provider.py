"""The provider: texts by rules, in pieces, as a vendor's would come."""

import asyncio
import hashlib
import re
from collections.abc import AsyncGenerator, Sequence

import msgspec

from questline_ai_sandbox.moderation import categories_of
from questline_ai_sandbox.schema import value_for
from questline_ai_sandbox.settings import SandboxSettings
from questline_ai_sandbox.vectors import vector_of
from questline_ai_sandbox.writer import write
from questline_sdk import Context
from questline_sdk.ai import (
    AIProvider,
    AnswerPart,
    Capability,
    ChatRequest,
    Completed,
    CopyRequest,
    Embeddings,
    Health,
    Message,
    Model,
    Moderation,
    Price,
    ProviderError,
    TextDelta,
    Usage,
)

WRITER = "sample-writer"
VECTORS = "sample-vectors"
MODERATION = "sample-moderation"
FREE = Price(currency="USD", version="sample", input_micros=0)
MODELS = (
    Model(
        name=WRITER,
        title="Sample writer",
        capabilities=frozenset({Capability.CHAT, Capability.COPY}),
        price=FREE,
    ),
    Model(name=VECTORS, title="Sample vectors", capabilities=frozenset({Capability.EMBED}), price=FREE),
    Model(name=MODERATION, title="Sample moderation", capabilities=frozenset({Capability.MODERATE}), price=FREE),
)
CHARACTERS = 4
"""That are taken for a token."""


class SandboxProvider(AIProvider):
    """Sample answers, without a network."""

    name = "ai_sandbox"
    title = "Sample AI"
    sample = True

    async def models(self, ctx: Context) -> Sequence[Model]:
        """Always the same three."""
        return MODELS

    async def health(self, ctx: Context) -> Health:
        """Always well."""
        return Health(usable=True, detail="Sample answers only: no AI is asked.")

    async def chat(self, ctx: Context, request: ChatRequest) -> AsyncGenerator[AnswerPart, None]:
        """Answer the last message, from the words of them all."""
        _check(request.model, WRITER)
        if request.json_schema is None:
            text = write(request.messages)
        else:
            text = msgspec.json.encode(value_for(request.json_schema, request.messages)).decode()
        settings = await ctx.settings(SandboxSettings)
        asked = sum(len(each.content) for each in request.messages)
        async for part in _spoken(text, asked, request.max_output_tokens, settings.words_per_second):
            yield part

    async def copy(self, ctx: Context, request: CopyRequest) -> AsyncGenerator[AnswerPart, None]:
        """Write what the brief asks for."""
        _check(request.model, WRITER)
        brief = "\n".join([request.brief, *(f"{name}: {value}" for name, value in request.variables.items())])
        text = write([Message(role="user", content=brief)], tone=request.tone)
        settings = await ctx.settings(SandboxSettings)
        async for part in _spoken(text, len(brief), request.max_output_tokens, settings.words_per_second):
            yield part

    async def embed(self, ctx: Context, model: str, texts: Sequence[str]) -> Embeddings:
        """Vectors of the words."""
        _check(model, VECTORS)
        return Embeddings(
            vectors=[vector_of(each) for each in texts],
            usage=Usage(input_tokens=_tokens(sum(map(len, texts))), estimated=True),
        )

    async def moderate(self, ctx: Context, model: str, text: str) -> Moderation:
        """Look for a few phrases."""
        _check(model, MODERATION)
        found = categories_of(text)
        return Moderation(flagged=bool(found), categories=found)


async def _spoken(text: str, asked: int, limit: int, pace: float) -> AsyncGenerator[AnswerPart, None]:
    """The text word by word, as far as it may go."""
    said = text[: limit * CHARACTERS]
    for word in re.findall(r"\s*\S+\s*$|\s*\S+", said):
        if pace:
            await asyncio.sleep(1 / pace)
        yield TextDelta(text=word)
    yield Completed(
        finish="stop" if said == text else "length",
        usage=Usage(input_tokens=_tokens(asked), output_tokens=_tokens(len(said)), estimated=True),
        reference=f"sample-{hashlib.sha256(text.encode()).hexdigest()[:12]}",
    )


def _tokens(characters: int) -> int:
    return -(-characters // CHARACTERS)


def _check(model: str, wanted: str) -> None:
    if model != wanted:
        raise ProviderError(f"The sample provider has no model {model!r} for this; it has {wanted}.")
