"""What the assistant's API takes and gives."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from questline_ai.assistant.prompt import LONGEST_QUESTION

Reason = Literal["attempt", "nothing_to_read", "no_provider"]


class AssistantState(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the assistant may be asked about a lesson now, and if not, why."""

    available: bool
    reason: Reason | None = None
    sample: bool = False


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was said before."""

    role: Literal["user", "assistant"]
    content: Annotated[str, msgspec.Meta(min_length=1, max_length=6_000)]


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question about a lesson, and the conversation before it."""

    question: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_QUESTION)]
    turns: Annotated[list[Turn], msgspec.Meta(max_length=12)] = []
    locale: Literal["en", "de"] = "en"


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """Which block each mark of the answer cites; the first event."""

    blocks: dict[str, str]


class Delta(msgspec.Struct, frozen=True, kw_only=True):
    """The next piece of the answer, as far as it is cited."""

    text: str


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """The last event: whether the lesson answers the question, and from where.

    Args:
        outcome: `outside` where the lesson does not say it; `attempt` where it is asked in an open attempt.
    """

    outcome: Literal["answered", "outside", "attempt"]
    cited: list[str] = []
    call_id: UUID | None = None
    sample: bool = False


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """The last event of an answer that could not be given."""

    code: str
    title: str
    detail: str
