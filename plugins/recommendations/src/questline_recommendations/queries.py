"""The hot reads: each answers its page in one statement."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY

from questline_recommendations.models import Pick, Popular, Related
from questline_sdk.db import HotQuery, hot
from questline_sdk.learning import Learning

USER = bindparam("user_id", type_=Uuid())
LESSON = bindparam("lesson_id", type_=Uuid())
LIMIT = bindparam("limit", type_=Integer())
EVERY_COURSE = bindparam("every_course", type_=Boolean())
COURSES = bindparam("courses", type_=ARRAY(Uuid()))
AFTER_PICKS = 1000
"""Ranks of what is popular begin here: it fills up what is suggested to the learner personally."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A suggested lesson."""

    lesson_id: UUID
    title: str
    kind: str
    minutes: int
    course_slug: str
    course_title: str
    enrolled: bool
    reason: str
    because: str | None
    learners: int | None


def next_lessons(learning: Learning) -> HotQuery[Row]:
    """What is suggested to a user, filled up with what is popular, without what they have completed by now."""
    return _built(_next, learning)


def related_lessons(learning: Learning) -> HotQuery[Row]:
    """What is related to a lesson, without what the user has completed."""
    return _built(_related, learning)


_BUILT: dict[Any, HotQuery[Row]] = {}


def _built(build: Callable[[Learning], "Select[*tuple[Any, ...]]"], learning: Learning) -> HotQuery[Row]:
    if build not in _BUILT:
        _BUILT[build] = hot(build(learning), Row)
    return _BUILT[build]


def _next(learning: Learning) -> "Select[*tuple[Any, ...]]":
    picked = (
        func.unnest(Pick.lesson_ids, Pick.reasons, Pick.because_ids)
        .table_valued("lesson_id", "reason", "because_id", with_ordinality="rank", name="picked")
        .render_derived()
    )
    mine = (
        select(
            Pick.tenant_id,
            picked.c.lesson_id.cast(Uuid).label("lesson_id"),
            picked.c.rank.cast(Integer).label("rank"),
            picked.c.reason.cast(Text).label("reason"),
            picked.c.because_id.cast(Uuid).label("because_id"),
            null().cast(Integer).label("learners"),
        )
        .select_from(Pick)
        .join(picked, literal(True))
        .where(Pick.user_id == USER)
    )
    popular = select(
        Popular.tenant_id,
        Popular.lesson_id,
        Popular.rank + AFTER_PICKS,
        case((Popular.learners > 0, "popular"), else_="new"),
        null().cast(Uuid),
        Popular.learners,
    )
    return _shown(learning, union_all(mine, popular).subquery("suggested"))


def _related(learning: Learning) -> "Select[*tuple[Any, ...]]":
    related = select(
        Related.tenant_id,
        Related.other_id.label("lesson_id"),
        Related.rank,
        Related.reason,
        Related.lesson_id.label("because_id"),
        null().cast(Integer).label("learners"),
    ).where(Related.lesson_id == LESSON)
    return _shown(learning, related.subquery("suggested"))


def _shown(learning: Learning, suggested: Any) -> "Select[*tuple[Any, ...]]":
    lesson = learning.lessons().subquery("lesson")
    cause = learning.lessons().subquery("cause")
    enrolment = learning.enrolments().subquery("enrolment")
    done = learning.completions().subquery("done")
    completed = select(done.c.lesson_id).where(done.c.user_id == USER)
    # Few candidates go on to the joins, so that each is looked up by its index; retired lessons fall out there.
    enough = case((EVERY_COURSE, LIMIT * 3), else_=AFTER_PICKS)
    candidates = suggested
    suggested = (
        select(candidates)
        .where(candidates.c.lesson_id.not_in(completed))
        .order_by(candidates.c.rank)
        .limit(enough)
        .subquery("open")
    )
    shown = (
        select(
            suggested,
            lesson.c.title,
            lesson.c.kind,
            lesson.c.minutes,
            lesson.c.course_slug,
            lesson.c.course_title,
            lesson.c.course_id,
        )
        .join(lesson, _same(lesson, suggested, "lesson_id"))
        .where(or_(EVERY_COURSE, lesson.c.course_id == func.any(COURSES)))
        .order_by(suggested.c.rank)
        .limit(LIMIT)
        .subquery("shown")
    )
    return (
        select(
            shown.c.lesson_id,
            shown.c.title,
            shown.c.kind,
            shown.c.minutes,
            shown.c.course_slug,
            shown.c.course_title,
            enrolment.c.user_id.is_not(None).label("enrolled"),
            shown.c.reason,
            cause.c.title.label("because"),
            shown.c.learners,
        )
        .select_from(shown)
        .outerjoin(cause, and_(cause.c.tenant_id == shown.c.tenant_id, cause.c.lesson_id == shown.c.because_id))
        .outerjoin(enrolment, and_(_same(enrolment, shown, "course_id"), enrolment.c.user_id == USER))
        .order_by(shown.c.rank)
    )


def _same(one: Any, other: Any, column: str) -> "ColumnElement[bool]":
    return and_(one.c.tenant_id == other.c.tenant_id, one.c[column] == other.c[column])
