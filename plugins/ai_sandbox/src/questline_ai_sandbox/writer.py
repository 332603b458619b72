"""The rule-based writer: what kind of text is asked for, about what, and from which sentences."""

import re
from collections.abc import Sequence

from questline_ai_sandbox.texts import KINDS, LABEL, TEMPLATES, TONE, TOPIC
from questline_ai_sandbox.words import best_sentences, keywords_of, language_of, material_of, topic_of
from questline_sdk.ai import Message

PATTERNS = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in KINDS.items()}
SUMMARY = 3
KEYWORDS = 12
SOURCE = 600
GIVEN = 200
"""From how many characters on what stands before a question is taken for a text to answer from."""


def write(messages: Sequence[Message], *, tone: str | None = None) -> str:
    """Answer the last message of the user; the first line says what this is."""
    question, given = _split(messages)
    language = language_of(question)
    kind = _kind(question, given)
    topic = topic_of(question) or TOPIC[language]
    text = TEMPLATES[language][kind].format(
        topic=topic,
        Topic=topic[:1].upper() + topic[1:],
        tag="".join(word.capitalize() for word in re.findall(r"\w+", topic)[:3]),
        tone=tone or TONE[language],
        source=question[:SOURCE],
        found=" ".join(_found(kind, question, given)),
    )
    return f"{LABEL[language]}:\n\n{text or TEMPLATES[language]['unknown']}"


def _split(messages: Sequence[Message]) -> tuple[str, str]:
    """The question, and everything else that was said."""
    asked = [each.content for each in messages if each.role == "user"]
    question = asked[-1] if asked else ""
    return question, "\n".join(each.content for each in messages if each.content != question)


def _kind(question: str, given: str) -> str:
    if material_of(given)[1]:
        return "from_text"
    kind = next((kind for kind, pattern in PATTERNS.items() if pattern.search(question)), None)
    if kind == "summary" or (kind is None and (len(given) >= GIVEN or question.rstrip().endswith("?"))):
        return "from_text"
    return kind or "text"


def _found(kind: str, question: str, given: str) -> list[str]:
    if kind != "from_text":
        return []
    if not PATTERNS["summary"].search(question):
        return best_sentences(material_of(given)[0], question, SUMMARY)
    sentences, _ = material_of(question if len(question) > len(given) else given)
    return best_sentences(sentences, " ".join(keywords_of(" ".join(sentences), KEYWORDS)), SUMMARY)
