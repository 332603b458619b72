"""Personal data become placeholders on the way to a provider, and themselves again in its answer."""

import re
from collections.abc import Callable

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("EMAIL", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("IBAN", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")),
    ("CARD", re.compile(r"\b\d(?:[ -]?\d){12,18}\b")),
    ("IP", re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b")),
    ("PHONE", re.compile(r"(?<![\w.])(?:\+|00)\d[\d ()/.-]{6,18}\d\b|(?<![\w.])\(?0\d{2,5}\)?[ /-]\d[\d -]{4,12}\d\b")),
)
PLACEHOLDER = re.compile(r"\[(?:EMAIL|IBAN|CARD|IP|PHONE|NAME)_\d{1,4}\]")
LONGEST = len("[EMAIL_9999]")
LUHN_DIGITS = 10


class Redaction:
    """What was replaced in one question, so that the answer can have it back.

    The same value has the same placeholder everywhere in the question.
    """

    def __init__(self, *, names: tuple[str, ...] = (), active: bool = True) -> None:
        self._active = active
        self._names = [re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE) for name in names if len(name) > 2]
        self._known: dict[tuple[str, str], str] = {}
        self._back: dict[str, str] = {}

    @property
    def count(self) -> int:
        """How many values were replaced."""
        return len(self._back)

    def hide(self, text: str) -> str:
        """Replace what looks like somebody's."""
        if not self._active:
            return text
        for kind, pattern in PATTERNS:
            text = pattern.sub(self._placeholder(kind), text)
        for pattern in self._names:
            text = pattern.sub(self._placeholder("NAME"), text)
        return text

    def show(self, text: str) -> str:
        """Put everything back."""
        return PLACEHOLDER.sub(lambda found: self._back.get(found[0], found[0]), text) if self._back else text

    def _placeholder(self, kind: str) -> Callable[[re.Match[str]], str]:
        def replace(found: re.Match[str]) -> str:
            value = found[0]
            if kind == "CARD" and not _is_card(value):
                return value
            if (kind, value) not in self._known:
                number = sum(1 for known, _ in self._known if known == kind) + 1
                mark = f"[{kind}_{number}]"
                self._known[kind, value] = mark
                self._back[mark] = value
            return self._known[kind, value]

        return replace


class Restorer:
    """Puts values back into a text that arrives in pieces, however its placeholders are cut."""

    def __init__(self, redaction: Redaction) -> None:
        self._redaction = redaction
        self._held = ""

    def feed(self, piece: str) -> str:
        """Take a piece; returns what can be said already."""
        if not self._redaction.count:
            return piece
        text = self._held + piece
        start = text.rfind("[")
        if start >= 0 and "]" not in text[start:] and len(text) - start < LONGEST:
            self._held, text = text[start:], text[:start]
        else:
            self._held = ""
        return self._redaction.show(text)

    def rest(self) -> str:
        """What was held back, at the end."""
        held, self._held = self._held, ""
        return self._redaction.show(held)


def _is_card(value: str) -> bool:
    digits = [int(each) for each in value if each.isdigit()]
    doubled = [sum(divmod(each * 2, LUHN_DIGITS)) for each in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % LUHN_DIGITS == 0
