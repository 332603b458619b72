"""Attempts that run while a learner asks: no help with them."""

import html
import re
from collections.abc import Sequence
from uuid import UUID

from questline_sdk import Context, NotFound
from questline_sdk.services import OpenAttempt, OpenAttempts

ALIKE = 0.6
"""How many of an item's words a question must have to be taken for the same."""
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W_]{3,}")


async def running(ctx: Context, course_id: UUID) -> Sequence[OpenAttempt]:
    """The user's open attempts in a course; none where no plugin has attempts."""
    try:
        attempts = ctx.service(OpenAttempts)
    except NotFound:
        return ()
    return await attempts.of(ctx.user.id, course_id)


def asks_for_an_answer(question: str, attempts: Sequence[OpenAttempt]) -> bool:
    """Say whether a question repeats one of an open attempt."""
    asked = _words(question)
    return any(_alike(asked, _words(each)) for attempt in attempts for each in attempt.questions)


def _alike(asked: frozenset[str], item: frozenset[str]) -> bool:
    return len(asked & item) >= ALIKE * len(item) > 0


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in _WORD.findall(html.unescape(_TAG.sub(" ", text)).lower()))
