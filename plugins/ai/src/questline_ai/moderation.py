"""Moderation before a text goes out, and after an answer came where the tenant wants that."""

import msgspec

from questline_ai.candidates import Candidate, candidates
from questline_ai.metering import Origin, estimate
from questline_ai.settings import AISettings
from questline_ai.single import ask_once
from questline_sdk import Context
from questline_sdk.ai import Capability, Moderation, Usage
from questline_sdk.ai_calls import AIUnavailable, ContentRefused

TEMPLATE = "ai.moderation"


async def moderate(ctx: Context, settings: AISettings, origin: Origin, text: str) -> Moderation | None:
    """What the tenant's moderation finds; None where no provider moderates."""
    found = await candidates(ctx, settings, Capability.MODERATE)
    if not found:
        return None

    async def call(own: Context, candidate: Candidate) -> tuple[Moderation, Usage]:
        return await candidate.provider.moderate(own, candidate.model.name, text), estimate(len(text), 0)

    origin = msgspec.structs.replace(origin, template=TEMPLATE, template_version="1", prompt=None)
    return await ask_once(ctx, settings, found, origin, text, call)


async def demand_clean(ctx: Context, settings: AISettings, origin: Origin, text: str) -> None:
    """Raise `ContentRefused` for a text that breaks the rules, and `AIUnavailable` where nobody can say."""
    result = await moderate(ctx, settings, origin, text)
    if result is None:
        raise AIUnavailable(
            "Texts are to be moderated, but no provider does that. An admin can choose one.", code="ai_no_moderation"
        )
    if result.flagged:
        kinds = ", ".join(result.categories) or "its rules"
        raise ContentRefused(f"The text was declined by moderation ({kinds}). Change it and try again.")
