"""The kinds of suggestions: what is asked of the model, and what becomes of its answer."""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import msgspec
import yaml
from msgspec import Meta

from questline_ai.assistant.passages import Passage
from questline_ai.suggestions.schemas import Kind, Wanted

Line = Annotated[str, Meta(min_length=1, max_length=1000)]
Mark = Annotated[str, Meta(pattern=r"^b\d{1,4}$")]


class QuizItem(msgspec.Struct, frozen=True, kw_only=True):
    """A question with one right answer."""

    question: Line
    answer: Line
    distractors: Annotated[list[Line], Meta(min_length=2, max_length=4)]
    explanation: Line
    difficulty: Literal["easy", "medium", "hard"]
    objective: Line
    source: Line
    """The sentence of the lesson that says so, word for word."""


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The lesson in a few sentences."""

    text: Line
    source: Line


class AltText(msgspec.Struct, frozen=True, kw_only=True):
    """What a picture shows."""

    passage: Mark
    text: Annotated[str, Meta(min_length=1, max_length=250)]
    source: Line


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the lesson's outline."""

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    points: Annotated[list[Line], Meta(min_length=1, max_length=8)]
    source: Line


class Translated(msgspec.Struct, frozen=True, kw_only=True):
    """A passage in another language."""

    passage: Mark
    text: Annotated[str, Meta(min_length=1, max_length=8000)]


Item = QuizItem | Summary | AltText | Section | Translated
COPIED = re.compile(r"(?<=[^\s\"])\s*\[b\d{1,4}\]")
ITEMS: Mapping[Kind, type[Item]] = {
    "quiz_item": QuizItem,
    "summary": Summary,
    "alt_text": AltText,
    "outline": Section,
    "translation": Translated,
}
TASKS: Mapping[Kind, str] = {
    "quiz_item": "Write {count} single-choice questions about what the lesson teaches. Each has one right answer, three"
    " wrong ones that a beginner could take for right, an explanation, a difficulty (easy, medium or hard), the"
    " learning objective that it checks, and as source the sentence of the lesson that the answer stands in.",
    "summary": "Write one summary of the lesson in at most four sentences; as source the sentence it rests on most.",
    "alt_text": "For each of the passages {marks}, which describe pictures, write an alternative text for people who do"
    " not see the picture: one sentence, without the words image or picture; as source the sentence it is taken from.",
    "outline": "Write an outline of the lesson: three to six sections, each with a title and its points in short; as"
    " source of each the sentence of the lesson that it rests on most.",
    "translation": "Translate every passage of the lesson into the language {locale}. Keep names, numbers and"
    " addresses as they are. Give the mark of each passage and its whole text.",
}


def task(wanted: Wanted, pictures: Sequence[Passage]) -> str:
    """What the model is to do."""
    marks = ", ".join(each.mark for each in pictures)
    return TASKS[wanted.kind].format(count=wanted.count, locale=wanted.locale, marks=marks)


def schema_of(kind: Kind) -> dict[str, Any]:
    """The form of the answer."""
    (item,), parts = msgspec.json.schema_components([ITEMS[kind]], ref_template="#/$defs/{name}")
    properties = {"items": {"type": "array", "items": item}}
    return {
        "type": "object",
        "properties": properties,
        "required": ["items"],
        "additionalProperties": False,
        "$defs": {name: part | {"additionalProperties": False} for name, part in parts.items()},
    }


def items_in(kind: Kind, answer: str) -> list[Item]:
    """The items of an answer, without marks that were copied into their texts; raises `msgspec.ValidationError`."""
    plain = COPIED.sub("", answer)
    return [msgspec.convert(each, ITEMS[kind]) for each in msgspec.json.decode(plain)["items"]]


def claim_of(item: Item) -> str:
    """What an item claims about the lesson's subject."""
    match item:
        case QuizItem():
            return f"{item.answer} {item.explanation}"
        case Section():
            return f"{item.title} {' '.join(item.points)}"
        case _:
            return item.text


def text_of(item: Item) -> str:
    """An item as plain text."""
    match item:
        case QuizItem():
            wrong = "\n".join(f"- {each}" for each in item.distractors)
            return f"{item.question}\n+ {item.answer}\n{wrong}\n{item.explanation}"
        case Section():
            return "\n".join([item.title, *(f"- {each}" for each in item.points)])
        case _:
            return item.text


def code_of(kind: str, content: Mapping[str, Any]) -> str:
    """Content as it is written into a course's files."""
    if kind == "quiz_item":
        options = [{"text": _marked(content["answer"]), "correct": True}]
        options += [{"text": _marked(each)} for each in content["distractors"]]
        item = {
            "type": "single",
            "prompt": _marked(content["question"]),
            "options": options,
            "explanation": _marked(content["explanation"]),
        }
        return yaml.safe_dump([item], allow_unicode=True, sort_keys=False, width=110)
    if kind == "outline":
        return "\n".join([f"## {_marked(content['title'])}", "", *(f"- {_marked(each)}" for each in content["points"])])
    return str(content["text"]) if kind == "alt_text" else _marked(content["text"])


def _marked(text: str) -> str:
    """Plain text as Markdown: what looks like HTML in it stays text."""
    return html.escape(text, quote=False)
