"""The tenant's providers as admins see them, and the question whether one works."""

import time

import msgspec

from questline_ai.breaker import BREAKERS, State
from questline_ai.candidates import candidates
from questline_ai.settings import AISettings, ModelRef
from questline_sdk import Context, NotFound
from questline_sdk.ai import AIProviders, Capability, Price


class ModelView(msgspec.Struct, frozen=True, kw_only=True):
    """A model, its price, and whether it rests after failures (in the process that answers)."""

    name: str
    title: str
    capabilities: list[str]
    context_tokens: int | None
    max_output_tokens: int | None
    price: Price | None
    circuit: State


class ProviderView(msgspec.Struct, frozen=True, kw_only=True):
    """A provider; without models where it is not configured."""

    name: str
    title: str
    sample: bool
    models: list[ModelView]


class Mapped(msgspec.Struct, frozen=True, kw_only=True):
    """A capability: the tenant's order of models, and who is asked in fact."""

    capability: str
    choices: list[ModelRef]
    effective: list[ModelRef]


class Tested(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a provider could be used now."""

    usable: bool
    detail: str
    latency_ms: int


async def list_providers(ctx: Context) -> list[ProviderView]:
    """The providers of the plugins that are on."""
    return [
        ProviderView(
            name=provider.name,
            title=provider.title,
            sample=provider.sample,
            models=[
                ModelView(
                    name=model.name,
                    title=model.title,
                    capabilities=sorted(each.value for each in model.capabilities),
                    context_tokens=model.context_tokens,
                    max_output_tokens=model.max_output_tokens,
                    price=model.price,
                    circuit=BREAKERS.state((ctx.tenant_id, provider.name, model.name)),
                )
                for model in await provider.models(ctx)
            ],
        )
        for provider in (await ctx.service(AIProviders).all()).values()
    ]


async def test_provider(ctx: Context, name: str) -> Tested:
    """Ask a provider whether it works."""
    provider = (await ctx.service(AIProviders).all()).get(name)
    if provider is None:
        raise NotFound(f"There is no AI provider {name!r}.")
    began = time.monotonic()
    health = await provider.health(ctx)
    return Tested(usable=health.usable, detail=health.detail, latency_ms=round((time.monotonic() - began) * 1000))


async def mapping(ctx: Context) -> list[Mapped]:
    """Who answers for each capability."""
    settings = await ctx.settings(AISettings)
    return [
        Mapped(
            capability=capability.value,
            choices=list(settings.order(capability)),
            effective=[
                ModelRef(provider=each.provider.name, model=each.model.name)
                for each in await candidates(ctx, settings, capability)
            ],
        )
        for capability in Capability
    ]
