"""What is wrong with a course folder: every problem, with its file and line."""

import difflib
from collections.abc import Iterable
from typing import Literal

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to put right; an error stops the import, a warning does not. Lines count from 1."""

    path: str
    line: int
    message: str
    severity: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        return f"{self.path}:{self.line}: {mark}{self.message}"


class Problems:
    """Collects the problems of one folder."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def add(self, path: str, line: int, message: str) -> None:
        """Report an error."""
        self._found[Problem(path=path, line=line, message=message)] = None

    def warn(self, path: str, line: int, message: str) -> None:
        """Report a warning."""
        self._found[Problem(path=path, line=line, message=message, severity="warning")] = None

    @property
    def errors(self) -> bool:
        """Say whether there is any error."""
        return any(problem.severity == "error" for problem in self._found)

    def listed(self) -> list[Problem]:
        """Every problem by file and line."""
        return sorted(self._found, key=lambda problem: (problem.path, problem.line))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint such as `; did you mean 'title'?`, or what there is to choose from, or nothing."""
    choices = sorted(known)
    close = difflib.get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; use one of {', '.join(choices)}" if choices else ""
