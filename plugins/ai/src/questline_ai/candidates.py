"""Who may answer: the tenant's order of models for a capability, as far as its providers offer them."""

from collections.abc import Sequence

import msgspec

from questline_ai.settings import AISettings
from questline_sdk import Context, Invalid
from questline_sdk.ai import AIProvider, AIProviders, Capability, Model
from questline_sdk.ai_calls import Choice

INSTEAD = {Capability.COPY: Capability.CHAT}
"""What is asked where nothing offers a capability: chat can write copy."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A provider's model, and the capability by which it is asked."""

    provider: AIProvider
    model: Model
    capability: Capability

    @property
    def choice(self) -> Choice:
        """As a person sees it."""
        return Choice(
            provider=self.provider.name,
            model=self.model.name,
            title=f"{self.provider.title}: {self.model.title}",
            sample=self.provider.sample,
        )


async def candidates(ctx: Context, settings: AISettings, capability: Capability) -> list[Candidate]:
    """In the tenant's order, else all; one of sample answers only where there is no other."""
    offered = [
        Candidate(provider=provider, model=model, capability=capability)
        for provider in (await ctx.service(AIProviders).all()).values()
        for model in await provider.models(ctx)
        if capability in model.capabilities
    ]
    order = [(each.provider, each.model) for each in settings.order(capability)]
    if order:
        by_key = {(each.provider.name, each.model.name): each for each in offered}
        offered = [by_key[key] for key in order if key in by_key]
    real = [each for each in offered if not each.provider.sample]
    found = real or offered
    if not real and capability in INSTEAD:
        instead = await candidates(ctx, settings, INSTEAD[capability])
        if not found or any(not each.provider.sample for each in instead):
            return instead
    return found


def chosen(found: Sequence[Candidate], provider: str | None, model: str | None) -> list[Candidate]:
    """Only the one that a person chose, where they did; raises `Invalid` for one that is not offered."""
    if provider is None:
        return list(found)
    picked = [each for each in found if each.provider.name == provider and model in (None, each.model.name)]
    if not picked:
        raise Invalid.field("model", f"{provider} {model or ''} is not among what the site offers".replace("  ", " "))
    return picked[:1]
