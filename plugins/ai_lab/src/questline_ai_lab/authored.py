"""Exercises as authors write them."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from questline_ai_lab.reading import Language
from questline_sdk.errors import FieldError

Phrase = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(min_length=1, max_length=10_000)]
Sample = Annotated[str, Meta(min_length=1, max_length=2_000)]
Title = Annotated[str, Meta(max_length=200)]
Count = Annotated[int, Meta(ge=1, le=2_000)]


class ReadingEase(Struct, frozen=True, kw_only=True):
    """How easily a text must read, from 0 (very hard) to 100 (very easy)."""

    at_least: Annotated[int, Meta(ge=0, le=100)]
    language: Language = "en"


class Tone(Struct, frozen=True, kw_only=True):
    """Texts that sound as the brand does, and how far a text may be from them: a cosine distance of embeddings."""

    samples: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=2_000)], ...], Meta(min_length=1, max_length=5)
    ]
    max_distance: Annotated[float, Meta(gt=0, le=2)]


class Checks(Struct, frozen=True, kw_only=True):
    """What a revision must hold; what is not named is not checked."""

    min_words: Count | None = None
    max_words: Count | None = None
    max_sentence_words: Count | None = None
    keywords: tuple[Phrase, ...] = ()
    banned: tuple[Phrase, ...] = ()
    call_to_action: tuple[Phrase, ...] = ()
    """Any one of these is enough."""
    reading_ease: ReadingEase | None = None
    tone: Tone | None = None
    """Left out of the score where no embeddings can be had."""


class Critique(Struct, frozen=True, kw_only=True):
    """A text to improve."""

    title: Title = ""
    brief: Text
    copy: Text
    checks: Checks


class Duel(Struct, frozen=True, kw_only=True):
    """Two headlines of which one won."""

    title: Title = ""
    brief: Text
    a: Phrase
    b: Phrase
    winner: Literal["a", "b"]
    result: Text
    reason: Text


class Criterion(Struct, frozen=True, kw_only=True):
    """One thing a prompt is judged by."""

    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    title: Phrase
    hint: Annotated[str, Meta(min_length=1, max_length=500)]
    """What learners read beside their level."""
    guidance: Text
    """What earns which level; only the grader reads it."""


class PromptTask(Struct, frozen=True, kw_only=True):
    """A marketing task that a learner has a tool do, by a prompt of their own."""

    title: Title = ""
    brief: Text
    brand_voice: Annotated[str, Meta(max_length=1_000)] = ""
    constraints: Annotated[tuple[Phrase, ...], Meta(max_length=12)] = ()
    rubric: Annotated[tuple[Criterion, ...], Meta(min_length=1, max_length=8)]
    key: Annotated[str, Meta(max_length=10_000)] = ""
    """A strong prompt for the grader to compare with; only the grader reads it."""
    checks: Checks = Checks()
    """Of the text that the tool wrote."""


def check_critique(critique: Critique) -> list[FieldError]:
    """Find what the types cannot say."""
    errors = _contradictions(critique.checks)
    if critique.checks == Checks():
        errors.insert(0, FieldError("checks", "name at least one check"))
    return errors


def check_duel(duel: Duel) -> list[FieldError]:
    """Find what the types cannot say."""
    return [FieldError("b", "is the same headline as a")] if duel.a.strip() == duel.b.strip() else []


def check_prompt(task: PromptTask) -> list[FieldError]:
    """Find what the types cannot say."""
    errors = _contradictions(task.checks)
    seen = set[str]()
    for index, criterion in enumerate(task.rubric):
        if criterion.id in seen:
            errors.append(FieldError(f"rubric[{index}].id", "is there twice"))
        seen.add(criterion.id)
    return errors


def _contradictions(checks: Checks) -> list[FieldError]:
    errors: list[FieldError] = []
    if checks.min_words and checks.max_words and checks.min_words > checks.max_words:
        errors.append(FieldError("checks.min_words", "is more than max_words"))
    for field in ("keywords", "banned", "call_to_action"):
        for index, phrase in enumerate(getattr(checks, field)):
            if not phrase.strip():
                errors.append(FieldError(f"checks.{field}[{index}]", "is blank"))
    for index, sample in enumerate(checks.tone.samples if checks.tone else ()):
        if not sample.strip():
            errors.append(FieldError(f"checks.tone.samples[{index}]", "is blank"))
    banned = {phrase.casefold() for phrase in checks.banned}
    for index, phrase in enumerate(checks.keywords):
        if phrase.casefold() in banned:
            errors.append(FieldError(f"checks.keywords[{index}]", "is banned too"))
    return errors
