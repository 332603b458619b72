"""What a suggestion says, held against the lesson: the sentence that supports it, what it repeats, what it changes."""

import difflib
import re
from collections.abc import Iterable, Sequence

from questline_ai.assistant.passages import Passage
from questline_ai.suggestions.schemas import Op, Piece, Source

SUPPORTED = 0.34
"""Share of a claim's words that its best sentence must have; below that, the author is told to look."""
REPEATED = 0.7
"""Share of words that two texts have in common when one repeats the other."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"'(\[]?[A-ZÄÖÜ0-9])")
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
STEM = 5
SHORT = 3


def sentences_of(passages: Iterable[Passage]) -> list[Source]:
    """Every sentence, with the block it stands in."""
    return [
        Source(block_id=passage.block_id, sentence=sentence.strip())
        for passage in passages
        for line in passage.lines
        for sentence in _SENTENCE.split(line)
        if sentence.strip()
    ]


def supporting(claim: str, quote: str, sentences: Sequence[Source]) -> tuple[Source | None, bool]:
    """The sentence that supports a claim, and whether it does; a quote that is in the lesson goes first.

    Words are compared by how they begin, so that their endings may differ.
    """
    wanted = _stems(claim)
    if not sentences or not wanted:
        return None, False
    quoted = _plain(quote)
    exact = [each for each in sentences if quoted and quoted in _plain(each.sentence)]
    ranked = sorted(exact or sentences, key=lambda each: -_share(wanted, each.sentence))
    best = ranked[0]
    said = {number for each in sentences for number in _NUMBER.findall(each.sentence)}
    if not set(_NUMBER.findall(claim)) <= said:
        return best, False
    share = _share(wanted, best.sentence)
    return (best if exact or share >= SUPPORTED else None), share >= SUPPORTED


def repeated(text: str, others: Iterable[str]) -> str | None:
    """The first of other texts that says the same in nearly the same words."""
    own = _stems(text)
    for other in others:
        theirs = _stems(other)
        if own and theirs and len(own & theirs) / len(own | theirs) >= REPEATED:
            return other
    return None


def same_numbers(before: str, after: str) -> bool:
    """Whether a translation has the numbers of the text, however they are punctuated."""
    return _digits(before) == _digits(after)


def diff_of(before: str, after: str) -> list[Piece]:
    """The difference, word by word."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    pieces: list[Piece] = []

    def add(op: Op, words: Sequence[str]) -> None:
        if words:
            pieces.append(Piece(op=op, text="".join(words)))

    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            add("same", old[i1:i2])
        else:
            add("removed", old[i1:i2])
            add("added", new[j1:j2])
    return pieces


def _share(wanted: set[str], sentence: str) -> float:
    return len(wanted & _stems(sentence)) / len(wanted)


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in _WORD.findall(text.casefold()) if len(word) > SHORT or word.isdigit()}


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _digits(text: str) -> list[str]:
    return sorted(re.sub(r"\D", "", each) for each in _NUMBER.findall(text))
