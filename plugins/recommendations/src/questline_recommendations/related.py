"""Which lessons are shown below a lesson, and which to those of whom nothing is known."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np
from sqlalchemy import delete, insert

from questline_recommendations.fitting import Fitted
from questline_recommendations.models import Popular, Related
from questline_recommendations.rows import LessonText
from questline_sdk import Context

RELATED_KEPT = 8
POPULAR_KEPT = 24
TEXT, COMPANY = 1.0, 0.5
"""How much alike texts and common learners count for being related."""


async def store_related(ctx: Context, lessons: Sequence[LessonText], fitted: Fitted) -> None:
    """Replace the related lessons; the lessons just before and after, to which the player leads, are none."""
    await ctx.session.execute(delete(Related))
    values = [
        {"lesson_id": lessons[one].id, "rank": rank, "other_id": lessons[other].id, "reason": reason}
        for one in range(len(lessons))
        for rank, (other, reason) in enumerate(related_to(one, lessons, fitted))
    ]
    if values:
        await ctx.session.execute(insert(Related), values)


def related_to(one: int, lessons: Sequence[LessonText], fitted: Fitted) -> list[tuple[int, str]]:
    """The lessons related to one, best first, each with why: `similar` or `together`."""
    texts = TEXT * fitted.similar[[one]].toarray()[0]
    company = COMPANY * (np.maximum(fitted.together[[one]].toarray()[0], 0) + fitted.after[[one]].toarray()[0])
    total = texts + company
    here = lessons[one]
    for other, lesson in enumerate(lessons):
        if lesson.course_id == here.course_id and abs(lesson.position - here.position) <= 1:
            total[other] = 0
    best = np.argsort(-total, kind="stable")[:RELATED_KEPT]
    return [(int(each), "similar" if texts[each] >= company[each] else "together") for each in best if total[each] > 0]


async def store_popular(ctx: Context, lessons: Sequence[LessonText], counts: dict[UUID, int]) -> None:
    """Replace what is popular."""
    await ctx.session.execute(delete(Popular))
    values = [
        {"rank": rank, "lesson_id": lesson.id, "learners": counts.get(lesson.id, 0)}
        for rank, lesson in enumerate(by_popularity(lessons, counts)[:POPULAR_KEPT])
    ]
    if values:
        await ctx.session.execute(insert(Popular), values)


def by_popularity(lessons: Sequence[LessonText], counts: dict[UUID, int]) -> list[LessonText]:
    """The most popular lesson of each course, then each one's second, and so on; the authors' order breaks ties."""
    ordered = sorted(lessons, key=lambda lesson: -counts.get(lesson.id, 0))
    turn: dict[UUID, int] = {}
    turns = {}
    for lesson in ordered:
        turns[lesson.id] = turn[lesson.course_id] = turn.get(lesson.course_id, -1) + 1
    return sorted(ordered, key=lambda lesson: (turns[lesson.id], -counts.get(lesson.id, 0)))
