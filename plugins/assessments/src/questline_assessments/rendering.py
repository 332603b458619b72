"""Turns what authors wrote into what is kept."""

import hashlib
import secrets
from collections.abc import Callable
from typing import Any

import msgspec

from questline_assessments import authored, content

Render = Callable[[str], str]
MakeId = Callable[[], str]


def new_id() -> str:
    """A random id: neither it nor the order of several says what is right."""
    return secrets.token_hex(6)


def render_item(item: authored.AuthoredItem, render: Render, make_id: MakeId = new_id) -> content.ItemContent:
    """Render an item's Markdown and give its options ids."""
    common: dict[str, Any] = {
        "prompt_html": render(item.prompt),
        "points": item.points,
        "explanation_html": _rendered(item.explanation, render),
        "correct_html": _rendered(item.feedback.correct, render),
        "incorrect_html": _rendered(item.feedback.incorrect, render),
    }

    def choice(text: str) -> content.Choice:
        return content.Choice(id=make_id(), text_html=render(text))

    match item:
        case authored.Single() | authored.Multiple():
            kind = content.SingleItem if isinstance(item, authored.Single) else content.MultipleItem
            return kind(**common, options=[_judged(option, render, make_id) for option in item.options])
        case authored.TrueFalse():
            return content.TrueFalseItem(**common, answer=item.answer)
        case authored.Numeric():
            return content.NumericItem(
                **common,
                answer=item.answer,
                tolerance=item.tolerance or 0,
                tolerance_percent=item.tolerance_percent,
                unit=item.unit,
            )
        case authored.ShortText():
            return content.ShortTextItem(**common, accept=item.accept, case_sensitive=item.case_sensitive)
        case authored.Ordering():
            return content.OrderingItem(**common, options=[choice(option.text) for option in item.options])
        case authored.Matching():
            return content.MatchingItem(
                **common,
                left=[choice(pair.left) for pair in item.pairs],
                right=[choice(pair.right) for pair in item.pairs],
            )


def fingerprint(item: authored.AuthoredItem, render: Render) -> str:
    """The same for an item that learners see and that is judged the same."""
    return hashlib.sha256(msgspec.json.encode(render_item(item, render, str))).hexdigest()


def _judged(option: authored.Option, render: Render, make_id: MakeId) -> content.JudgedChoice:
    return content.JudgedChoice(
        id=make_id(),
        text_html=render(option.text),
        correct=option.correct,
        feedback_html=_rendered(option.feedback, render),
    )


def _rendered(text: str, render: Render) -> str:
    return render(text) if text.strip() else ""
