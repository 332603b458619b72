"""What the SDK will remove, and when: marked here only, warned of for two minor versions, then gone.

Before 1.0 a minor version may remove what was deprecated two minors ago; from 1.0 on only a major version may.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
import typing_extensions
from packaging.version import Version

MINORS = 2
"""Minor versions that warn before the one that removes."""

F = TypeVar("F", bound=Callable[..., Any])


class QuestlineDeprecationWarning(DeprecationWarning):
    """A plugin uses something that the SDK will remove."""


class Deprecation(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to be removed.

    Args:
        name: Where it is found, `questline_sdk.module.name`.
        since: The version that began to warn.
        removed_in: The version that will not have it.
        instead: What to use, as the end of a sentence.
    """

    name: str
    since: str
    removed_in: str
    instead: str

    @property
    def message(self) -> str:
        """The warning."""
        return f"{self.name} is deprecated since {self.since} and gone in {self.removed_in}; use {self.instead}"

    def is_overdue(self, version: str) -> bool:
        """Say whether a version should not have it any more."""
        return Version(version) >= Version(self.removed_in)


DEPRECATIONS: list[Deprecation] = []
"""Everything that is marked, in the order in which its modules were imported."""


def deprecated(*, since: str, removed_in: str, instead: str) -> Callable[[F], F]:
    """Mark a function or a class: using it warns, and a test fails when it outlives its time.

    Args:
        since: The version that begins to warn.
        removed_in: The version without it: two minors later, or the next major.
        instead: What to use, as the end of a sentence.

    Raises:
        ValueError: `removed_in` comes too early.
        TypeError: The class is a Struct.

    Example:
        @deprecated(since="0.2", removed_in="0.4", instead="ctx.hooks.collect")
        async def ask_all(ctx: Context) -> None: ...
    """
    _check_time(since, removed_in)

    def mark(thing: F) -> F:
        if isinstance(thing, msgspec.StructMeta):
            raise TypeError(
                "a Struct is made without Python code that could warn; deprecate the function that takes it"
            )
        name = f"{thing.__module__}.{thing.__qualname__}"
        found = Deprecation(name=name, since=since, removed_in=removed_in, instead=instead)
        DEPRECATIONS.append(found)
        warn: Any = typing_extensions.deprecated  # its message is meant to be read by type checkers; ours is not
        marked: F = warn(found.message, category=QuestlineDeprecationWarning, stacklevel=1)(thing)
        return marked

    return mark


def _check_time(since: str, removed_in: str) -> None:
    first, last = Version(since), Version(removed_in)
    if last.major > first.major:
        return
    if last.major < first.major or last.minor < first.minor + MINORS:
        raise ValueError(f"deprecated since {since}: gone in {first.major}.{first.minor + MINORS} at the earliest")
