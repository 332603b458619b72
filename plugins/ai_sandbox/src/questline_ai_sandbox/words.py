"""What a text is about: its language, its topic, the sentences that matter."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

Language = Literal["en", "de"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


COMMON: dict[Language, frozenset[str]] = {
    "en": _set(
        """
a about all also an and any are as at be because been but by can could did do does for from had has have how
i if in into is it its just like make may me more most my no not of on one only or other our out please
shall should so some such than that the their them then there these they this three to two up us use using
was we were what when where which who why will with would write you your
"""
    ),
    "de": _set(
        """
aber als am an auch auf aus bei bin bis bitte das dass dem den der des die dies diese dieser dieses doch du
durch ein eine einem einen einer eines er es für hat hatte ich ihr im in ist ja kann kein keine man mein mit
nach nicht noch nur oder ohne schreib schreibe sehr sein sich sie sind so soll über um und uns unser von vor
war warum was wenn wer wie wir wird zu zum zur
"""
    ),
}
TASK = _set(
    """
ad advert announcing brief caption copy email emails headline headlines line lines lesson mail newsletter
outline post posts slogan subject summarise summarize summary tagline text title titles translate tweet
words anzeige betreff gliederung titel überschrift überschriften zusammenfassung
"""
)
TOPIC = re.compile(
    r"\b(?:about|announcing|for|on|promoting|selling|regarding|über|für|zum thema|zu)\s+"
    r"(?:the\s+|our\s+|an?\s+|unsere[nrm]?\s+)?"
    r"([^.,;:!?\n()]{3,80})",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[\"“„»]([^\"“”„«»\n]{3,80})[\"“”«]")
STEM = 5
"""How many letters of two words make them one."""
SHORT = 15
"""Up to how many characters on something is a heading rather than a sentence."""
MARK = re.compile(r"\[[\w:.-]{1,60}\]")


def language_of(text: str) -> Language:
    """The language with more of its common words in the text; English where they are as many."""
    words = words_of(text)
    return "de" if _common(words, "de") > _common(words, "en") else "en"


def _common(words: list[str], language: Language) -> int:
    other: Language = "en" if language == "de" else "de"
    return sum(word in COMMON[language] - COMMON[other] for word in words)


def words_of(text: str) -> list[str]:
    """The words, in lower case."""
    return re.findall(r"[^\W\d_][\w'-]*", text.lower())


def keywords_of(text: str, count: int) -> list[str]:
    """The words that come most often, without those that say nothing."""
    found = [word for word in words_of(text) if len(word) > 2 and word not in COMMON["en"] | COMMON["de"] | TASK]
    return [word for word, _ in Counter(found).most_common(count)]


def topic_of(text: str) -> str:
    """What is to be written about: what stands in quotes, or after "about", or the words that come most often."""
    for pattern in (QUOTED, TOPIC):
        if found := pattern.search(text):
            topic = " ".join(found[1].split()[:8])
            if keywords_of(topic, 1):
                return topic
    return " ".join(keywords_of(text, 3))


def sentences_of(text: str) -> list[str]:
    """The sentences, each with the mark (`[b2]`) that stands before it in its paragraph."""
    found: list[str] = []
    for paragraph in text.splitlines():
        mark = MARK.match(paragraph.strip())
        sentences = re.split(r"(?<=[.!?])\s+", MARK.sub("", paragraph).strip(" -*#>\t"))
        found += [f"{each} {mark[0]}" if mark else each for each in sentences if len(each) > SHORT]
    return found


def material_of(text: str) -> tuple[list[str], bool]:
    """The sentences to answer from: those with marks, where there are any; and whether there are."""
    sentences = sentences_of(text)
    marked = [each for each in sentences if each.endswith("]") and MARK.fullmatch(each.rpartition(" ")[2])]
    return marked or sentences, bool(marked)


def best_sentences(sentences: Sequence[str], query: str, count: int) -> list[str]:
    """The sentences that share most words with the query, as they follow each other; none where none does."""
    said = {word for word in words_of(query) if len(word) > 2}
    wanted = {word[:STEM] for word in said - COMMON["en"] - COMMON["de"]}
    scored: list[tuple[float, int]] = []
    for place, sentence in enumerate(sentences):
        words = words_of(sentence)
        hits = len(wanted & {word[:STEM] for word in words})
        if hits:
            scored.append((-hits - 1 / (10 + len(words)), place))
    return [sentences[place] for place in sorted(place for _, place in sorted(scored)[:count])]
