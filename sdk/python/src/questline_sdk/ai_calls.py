"""Calling AI: what a placement asks of the plugin `ai`, which knows providers, prices and budgets.

A placement (a lesson assistant, a quiz writer) asks for a capability and never for a provider. It registers its
templates with `register_ai_templates` and calls `ctx.service(AI)`, which raises `NotFound` where the tenant has the
plugin `ai` off: offer nothing then.

Money is integer micro-units (millionths) of an ISO 4217 currency.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, Protocol
from uuid import UUID

import msgspec

from questline_sdk.ai import Capability, Message, Moderation, TextDelta, Usage
from questline_sdk.context import Context
from questline_sdk.errors import QuestlineError

VariableType = Literal["text", "integer", "number", "boolean", "list"]
Value = str | int | float | bool | Sequence[str]
"""What a template's variable may be; a list is one of texts."""


class TemplateVariable(msgspec.Struct, frozen=True, kw_only=True):
    """A variable of a template, typed: a call with another type, a missing or an unknown name is refused.

    Args:
        type: What its value must be.
        max_length: Longest text, in characters; for a list, of all its items together.
        required: Whether a call must name it; an optional one that is not named is empty.
        description: What it is, for whoever edits the template.
    """

    name: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
    type: VariableType = "text"
    max_length: int = 20_000
    required: bool = True
    description: str = ""


class PromptTemplate(msgspec.Struct, frozen=True, kw_only=True):
    """A prompt that a plugin brings; the tenant may override its texts, never its variables.

    Texts name variables as `{{ name }}`; nothing else in them is interpreted, and what a variable holds is never read
    as a template. People's and courses' text belongs into `user`, never into `system`.

    Args:
        id: The plugin's id, a dot and a name: `ai_lab.grade_prompt`.
        version: Counts up with each change of the texts or variables; call records carry it.
        system: Instructions by locale; `en` must be there and is taken where the reader's is not.
        user: The request by locale, as for `system`. A locale that lacks it takes `en`.
        temperature: 0 to 2; None leaves it to the model.
    """

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_.]*$")]
    version: Annotated[int, msgspec.Meta(ge=1)]
    title: str
    placement: str
    variables: tuple[TemplateVariable, ...] = ()
    system: Mapping[str, str] = {}
    user: Mapping[str, str]
    capability: Capability = Capability.CHAT
    max_output_tokens: int = 800
    temperature: float | None = None


class PromptTemplates(Protocol):
    """The templates that the tenant's plugins registered (provided by core)."""

    async def all(self) -> Mapping[str, PromptTemplate]:
        """Each by its id, in load order."""
        ...


class AIRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What a placement wants.

    Args:
        placement: Where it comes from: `lesson_assistant`, `copy_lab`, `quiz_writer`; for reports and budgets.
        template: The id of a registered template.
        variables: Values of its variables.
        messages: Turns of a conversation so far, put between the template's system text and its user text.
        course_id: The course it belongs to; its budget then counts.
        user_id: Whom it is for, where the context has no acting user (in a job).
        json_schema: JSON Schema the answer must satisfy; None for plain text.
        max_output_tokens: At most the template's own.
        locale: Language of the template; the tenant's default where None.
        provider: A provider that the person chose among `AI.choices`; None for the tenant's order.
        model: Its model; needed with `provider`.
        cache: False where the same question must be asked anew.
    """

    placement: str
    template: str
    variables: Mapping[str, Value] = {}
    messages: Sequence[Message] = ()
    course_id: UUID | None = None
    user_id: UUID | None = None
    json_schema: Mapping[str, Any] | None = None
    max_output_tokens: int | None = None
    locale: str | None = None
    provider: str | None = None
    model: str | None = None
    cache: bool = True


class AIAnswer(msgspec.Struct, frozen=True, kw_only=True, tag="answer"):
    """A whole answer: the last part of a stream.

    Args:
        call_id: The call's record.
        cost_micros: What it cost; 0 where it came from the cache or the model is free.
        cached: Whether it was answered before.
        sample: Whether a provider of sample answers wrote it: say so beside it.
        finish: Why it ended.
    """

    call_id: UUID
    text: str
    provider: str
    model: str
    usage: Usage
    cost_micros: int
    currency: str
    cached: bool = False
    sample: bool = False
    finish: Literal["stop", "length", "filtered"] = "stop"


AIPart = TextDelta | AIAnswer
"""Any number of `TextDelta` and then exactly one `AIAnswer`. Who stops reading earlier closes the generator."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A provider and model that a person may choose."""

    provider: str
    model: str
    title: str
    sample: bool = False


class AIUnavailable(QuestlineError):
    """No provider that the tenant has could answer, or it has none."""

    status = 503
    title = "AI is not available"
    default_code = "ai_unavailable"


class BudgetExceeded(QuestlineError):
    """A budget has no room for the call; nothing was asked and nothing spent."""

    status = 402
    title = "No budget left"
    default_code = "ai_budget_exceeded"


class ContentRefused(QuestlineError):
    """Moderation declined the text before it was sent."""

    status: ClassVar[int] = 422
    title = "Text declined"
    default_code = "ai_content_refused"


class AI(Protocol):
    """Calls of AI for a placement (provided by the plugin `ai`).

    Each call commits its own records, apart from the context's transaction: what was spent stays spent when the
    caller fails. End your transaction's statements before a call, so that it holds no connection meanwhile.
    Raises `AIUnavailable`, `BudgetExceeded`, `ContentRefused`, `Invalid` (template and variables) or `ProviderError`.

    Example:
        request = AIRequest(placement="summary", template="notes.summarise", variables={"text": text})
        answer = await ctx.service(AI).complete(ctx, request)
    """

    def stream(self, ctx: Context, request: AIRequest) -> AsyncGenerator[AIPart, None]:
        """Answer part by part; closing the generator ends the request to the provider."""
        ...

    async def complete(self, ctx: Context, request: AIRequest) -> AIAnswer:
        """Answer as a whole."""
        ...

    async def embed(
        self, ctx: Context, texts: Sequence[str], *, course_id: UUID | None = None
    ) -> Sequence[Sequence[float]]:
        """Turn texts into vectors, one for each, all of one model."""
        ...

    async def moderate(self, ctx: Context, text: str) -> Moderation:
        """Say whether a text breaks the rules; nothing is flagged where no provider moderates."""
        ...

    async def choices(self, ctx: Context, capability: Capability = Capability.CHAT) -> Sequence[Choice]:
        """What the tenant offers for a capability, in its order; empty where nothing is configured."""
        ...
