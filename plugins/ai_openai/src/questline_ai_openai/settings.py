"""What a tenant sets: its account, the address, and the models it may use."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from questline_sdk import PluginSettings
from questline_sdk.ai import Capability, Model, Price
from questline_sdk.settings import Secret


class OfferedModel(Struct, frozen=True, kw_only=True):
    """A model the tenant may use, and what it costs."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    capabilities: Annotated[tuple[Capability, ...], Meta(min_length=1)] = (Capability.CHAT,)
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}$")] = "USD"
    input_micros: Annotated[int, Meta(ge=0, description="Millionths of the currency for a million tokens.")] = 0
    output_micros: Annotated[int, Meta(ge=0, description="Millionths of the currency for a million tokens.")] = 0
    price_version: Annotated[str, Meta(min_length=1, max_length=40)] = "2026-05"
    context_tokens: Annotated[int, Meta(ge=1)] | None = None
    max_output_tokens: Annotated[int, Meta(ge=1)] | None = None

    def model(self) -> Model:
        """The model as callers see it."""
        return Model(
            name=self.name,
            title=self.name,
            capabilities=frozenset(self.capabilities),
            context_tokens=self.context_tokens,
            max_output_tokens=self.max_output_tokens,
            price=Price(
                currency=self.currency,
                version=self.price_version,
                input_micros=self.input_micros,
                output_micros=self.output_micros,
            ),
        )


MODELS = (
    OfferedModel(name="gpt-5.4-mini", input_micros=750_000, output_micros=4_500_000),
    OfferedModel(name="gpt-5.4-nano", input_micros=200_000, output_micros=1_250_000),
    OfferedModel(name="text-embedding-3-small", capabilities=(Capability.EMBED,), input_micros=20_000),
    OfferedModel(name="omni-moderation-latest", capabilities=(Capability.MODERATE,)),
)


class OpenAISettings(PluginSettings, frozen=True, kw_only=True):
    """The tenant's account with OpenAI or a compatible server."""

    api_key: Annotated[Secret, Meta(title="API key", max_length=500)] = ""
    base_url: Annotated[str, Meta(title="Address", pattern=r"^https?://\S+$")] = "https://api.openai.com/v1"
    api: Annotated[
        Literal["responses", "chat_completions"],
        Meta(title="API", description="Choose chat_completions for servers that know only the older API."),
    ] = "responses"
    limit: Annotated[
        Literal["max_completion_tokens", "max_tokens"],
        Meta(title="Limit of chat completions", description="max_tokens for servers that know only the older name."),
    ] = "max_completion_tokens"
    timeout_seconds: Annotated[float, Meta(title="Longest silence, in seconds", ge=1, le=600)] = 60.0
    models: Annotated[tuple[OfferedModel, ...], Meta(title="Models", min_length=1, max_length=100)] = MODELS
