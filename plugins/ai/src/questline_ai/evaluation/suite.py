"""What a suite says, read from YAML."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from questline_sdk import Invalid


class Check(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an answer must be; exactly one thing.

    Args:
        contains: This text, whatever its case.
        lacks: Not this text.
        regex: A match of this pattern somewhere.
        json_schema: JSON of this schema.
        min_reading_ease: Flesch reading ease, 0 to 100 and more, at least this.
        max_words: So many words at most.
        min_words: So many at least.
        rubric: What a grader model is to judge by; passed from 0.7 of 1 on.
        max_cost_micros: It costs this at most.
        max_latency_ms: It is complete within this time.
    """

    contains: str | None = None
    lacks: str | None = None
    regex: str | None = None
    json_schema: Mapping[str, Any] | None = None
    min_reading_ease: float | None = None
    max_words: int | None = None
    min_words: int | None = None
    rubric: str | None = None
    max_cost_micros: int | None = None
    max_latency_ms: int | None = None

    def __post_init__(self) -> None:
        """Refuse none or several."""
        if sum(getattr(self, name) is not None for name in self.__struct_fields__) != 1:
            raise ValueError("a check names exactly one thing")

    @property
    def kind(self) -> str:
        """The one thing that is checked."""
        return next(name for name in self.__struct_fields__ if getattr(self, name) is not None)


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A prompt and the checks of its answer."""

    name: Annotated[str, Meta(min_length=1)]
    template: str = "ai.try"
    variables: Mapping[str, str | int | float | bool | list[str]] = {}
    locale: str | None = None
    checks: tuple[Check, ...] = ()


class Target(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A model that is asked."""

    provider: str
    model: str

    def __str__(self) -> str:
        return f"{self.provider}/{self.model}"


class Suite(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Cases, the models they are put to, and the model that grades by rubrics."""

    name: str
    cases: Annotated[tuple[Case, ...], Meta(min_length=1)]
    targets: Annotated[tuple[Target, ...], Meta(min_length=1)]
    grader: Target | None = None

    def __post_init__(self) -> None:
        """Refuse names that are not one case's, and rubrics that nobody grades."""
        names = [each.name for each in self.cases]
        if len(set(names)) != len(names):
            raise ValueError("two cases have the same name")
        if self.grader is None and any(check.kind == "rubric" for case in self.cases for check in case.checks):
            raise ValueError("a rubric needs a grader")


def read_suite(path: Path) -> Suite:
    """Read a suite; raises `Invalid` with what is wrong with it."""
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=Suite)
    except (OSError, msgspec.DecodeError) as error:
        raise Invalid(f"{path}: {error}") from error
