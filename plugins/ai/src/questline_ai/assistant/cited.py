"""What of an answer is shown: only what is followed by a mark of the lesson."""

import re
from collections.abc import Iterable

_MARK = re.compile(r"\s*\[(b\d{1,4}(?:\s*[,;]\s*b\d{1,4})*)\]([.!?;:]*)")
_STOPS = ".!?;:"
_ONE = re.compile(r"b\d{1,4}")


class CitedText:
    """Takes an answer piece by piece and releases it up to the last mark that the lesson has.

    What no mark follows is never released, and marks the lesson does not have are taken out: an answer that cites
    nothing shows nothing.
    """

    def __init__(self, marks: Iterable[str]) -> None:
        self._marks = frozenset(marks)
        self._held = ""
        self._ended = False
        self.cited: list[str] = []

    def add(self, piece: str) -> str:
        """What may be shown now."""
        self._held += piece
        released = self._sentence_end() if self._ended else ""
        pending, end = "", 0
        for found in _MARK.finditer(self._held):
            known = [mark for mark in _ONE.findall(found[1]) if mark in self._marks]
            pending += self._held[end : found.start()]
            end = found.end()
            if known:
                released += f"{pending}{''.join(f' [{mark}]' for mark in known)}{found[2]}"
                pending, self._ended = "", True
                self.cited += [mark for mark in known if mark not in self.cited]
        self._held = pending + self._held[end:]
        self._ended = self._ended and not self._held
        return released

    def _sentence_end(self) -> str:
        """The stops that follow a mark which was the last thing shown."""
        rest = self._held.lstrip(_STOPS)
        stops, self._held = self._held[: len(self._held) - len(rest)], rest
        return stops
