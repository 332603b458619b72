"""Items and rules as they are kept: rendered, with the answers, and with ids that say nothing about them."""

from uuid import UUID

from msgspec import Struct

from questline_assessments.authored import Feedback


class Rules(Struct, frozen=True, kw_only=True):
    """What holds for every attempt at one version of an assessment."""

    title: str
    graded: bool
    pass_percent: int
    time_limit_seconds: int | None
    max_attempts: int | None
    feedback: Feedback
    shuffle_options: bool
    shuffle_items: bool


class Choice(Struct, frozen=True, kw_only=True):
    """Something to choose; its id is random."""

    id: str
    text_html: str


class JudgedChoice(Choice, frozen=True, kw_only=True):
    """An option that is right or wrong."""

    correct: bool
    feedback_html: str


class ItemBase(Struct, frozen=True, kw_only=True, tag_field="type"):
    """What every item has."""

    prompt_html: str
    points: int
    explanation_html: str
    correct_html: str
    incorrect_html: str


class SingleItem(ItemBase, frozen=True, kw_only=True, tag="single"):
    """Choose one."""

    options: list[JudgedChoice]


class MultipleItem(ItemBase, frozen=True, kw_only=True, tag="multiple"):
    """Choose all that apply."""

    options: list[JudgedChoice]


class TrueFalseItem(ItemBase, frozen=True, kw_only=True, tag="true_false"):
    """Is it so? The options are always `true` and `false`, in this order."""

    answer: bool


class NumericItem(ItemBase, frozen=True, kw_only=True, tag="numeric"):
    """A number within a tolerance: absolute, or per cent of the answer."""

    answer: float
    tolerance: float
    tolerance_percent: float | None
    unit: str


class ShortTextItem(ItemBase, frozen=True, kw_only=True, tag="short_text"):
    """One of the accepted texts."""

    accept: list[str]
    case_sensitive: bool


class OrderingItem(ItemBase, frozen=True, kw_only=True, tag="ordering"):
    """Options to put in order, kept in the right one."""

    options: list[Choice]


class MatchingItem(ItemBase, frozen=True, kw_only=True, tag="matching"):
    """What belongs together: `left[n]` and `right[n]`."""

    left: list[Choice]
    right: list[Choice]


ItemContent = SingleItem | MultipleItem | TrueFalseItem | NumericItem | ShortTextItem | OrderingItem | MatchingItem


class KeptItem(Struct, frozen=True, kw_only=True):
    """An item in one of its versions."""

    id: UUID
    content: ItemContent
