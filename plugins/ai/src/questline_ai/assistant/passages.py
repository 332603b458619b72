"""A lesson's text as numbered passages, each of them of one block."""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

TEXTS: Mapping[str, tuple[str, ...]] = {
    "text": ("html",),
    "callout": ("title", "html"),
    "figure": ("alt", "caption_html"),
    "video": ("title", "transcript_html"),
}
"""The fields that hold what a reader reads, by the type of block. Every other type, a quiz above all, stays out."""
LONGEST = 40_000
"""Characters of a lesson that are given to a model."""
_BREAK = re.compile(r"</(?:p|li|h[1-6]|tr|pre|blockquote|dd|dt)>|<br\s*/?>", re.IGNORECASE)
_CELL = re.compile(r"</t[dh]>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_MARK = re.compile(r"\[(b\d{1,4})\]")


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """The text of a block, and the mark that cites it."""

    mark: str
    block_id: str
    lines: tuple[str, ...]


def passages_of(blocks: Sequence[Mapping[str, Any]]) -> list[Passage]:
    """The passages of a lesson's blocks; what the blocks say cannot look like a mark."""
    found: list[Passage] = []
    left = LONGEST
    for block in blocks:
        fields = TEXTS.get(str(block.get("type")), ())
        lines = [line for field in fields for line in _lines(str(block["data"].get(field) or ""), field)]
        kept = tuple(line[:left] for line in lines if left > 0)
        left -= sum(len(line) for line in kept)
        if kept:
            found.append(Passage(mark=f"b{len(found) + 1}", block_id=str(block["id"]), lines=kept))
    return found


def written(passages: Sequence[Passage]) -> str:
    """The passages as a model reads them: every line begins with its mark."""
    return "\n".join(f"[{each.mark}] {line}" for each in passages for line in each.lines)


def _lines(text: str, field: str) -> list[str]:
    if field == "html" or field.endswith("_html"):
        text = html.unescape(_TAG.sub(" ", _CELL.sub(" | ", _BREAK.sub("\n", text))))
    plain = _MARK.sub(r"(\1)", text)
    return [line for line in (" ".join(each.split()) for each in plain.splitlines()) if line.strip("| ")]
