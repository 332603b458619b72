"""AI providers: what an adapter to a vendor's models implements, in the vendor-neutral terms of its callers.

A plugin registers its provider with `register_ai_providers`; callers ask `ctx.service(AIProviders)` for those of the
tenant's plugins. Money is integer micro-units (millionths) of an ISO 4217 currency.
"""

import enum
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any, ClassVar, Literal, Protocol

import msgspec

from questline_sdk.context import Context
from questline_sdk.errors import QuestlineError


class Capability(enum.StrEnum):
    """What callers ask for; they never ask for a provider."""

    CHAT = "chat"
    COPY = "copy"
    EMBED = "embed"
    MODERATE = "moderate"


class Price(msgspec.Struct, frozen=True, kw_only=True):
    """What a model costs, in micro-units of the currency per million tokens.

    Args:
        version: Names this state of the price list (`2026-11`); each ledger entry carries it.
    """

    currency: str
    version: str
    input_micros: int
    output_micros: int = 0


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """A model, workflow or template that a provider offers.

    Args:
        name: The vendor's name for it.
        context_tokens: Longest input and output together; None where the vendor does not say.
        max_output_tokens: Longest answer; None where the vendor does not say.
        price: None where calls cost nothing or the vendor bills otherwise.
    """

    name: str
    title: str
    capabilities: frozenset[Capability]
    context_tokens: int | None = None
    max_output_tokens: int | None = None
    price: Price | None = None


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One turn of a conversation."""

    role: Literal["system", "user", "assistant"]
    content: str


class ChatRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation to be continued.

    Args:
        temperature: 0 to 2; None leaves it to the model.
        json_schema: JSON Schema the answer must satisfy; None for plain text.
    """

    model: str
    messages: Sequence[Message]
    max_output_tokens: int
    temperature: float | None = None
    json_schema: Mapping[str, Any] | None = None


class CopyRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Marketing copy to be written by a vendor's own workflow or template.

    Args:
        model: The workflow's or template's name, as `models` lists it.
        brief: What to write.
        tone: Tone of voice, in words.
        variables: Inputs that the workflow itself names.
    """

    model: str
    brief: str
    max_output_tokens: int
    tone: str | None = None
    variables: Mapping[str, str] = {}


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """Tokens a call took; an estimate where the vendor does not count."""

    input_tokens: int
    output_tokens: int = 0
    estimated: bool = False


class TextDelta(msgspec.Struct, frozen=True, kw_only=True, tag="text"):
    """The next piece of the answer's text."""

    text: str


class Completed(msgspec.Struct, frozen=True, kw_only=True, tag="completed"):
    """The last part of an answer: why it ended and what it took.

    Args:
        reference: The vendor's id of the call, for its support.
    """

    finish: Literal["stop", "length", "filtered"]
    usage: Usage
    reference: str | None = None


AnswerPart = TextDelta | Completed
"""An answer is any number of `TextDelta` and then exactly one `Completed`. Who stops reading earlier closes it."""


class Embeddings(msgspec.Struct, frozen=True, kw_only=True):
    """One vector for each text, in their order."""

    vectors: Sequence[Sequence[float]]
    usage: Usage


class Moderation(msgspec.Struct, frozen=True, kw_only=True):
    """What a vendor found in a text."""

    flagged: bool
    categories: Sequence[str] = ()


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a provider could be used now, and if not, why, for the admin."""

    usable: bool
    detail: str = ""


class ProviderError(QuestlineError):
    """A provider did not do what it was asked; the class says whether another try may help."""

    status = 502
    title = "AI provider error"
    default_code = "ai_provider_error"
    retryable: ClassVar[bool] = False


class ProviderUnavailable(ProviderError):
    """No connection, a time-out, a cut answer or a 5xx: worth another try, here or elsewhere."""

    status = 503
    default_code = "ai_provider_unavailable"
    retryable = True


class ProviderRateLimited(ProviderError):
    """The vendor asks for patience; `retry_after` is in seconds where it said so."""

    status = 503
    default_code = "ai_provider_rate_limited"
    retryable = True


class ProviderRefused(ProviderError):
    """The key or the account is not accepted: no try helps until an admin changes it."""

    default_code = "ai_provider_refused"


class ContentFiltered(ProviderError):
    """The vendor declined the text; another provider may not."""

    status = 422
    default_code = "ai_content_filtered"


class AIProvider(ABC):
    """An adapter to one vendor. Implement the capabilities that `models` names; it must be safe to call concurrently.

    Every call raises a `ProviderError` for what goes wrong, and ends its request to the vendor when it is cancelled.

    Attributes:
        name: The plugin's id, or `<plugin id>.<word>` where a plugin has several.
        title: Name shown to people.
        sample: True for one that makes sample answers without a vendor; never chosen where another is configured.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    sample: ClassVar[bool] = False

    @abstractmethod
    async def models(self, ctx: Context) -> Sequence[Model]:
        """What the tenant may choose from; empty where it has configured nothing."""

    @abstractmethod
    async def health(self, ctx: Context) -> Health:
        """Ask the vendor the cheapest question there is; never raises."""

    def chat(self, ctx: Context, request: ChatRequest) -> AsyncGenerator[AnswerPart, None]:
        """Continue a conversation, part by part."""
        raise self._unsupported(Capability.CHAT)

    def copy(self, ctx: Context, request: CopyRequest) -> AsyncGenerator[AnswerPart, None]:
        """Write marketing copy, part by part; one part where the vendor does not stream."""
        raise self._unsupported(Capability.COPY)

    async def embed(self, ctx: Context, model: str, texts: Sequence[str]) -> Embeddings:
        """Turn texts into vectors."""
        raise self._unsupported(Capability.EMBED)

    async def moderate(self, ctx: Context, model: str, text: str) -> Moderation:
        """Say whether a text breaks the vendor's rules."""
        raise self._unsupported(Capability.MODERATE)

    def _unsupported(self, capability: Capability) -> ProviderError:
        return ProviderError(f"{self.title} does not offer {capability}.", code="ai_capability_unsupported")


class AIProviders(Protocol):
    """The providers of the plugins that are on for the tenant (provided by core)."""

    async def all(self) -> Mapping[str, AIProvider]:
        """Each by its name, in load order."""
        ...
