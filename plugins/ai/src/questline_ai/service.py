"""The service `AI` as other plugins find it."""

import hashlib
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from uuid import UUID, uuid4

from questline_ai.candidates import Candidate, candidates
from questline_ai.metering import Origin
from questline_ai.moderation import moderate
from questline_ai.pipeline import answer
from questline_ai.settings import AISettings
from questline_ai.single import ask_once
from questline_sdk import Context
from questline_sdk.ai import Capability, Moderation, Usage
from questline_sdk.ai_calls import AIAnswer, AIPart, AIRequest, AIUnavailable, Choice


class Orchestrator:
    """Asks the tenant's providers."""

    def stream(self, ctx: Context, request: AIRequest) -> AsyncGenerator[AIPart, None]:
        """Answer part by part."""
        return answer(ctx, request)

    async def complete(self, ctx: Context, request: AIRequest) -> AIAnswer:
        """Answer as a whole."""
        async with aclosing(answer(ctx, request)) as parts:
            async for part in parts:
                if isinstance(part, AIAnswer):
                    return part
        raise AssertionError

    async def embed(
        self, ctx: Context, texts: Sequence[str], *, course_id: UUID | None = None
    ) -> Sequence[Sequence[float]]:
        """Vectors of one model: only the first candidate is asked, for those of two models do not compare."""
        settings = await ctx.settings(AISettings)
        found = (await candidates(ctx, settings, Capability.EMBED))[:1]
        if not found:
            raise AIUnavailable("No AI provider makes vectors. An admin can turn one on.", code="ai_no_provider")
        if not texts:
            return []

        async def call(own: Context, candidate: Candidate) -> tuple[Sequence[Sequence[float]], Usage]:
            made = await candidate.provider.embed(own, candidate.model.name, texts)
            return made.vectors, made.usage

        joined = "\n".join(texts)
        return await ask_once(ctx, settings, found, _origin(ctx, "embed", joined, course_id), joined, call)

    async def moderate(self, ctx: Context, text: str) -> Moderation:
        """What moderation finds in a text."""
        settings = await ctx.settings(AISettings)
        found = await moderate(ctx, settings, _origin(ctx, "moderation", text, None), text)
        return found or Moderation(flagged=False)

    async def choices(self, ctx: Context, capability: Capability = Capability.CHAT) -> Sequence[Choice]:
        """What the tenant offers for a capability."""
        settings = await ctx.settings(AISettings)
        return [each.choice for each in await candidates(ctx, settings, capability)]


def _origin(ctx: Context, placement: str, text: str, course_id: UUID | None) -> Origin:
    return Origin(
        request_id=uuid4(),
        user_id=ctx.actor.id if ctx.actor and ctx.actor.kind == "user" else None,
        course_id=course_id,
        placement=placement,
        template=f"ai.{placement}",
        template_version="1",
        prompt_hash=hashlib.sha256(text.encode()).hexdigest(),
    )
