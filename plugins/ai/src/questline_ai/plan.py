"""What is settled before anybody is asked: prompt, redaction, candidates, and perhaps an answer from memory."""

import datetime as dt
import hashlib
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from questline_ai.candidates import Candidate, candidates, chosen
from questline_ai.models import CachedAnswer
from questline_ai.names import names_of
from questline_ai.redaction import Redaction
from questline_ai.settings import AISettings
from questline_ai.templates import prompt_of, render
from questline_sdk import Context, Invalid
from questline_sdk.ai import Message, Usage
from questline_sdk.ai_calls import AIRequest, AIUnavailable, PromptTemplate


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """An answer from memory, with placeholders in it."""

    text: str
    provider: str
    model: str
    usage: Usage
    sample: bool


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A question that is ready to be asked."""

    request: AIRequest
    settings: AISettings
    template: PromptTemplate
    template_version: str
    messages: list[Message]
    """With placeholders where personal data stood."""
    spoken: str
    """The same without the placeholders, for the record."""
    redaction: Redaction
    candidates: list[Candidate]
    max_output_tokens: int
    user_id: UUID | None
    digest: str
    remembered: Remembered | None = None

    @property
    def input_bytes(self) -> int:
        """An upper bound of the tokens it takes: no tokeniser makes more of them than bytes."""
        schema = len(msgspec.json.encode(self.request.json_schema)) if self.request.json_schema else 0
        return schema + sum(len(each.content.encode()) + 32 for each in self.messages)


async def make_plan(ctx: Context, request: AIRequest) -> Plan:
    """Check a request and prepare it; raises `Invalid`, `NotFound` or `AIUnavailable`.

    The context is one that ends before anybody is asked, so that it holds no connection while an answer streams.
    """
    settings = await ctx.settings(AISettings)
    prompt = await prompt_of(ctx, request.template)
    system, user = render(prompt, request.variables, request.locale)
    messages = [
        *([Message(role="system", content=system)] if system.strip() else []),
        *request.messages,
        Message(role="user", content=user),
    ]
    length = sum(len(each.content) for each in messages)
    if length > settings.max_prompt_characters:
        raise Invalid(
            f"The prompt has {length} characters; {settings.max_prompt_characters} are allowed. Shorten it.",
            code="ai_prompt_too_long",
        )
    template = prompt.template
    found = chosen(await candidates(ctx, settings, template.capability), request.provider, request.model)
    if not found:
        raise AIUnavailable(
            "No AI provider is configured. An admin can turn one on among the plugins.", code="ai_no_provider"
        )
    user_id = request.user_id or (ctx.actor.id if ctx.actor and ctx.actor.kind == "user" else None)
    cached = settings.cache and request.cache
    remembered = None
    redaction = Redaction(active=False)
    hidden = messages
    if settings.redact:
        redaction = Redaction(names=await names_of(ctx, user_id))
        hidden = [Message(role=each.role, content=redaction.hide(each.content)) for each in messages]
    limit = min(request.max_output_tokens or template.max_output_tokens, template.max_output_tokens)
    digest = _digest(hidden, request, limit, template.temperature, found) if cached else ""
    if cached:
        remembered = await _recall(ctx, digest)
    return Plan(
        request=request,
        settings=settings,
        template=template,
        template_version=prompt.version,
        messages=hidden,
        spoken="\n\n".join(f"{each.role}: {each.content}" for each in messages) if settings.record == "full" else "",
        redaction=redaction,
        candidates=found,
        max_output_tokens=limit,
        user_id=user_id,
        digest=digest,
        remembered=remembered,
    )


async def remember(ctx: Context, plan: Plan, answer: Remembered) -> None:
    """Keep an answer for the next who asks the same."""
    values: dict[str, Any] = {
        "user_id": plan.user_id,
        "answer": msgspec.to_builtins(answer),
        "expires_at": ctx.now + dt.timedelta(hours=plan.settings.cache_hours),
    }
    statement = insert(CachedAnswer).values(digest=plan.digest, **values)
    await ctx.session.execute(statement.on_conflict_do_update(index_elements=["tenant_id", "digest"], set_=values))


async def forget_expired(ctx: Context) -> None:
    """Remove answers whose time is over."""
    await ctx.session.execute(delete(CachedAnswer).where(CachedAnswer.expires_at < ctx.now))


async def _recall(ctx: Context, digest: str) -> Remembered | None:
    found = await ctx.session.scalar(
        select(CachedAnswer.answer).where(CachedAnswer.digest == digest, CachedAnswer.expires_at > ctx.now)
    )
    return None if found is None else msgspec.convert(found, Remembered)


def _digest(
    messages: list[Message], request: AIRequest, limit: int, temperature: float | None, found: list[Candidate]
) -> str:
    key = [
        [(each.role, each.content) for each in messages],
        request.json_schema,
        limit,
        temperature,
        [(each.provider.name, each.model.name) for each in found],
    ]
    return hashlib.sha256(msgspec.json.encode(key, order="deterministic")).hexdigest()
