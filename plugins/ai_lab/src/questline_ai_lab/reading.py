"""How easily a text reads, by Flesch's formula for English (1948) and Amstad's for German (1978)."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal

import pyphen  # type: ignore[import-untyped]

Language = Literal["en", "de"]
_FORMULAS: dict[Language, tuple[str, Callable[[float, float], float]]] = {
    "en": ("en_US", lambda words, syllables: 206.835 - 1.015 * words - 84.6 * syllables),
    "de": ("de_DE", lambda words, syllables: 180 - words - 58.5 * syllables),
}
"""For each language its hyphenation, and the formula by words in a sentence and syllables in a word."""


def reading_ease(words: Sequence[str], sentences: int, language: Language) -> float:
    """How easily words in so many sentences read: 100 is very easy, 0 very hard; 0 for no words."""
    if not words:
        return 0.0
    dictionary, formula = _FORMULAS[language]
    hyphens = _hyphens(dictionary)
    syllables = sum(len(hyphens.positions(each)) + 1 for each in words)
    return formula(len(words) / max(sentences, 1), syllables / len(words))


@cache
def _hyphens(dictionary: str) -> pyphen.Pyphen:
    """The dictionary, read when it is first needed."""
    return pyphen.Pyphen(lang=dictionary, left=1, right=1)
