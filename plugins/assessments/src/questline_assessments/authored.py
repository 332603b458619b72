"""What authors write: the fields of `assessments.quiz`, and what is wrong with them beyond their types."""

from collections.abc import Iterable
from typing import Annotated, Literal

from msgspec import Meta, Struct

from questline_assessments.normalise import normalised
from questline_sdk import FieldError

Text = Annotated[str, Meta(pattern=r"\S", max_length=4000)]
Slug = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]
Positive = Annotated[float, Meta(ge=0)]
MAX_CHOICES = 20
Feedback = Literal["immediate", "after"]


class Option(Struct, frozen=True, kw_only=True):
    """An option of an item of type `single` or `multiple`."""

    text: Text
    correct: bool = False
    feedback: str = ""


class Step(Struct, frozen=True, kw_only=True):
    """One of the things to put in order."""

    text: Text


class Pair(Struct, frozen=True, kw_only=True):
    """Two things that belong together."""

    left: Text
    right: Text


class Message(Struct, frozen=True, kw_only=True):
    """What a learner reads after a right and after a wrong answer."""

    correct: str = ""
    incorrect: str = ""


class Base(Struct, frozen=True, kw_only=True, tag_field="type"):
    """What every item has; texts are Markdown."""

    id: Slug
    prompt: Text
    points: Annotated[int, Meta(ge=1, le=100)] = 1
    explanation: str = ""
    feedback: Message = Message()


class Single(Base, frozen=True, kw_only=True, tag="single"):
    """Choose one."""

    options: list[Option]


class Multiple(Base, frozen=True, kw_only=True, tag="multiple"):
    """Choose all that apply."""

    options: list[Option]


class TrueFalse(Base, frozen=True, kw_only=True, tag="true_false"):
    """Is it so?"""

    answer: bool


class Numeric(Base, frozen=True, kw_only=True, tag="numeric"):
    """A number; the tolerance is absolute, or per cent of the answer."""

    answer: float
    tolerance: Positive | None = None
    tolerance_percent: Positive | None = None
    unit: str = ""


class ShortText(Base, frozen=True, kw_only=True, tag="short_text"):
    """A word or a few."""

    accept: list[Text]
    case_sensitive: bool = False


class Ordering(Base, frozen=True, kw_only=True, tag="ordering"):
    """Put the options in order; authors write them in the right one."""

    options: list[Step]


class Matching(Base, frozen=True, kw_only=True, tag="matching"):
    """Find what belongs together."""

    pairs: list[Pair]


AuthoredItem = Single | Multiple | TrueFalse | Numeric | ShortText | Ordering | Matching


class Quiz(Struct, frozen=True, kw_only=True):
    """The block as authors write it; without a pass mark in a lesson it is a check that counts for nothing."""

    title: Annotated[str, Meta(max_length=200)] = ""
    pass_percent: Annotated[int, Meta(ge=1, le=100)] | None = None
    time_limit_minutes: Annotated[int, Meta(ge=1, le=1440)] | None = None
    max_attempts: Annotated[int, Meta(ge=1, le=100)] | None = None
    feedback: Feedback = "immediate"
    shuffle_options: bool = True
    shuffle_items: bool = False
    items: Annotated[list[AuthoredItem], Meta(min_length=1, max_length=200)]


def check(quiz: Quiz) -> list[FieldError]:
    """Find what the types cannot say."""
    errors = [FieldError(f"items[{index}].id", f"{slug!r} is the id of an item above") for index, slug in _repeated(
        item.id for item in quiz.items
    )]  # fmt: skip
    for index, item in enumerate(quiz.items):
        errors += [FieldError(f"items[{index}].{field}", message) for field, message in _problems(item)]
    return errors


def _problems(item: AuthoredItem) -> Iterable[tuple[str, str]]:
    match item:
        case Single() | Multiple():
            yield from _choice_problems(item)
        case Numeric():
            yield from _numeric_problems(item)
        case ShortText() if not item.accept:
            yield "accept", "name at least one answer to accept"
        case Ordering():
            yield from _list_problems("options", "text", [option.text for option in item.options])
        case Matching():
            yield from _list_problems("pairs", "left", [pair.left for pair in item.pairs])
            yield from _list_problems("pairs", "right", [pair.right for pair in item.pairs])


def _choice_problems(item: Single | Multiple) -> Iterable[tuple[str, str]]:
    yield from _list_problems("options", "text", [option.text for option in item.options])
    right = sum(option.correct for option in item.options)
    if isinstance(item, Single) and right != 1:
        yield "options", f"exactly one option must be correct, not {right}"
    elif right == 0:
        yield "options", "at least one option must be correct"


def _numeric_problems(item: Numeric) -> Iterable[tuple[str, str]]:
    if item.tolerance is not None and item.tolerance_percent is not None:
        yield "tolerance_percent", "give either tolerance or tolerance_percent, not both"
    if item.tolerance_percent is not None and item.answer == 0:
        yield "tolerance_percent", "a share of 0 is 0; give tolerance instead"
    if item.tolerance_percent is not None and item.tolerance_percent > 100:
        yield "tolerance_percent", "must be 100 or less"


def _list_problems(field: str, part: str, texts: list[str]) -> Iterable[tuple[str, str]]:
    if not 2 <= len(texts) <= MAX_CHOICES:
        if part != "right":
            yield field, f"there must be 2 to {MAX_CHOICES} of them, not {len(texts)}"
        return
    for index, text in _repeated(normalised(text) for text in texts):
        yield f"{field}[{index}].{part}", f"{text!r} is there already"


def _repeated(values: Iterable[str]) -> Iterable[tuple[int, str]]:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield index, value
        seen.add(value)
