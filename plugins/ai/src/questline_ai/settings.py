"""What a tenant sets: which models answer, and by which rules."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from questline_sdk import PluginSettings
from questline_sdk.ai import Capability


class ModelRef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A provider's model."""

    provider: Annotated[str, Meta(title="Provider", min_length=1, max_length=100)]
    model: Annotated[str, Meta(title="Model", min_length=1, max_length=200)]


Order = Annotated[tuple[ModelRef, ...], Meta(max_length=20)]


class AISettings(PluginSettings, frozen=True, kw_only=True):
    """Order of providers, privacy, limits and patience."""

    chat: Annotated[Order, Meta(title="Models that chat", description="The first that can answers. Empty: all.")] = ()
    copy: Annotated[Order, Meta(title="Models that write copy", description="Empty: all, then those that chat.")] = ()
    embed: Annotated[Order, Meta(title="Models that embed", description="Only the first is used.")] = ()
    moderate: Annotated[Order, Meta(title="Models that moderate", description="Empty: all that can.")] = ()
    redact: Annotated[
        bool,
        Meta(
            title="Hide personal data from providers", description="Addresses, numbers and links become placeholders."
        ),
    ] = True
    moderation: Annotated[
        Literal["off", "prompts", "prompts_and_answers"],
        Meta(title="Moderation", description="Where no provider moderates, calls are refused unless this is off."),
    ] = "off"
    record: Annotated[
        Literal["hash", "full"],
        Meta(title="Keep of prompts", description="hash: only a fingerprint; full: prompt and answer."),
    ] = "hash"
    record_days: Annotated[int, Meta(title="Days that prompts and answers are kept", ge=1, le=3650)] = 30
    cache: Annotated[bool, Meta(title="Answer the same question from memory")] = False
    cache_hours: Annotated[int, Meta(title="Hours that answers are remembered", ge=1, le=720)] = 24
    max_prompt_characters: Annotated[int, Meta(title="Longest prompt, in characters", ge=100, le=1_000_000)] = 60_000
    attempts: Annotated[int, Meta(title="Tries of each model", ge=1, le=5)] = 3
    longest_wait_seconds: Annotated[float, Meta(title="Longest wait between tries, in seconds", ge=0, le=60)] = 8.0
    first_token_seconds: Annotated[float, Meta(title="Longest wait for a beginning, in seconds", ge=0.1, le=300)] = 30.0
    answer_seconds: Annotated[float, Meta(title="Longest answer, in seconds", ge=1, le=600)] = 120.0
    breaker_failures: Annotated[int, Meta(title="Failures in a row that rest a model", ge=1, le=100)] = 5
    breaker_seconds: Annotated[float, Meta(title="How long a failing model rests, in seconds", ge=0.1, le=3600)] = 30.0

    def order(self, capability: Capability) -> tuple[ModelRef, ...]:
        """The tenant's order for a capability; empty where it left that open."""
        found: tuple[ModelRef, ...] = getattr(self, capability.value)
        return found
