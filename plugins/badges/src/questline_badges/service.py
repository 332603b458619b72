"""Earning: moves a user's progress for an event and awards what is reached."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from questline_badges import queries
from questline_badges.criteria import CourseDone, Criterion, EventCount, PointsTotal, Streak
from questline_badges.events import BadgeEarned
from questline_badges.schemas import Tier
from questline_sdk import Context, Event
from questline_sdk.calendar import local_date
from questline_sdk.services import UserDirectory


class OpenBadge(msgspec.Struct, frozen=True, kw_only=True):
    """A badge that the user has not earned and that the event at hand may move."""

    id: UUID
    slug: str
    title: str
    icon: str
    tier: Tier
    criterion: Criterion


async def advance(ctx: Context, event: Event[Any], user_id: UUID, data: Mapping[str, Any]) -> None:
    """Count an event towards the badges it matters to; most events matter to none and cost one statement."""
    rows = await ctx.session.execute(queries.OPEN_DEFINITIONS, {"event": event.type, "user_id": user_id})
    moved = [badge for badge in (_badge(row) for row in rows.mappings()) if counts(badge.criterion, data)]
    if not moved:
        return
    current = await _count(ctx, event, user_id, [b for b in moved if not isinstance(b.criterion, PointsTotal)])
    current |= await _raise(ctx, user_id, data, [b for b in moved if isinstance(b.criterion, PointsTotal)])
    reached = [badge for badge in moved if current[badge.id] >= badge.criterion.target]
    if reached:
        await _earn(ctx, event.occurred_at, user_id, reached)


def counts(criterion: Criterion, data: Mapping[str, Any]) -> bool:
    """Say whether an event of the criterion's type, with this data, counts towards it."""
    if isinstance(criterion, EventCount):
        return criterion.condition is None or criterion.condition.matches(data)
    if isinstance(criterion, CourseDone):
        return criterion.course_slug in (None, data.get("course_slug"))
    if isinstance(criterion, PointsTotal):
        return isinstance(data.get("balance"), int)
    return True


def _badge(row: Any) -> OpenBadge:
    return msgspec.convert(dict(row), OpenBadge)


async def _count(ctx: Context, event: Event[Any], user_id: UUID, badges: Sequence[OpenBadge]) -> dict[UUID, int]:
    if not badges:
        return {}
    today: dt.date | None = None
    if any(isinstance(badge.criterion, Streak) for badge in badges):
        today = local_date(event.occurred_at, await ctx.service(UserDirectory).time_zone(user_id))
    parameters = {
        "user_id": user_id,
        "definition_ids": [badge.id for badge in badges],
        "days": [today if isinstance(badge.criterion, Streak) else None for badge in badges],
    }
    return _by_id((await ctx.session.execute(queries.ADVANCE, parameters)).all())


async def _raise(ctx: Context, user_id: UUID, data: Mapping[str, Any], badges: Sequence[OpenBadge]) -> dict[UUID, int]:
    if not badges:
        return {}
    parameters = {"user_id": user_id, "definition_ids": [badge.id for badge in badges], "value": data["balance"]}
    return _by_id((await ctx.session.execute(queries.RAISE, parameters)).all())


def _by_id(rows: Iterable[Any]) -> dict[UUID, int]:
    return {row.definition_id: row.current for row in rows}


async def _earn(ctx: Context, at: dt.datetime, user_id: UUID, reached: Sequence[OpenBadge]) -> None:
    parameters = {"user_id": user_id, "definition_ids": [badge.id for badge in reached], "earned_at": at}
    new = set((await ctx.session.execute(queries.EARN, parameters)).scalars())
    for badge in reached:
        if badge.id not in new:
            continue
        earned = BadgeEarned(
            user_id=user_id,
            badge_id=badge.id,
            slug=badge.slug,
            title=badge.title,
            icon=badge.icon,
            tier=badge.tier,
            earned_at=at,
        )
        await ctx.publish(earned)
        ctx.send_live("badges.earned", earned, user_id=user_id)
