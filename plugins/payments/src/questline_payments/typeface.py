"""The fonts of documents: Noto Sans, DejaVu Sans for scripts it lacks; for Chinese and the like the reader's own."""

import threading
from collections.abc import Callable
from functools import cache
from importlib.resources import as_file, files
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD, WIDE = "NotoSans-Regular", "NotoSans-Bold", "DejaVuSans"
JAPANESE, KOREAN, CHINESE = "HeiseiKakuGo-W5", "HYGothic-Medium", "STSong-Light"
KANA = (0x3040, 0x30FF)
HANGUL = ((0x1100, 0x11FF), (0xAC00, 0xD7AF))
EAST_ASIAN = ((0x2E80, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF))
BASIC = 0xFFFF
"""What lies beyond, such as emoji, could not be copied out of the document."""
LOCK = threading.Lock()
"""Held while a document is made: the fonts note which of their characters it uses."""


@cache
def load() -> dict[str, frozenset[int]]:
    """Make the fonts known; what each of those that are shipped can show."""
    shown = {}
    for name in (REGULAR, BOLD, WIDE):
        with as_file(files("questline_payments") / "fonts" / f"{name}.ttf") as path:
            font = TTFont(name, str(path))
        pdfmetrics.registerFont(font)
        shown[name] = frozenset(code for code in font.face.charToGlyph if code <= BASIC)
    for name in (JAPANESE, KOREAN, CHINESE):
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return shown


def markup(text: str, *, bold: bool = False) -> str:
    """Text for a paragraph: each stretch of it in a font that has its characters; others are shown as `?`."""
    return "".join(
        f'<font name="{name}">{escape("".join(stretch))}</font>'
        for name, stretch in groupby(_visible(text, bold), _font_for(text, BOLD if bold else REGULAR))
    ).replace("\n", "<br/>")


def _visible(text: str, bold: bool) -> str:
    find = _font_for(text, BOLD if bold else REGULAR)
    printable = "".join(each if each.isprintable() or each == "\n" else " " for each in text)
    return "".join(each if find(each) else "?" for each in printable)


def _font_for(text: str, first: str) -> Callable[[str], str | None]:
    """A function that names the font of a character of this text; None for a character of no font."""
    shown = load()
    codes = [ord(each) for each in text]
    korean = any(_in(code, *HANGUL) for code in codes)
    east = KOREAN if korean else JAPANESE if any(_in(code, KANA) for code in codes) else CHINESE

    def name(character: str) -> str | None:
        code = ord(character)
        if character == "\n" or code in shown[first]:
            return first
        if _in(code, *EAST_ASIAN, *HANGUL):
            return east
        return next((each for each in (REGULAR, WIDE) if code in shown[each]), None)

    return name


def _in(code: int, *ranges: tuple[int, int]) -> bool:
    return any(first <= code <= last for first, last in ranges)
