"""The statements of attempts."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Uuid, and_, exists, func, or_, select

from questline_assessments.content import ItemContent, KeptItem, Rules
from questline_assessments.models import Answer, Assessment, AssessmentVersion, Attempt, ItemVersion
from questline_assessments.schemas import Status
from questline_sdk import Context


class AssessmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """An assessment in its current version."""

    id: UUID
    course_id: UUID
    version_id: UUID
    rules: Rules
    item_version_ids: list[UUID]


class AttemptRow(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt and what it is an attempt at."""

    id: UUID
    assessment_id: UUID
    user_id: UUID
    number: int
    status: Status
    started_at: dt.datetime
    deadline_at: dt.datetime | None
    submitted_at: dt.datetime | None
    slug: str
    course_id: UUID
    lesson_id: UUID
    rules: Rules
    item_version_ids: list[UUID]


class AnswerRow(msgspec.Struct, frozen=True, kw_only=True):
    """A saved answer."""

    item_id: UUID
    response: dict[str, Any]
    saved_at: dt.datetime
    checked_at: dt.datetime | None


CURRENT = select(
    Assessment.id,
    Assessment.course_id,
    AssessmentVersion.id.label("version_id"),
    AssessmentVersion.rules,
    AssessmentVersion.item_version_ids,
).join(
    AssessmentVersion,
    and_(AssessmentVersion.tenant_id == Assessment.tenant_id, AssessmentVersion.id == Assessment.current_version_id),
)

ATTEMPT = (
    select(
        Attempt.id,
        Attempt.assessment_id,
        Attempt.user_id,
        Attempt.number,
        Attempt.status,
        Attempt.started_at,
        Attempt.deadline_at,
        Attempt.submitted_at,
        Assessment.slug,
        Assessment.course_id,
        Assessment.lesson_id,
        AssessmentVersion.rules,
        AssessmentVersion.item_version_ids,
    )
    .join(Assessment, and_(Assessment.tenant_id == Attempt.tenant_id, Assessment.id == Attempt.assessment_id))
    .join(
        AssessmentVersion,
        and_(AssessmentVersion.tenant_id == Attempt.tenant_id, AssessmentVersion.id == Attempt.version_id),
    )
)


async def current_version(ctx: Context, assessment_id: UUID) -> AssessmentRow | None:
    """An assessment in its current version."""
    row = (await ctx.session.execute(CURRENT.where(Assessment.id == assessment_id))).mappings().one_or_none()
    return msgspec.convert(dict(row), AssessmentRow) if row else None


async def attempt(ctx: Context, attempt_id: UUID, user_id: UUID | None, *, lock: bool = False) -> AttemptRow | None:
    """A user's attempt (anybody's without a user), locked against other requests if asked."""
    statement = ATTEMPT.where(Attempt.id == attempt_id)
    if user_id is not None:
        statement = statement.where(Attempt.user_id == user_id)
    if lock:
        statement = statement.with_for_update(of=Attempt)
    row = (await ctx.session.execute(statement)).mappings().one_or_none()
    return msgspec.convert(dict(row), AttemptRow) if row else None


async def items(ctx: Context, version_ids: Sequence[UUID]) -> list[KeptItem]:
    """Items by the ids of their versions, in this order."""
    statement = select(ItemVersion.id, ItemVersion.item_id, ItemVersion.content).where(ItemVersion.id.in_(version_ids))
    rows = {row.id: row for row in await ctx.session.execute(statement)}
    return [
        KeptItem(id=rows[each].item_id, content=msgspec.convert(rows[each].content, ItemContent))
        for each in version_ids
    ]


async def questions(ctx: Context, course_id: UUID) -> list[str]:
    """What the items of a course's current assessments ask."""
    current = (
        select(func.jsonb_array_elements_text(AssessmentVersion.item_version_ids).cast(Uuid))
        .join(
            Assessment,
            (Assessment.tenant_id == AssessmentVersion.tenant_id)
            & (Assessment.current_version_id == AssessmentVersion.id),
        )
        .where(Assessment.course_id == course_id)
    )
    prompt = ItemVersion.content["prompt_html"].as_string()
    return list(await ctx.session.scalars(select(prompt).where(ItemVersion.id.in_(current)).order_by(ItemVersion.id)))


async def one_item(ctx: Context, version_ids: Sequence[UUID], item_id: UUID) -> KeptItem | None:
    """That one of these versions that is of an item."""
    statement = select(ItemVersion.content).where(ItemVersion.item_id == item_id, ItemVersion.id.in_(version_ids))
    found = await ctx.session.scalar(statement)
    return None if found is None else KeptItem(id=item_id, content=msgspec.convert(found, ItemContent))


async def answers(ctx: Context, attempt_id: UUID) -> list[AnswerRow]:
    """What was answered in an attempt."""
    statement = select(Answer.item_id, Answer.response, Answer.saved_at, Answer.checked_at).where(
        Answer.attempt_id == attempt_id
    )
    return [msgspec.convert(dict(row), AnswerRow) for row in (await ctx.session.execute(statement)).mappings()]


async def open_attempt(ctx: Context, assessment_id: UUID, user_id: UUID) -> AttemptRow | None:
    """A user's open attempt."""
    mine = (Attempt.assessment_id == assessment_id, Attempt.user_id == user_id, Attempt.status == "open")
    row = (await ctx.session.execute(ATTEMPT.where(*mine))).mappings().one_or_none()
    return msgspec.convert(dict(row), AttemptRow) if row else None


async def open_attempts(ctx: Context, user_id: UUID, course_id: UUID, now: dt.datetime) -> list[AttemptRow]:
    """A user's open attempts in a course whose time is not over."""
    statement = ATTEMPT.where(
        Attempt.user_id == user_id,
        Attempt.status == "open",
        Assessment.course_id == course_id,
        or_(Attempt.deadline_at.is_(None), Attempt.deadline_at > now),
    )
    return [msgspec.convert(dict(row), AttemptRow) for row in (await ctx.session.execute(statement)).mappings()]


async def attempt_count(ctx: Context, assessment_id: UUID, user_id: UUID) -> int:
    """How many attempts a user has begun."""
    statement = select(func.count()).where(Attempt.assessment_id == assessment_id, Attempt.user_id == user_id)
    return (await ctx.session.execute(statement)).scalar_one()


async def has_passed(ctx: Context, assessment_id: UUID, user_id: UUID, *, besides: UUID) -> bool:
    """Say whether a user has passed by another attempt."""
    statement = select(
        exists().where(
            Attempt.assessment_id == assessment_id,
            Attempt.user_id == user_id,
            Attempt.passed.is_(True),
            Attempt.id != besides,
        )
    )
    return bool(await ctx.session.scalar(statement))


async def overdue_attempts(ctx: Context, before: dt.datetime, *, limit: int) -> list[UUID]:
    """Open attempts whose time ended before a moment; locks them, leaving out those locked by others."""
    statement = (
        select(Attempt.id)
        .where(Attempt.status == "open", Attempt.deadline_at < before)
        .order_by(Attempt.deadline_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(await ctx.session.scalars(statement))
