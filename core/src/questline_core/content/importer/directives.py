"""Splits the Markdown of a lesson into running text and `:::` directives."""

import re

import msgspec

from questline_core.content.importer.problems import Problems

_FENCE = re.compile(r"^\s*(`{3,}|~{3,})(.*)$")
_DIRECTIVE = re.compile(r"^:::\s*(?P<head>.*?)\s*$")


class Segment(msgspec.Struct, kw_only=True):
    """Running text (no `name`), or a directive with its head and body; lines count from 1 in the file."""

    line: int
    name: str = ""
    argument: str = ""
    label: str = ""
    body_line: int = 0
    rows: list[str] = []

    @property
    def body(self) -> str:
        """The text between the opening and the closing line."""
        return "\n".join(self.rows)


class _Splitter:
    def __init__(self, path: str, problems: Problems, markdown_types: frozenset[str]) -> None:
        self._path, self._problems, self._markdown_types = path, problems, markdown_types
        self._fence = ""
        self.segments: list[Segment] = []

    @property
    def _open(self) -> Segment:
        return self.segments[-1]

    def feed(self, row: str, line: int) -> None:
        directive = _DIRECTIVE.match(row) if not self._fence else None
        if directive is None:
            self._track_fence(row)
            self._open.rows.append(row)
        elif directive["head"]:
            self._expect_closed()
            self._begin(directive["head"], line)
        elif self._open.name:
            self._begin_text(line + 1)
        else:
            self._problems.add(self._path, line, "this `:::` closes nothing")

    def end(self) -> None:
        self._expect_closed()
        if self._fence:
            self._problems.warn(self._path, self._open.line, "a code fence in this text is never closed")

    def _begin_text(self, line: int) -> None:
        self._fence = ""
        self.segments.append(Segment(line=line, body_line=line, rows=[]))

    def _begin(self, head: str, line: int) -> None:
        self._fence = ""
        words, _, label = head.partition("|")
        name, _, argument = words.strip().partition(" ")
        self.segments.append(
            Segment(line=line, name=name, argument=argument.strip(), label=label.strip(), body_line=line + 1, rows=[])
        )

    def _expect_closed(self) -> None:
        if self.segments and self._open.name:
            message = f"`:::{self._open.name}` is never closed; end it with a line `:::`"
            self._problems.add(self._path, self._open.line, message)

    def _track_fence(self, row: str) -> None:
        if self._open.name and self._open.name not in self._markdown_types:
            return
        match = _FENCE.match(row)
        if match is None:
            return
        marks, rest = match.groups()
        if not self._fence:
            self._fence = marks
        elif marks.startswith(self._fence) and not rest.strip():
            self._fence = ""


def split_directives(
    rows: list[str], path: str, problems: Problems, *, first_line: int, markdown_types: frozenset[str]
) -> list[Segment]:
    """The segments of a lesson's text, in order, without the empty ones.

    Code fences hide `:::` lines in running text and in directives whose body is Markdown.
    """
    splitter = _Splitter(path, problems, markdown_types)
    splitter.segments.append(Segment(line=first_line, body_line=first_line, rows=[]))
    for line, row in enumerate(rows, first_line):
        splitter.feed(row, line)
    splitter.end()
    return [segment for segment in splitter.segments if segment.name or segment.body.strip()]
