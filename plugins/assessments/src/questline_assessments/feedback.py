"""What a learner is told of an answer, and when.

With `immediate` feedback an answer is explained once it was checked or the attempt submitted. With `after` it is
explained only after submission, and only once it can no longer help: when the learner has passed or no attempt is left.
"""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any
from uuid import UUID

import msgspec

from questline_assessments import content
from questline_assessments.responses import OneOption, Options, Response, read_response
from questline_assessments.schemas import AttemptResult, ItemFeedback, ItemResult
from questline_assessments.scoring import NONE, credit, right_response
from questline_sdk import Invalid


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What an attempt's answers add up to; `percent` is rounded down, so that only everything right is 100."""

    score: float
    max_score: int
    percent: int
    passed: bool


def score_attempt(
    rules: content.Rules, items: Sequence[content.KeptItem], answers: Mapping[UUID, dict[str, Any]]
) -> Score:
    """Add up an attempt."""
    total = sum((item.content.points * _credit(item, answers.get(item.id)) for item in items), NONE)
    most = sum(item.content.points for item in items)
    percent = math.floor(100 * total / most)
    return Score(score=_rounded(total), max_score=most, percent=percent, passed=percent >= rules.pass_percent)


def is_revealed(rules: content.Rules, *, passed: bool, attempts_left: int | None) -> bool:
    """Say whether a submitted attempt shows the answers."""
    return rules.feedback == "immediate" or passed or attempts_left == 0


def result_of(
    score: Score,
    items: Sequence[content.KeptItem],
    answers: Mapping[UUID, dict[str, Any]],
    *,
    revealed: bool,
    attempts_left: int | None,
) -> AttemptResult:
    """A submitted attempt's score with each item's."""
    results = []
    for item in items:
        found = feedback_on(item, answers.get(item.id), revealed=revealed)
        results.append(ItemResult(item_id=item.id, answered=item.id in answers, **msgspec.structs.asdict(found)))
    return AttemptResult(**msgspec.structs.asdict(score), revealed=revealed, attempts_left=attempts_left, items=results)


def feedback_on(item: content.KeptItem, answer: dict[str, Any] | None, *, revealed: bool = True) -> ItemFeedback:
    """What an item's answer earned and, where it may be shown, why."""
    earned = _credit(item, answer)
    plain = ItemFeedback(
        correct=earned == 1, score=_rounded(item.content.points * earned), max_score=item.content.points
    )
    if not revealed:
        return plain
    return msgspec.structs.replace(
        plain,
        message_html=(item.content.correct_html if plain.correct else item.content.incorrect_html) or None,
        option_feedback=_option_feedback(item.content, answer),
        explanation_html=item.content.explanation_html or None,
        expected=msgspec.to_builtins(right_response(item.content)),
    )


def _credit(item: content.KeptItem, answer: dict[str, Any] | None) -> Fraction:
    response = _response(item.content, answer)
    return NONE if response is None else credit(item.content, response)


def _response(item: content.ItemContent, answer: dict[str, Any] | None) -> Response | None:
    if answer is None:
        return None
    try:
        return read_response(item, answer)
    except Invalid:  # it was read when it was saved
        return None


def _option_feedback(item: content.ItemContent, answer: dict[str, Any] | None) -> dict[str, str]:
    """The feedback to the options that are right or were chosen."""
    if not isinstance(item, content.SingleItem | content.MultipleItem):
        return {}
    response = _response(item, answer)
    chosen: set[str] = set()
    if isinstance(response, OneOption):
        chosen = {response.option_id}
    elif isinstance(response, Options):
        chosen = set(response.option_ids)
    return {
        option.id: option.feedback_html
        for option in item.options
        if option.feedback_html and (option.correct or option.id in chosen)
    }


def _rounded(value: Fraction) -> float:
    return round(float(value), 2)
