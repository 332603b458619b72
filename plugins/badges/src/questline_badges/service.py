"""Earning: moves a user's progress for an event and awards what is reached."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from questline_badges import queries
from questline_badges.criteria import POINTS_AWARDED, CourseDone, Criterion, EventCount, Streak
from questline_badges.events import BadgeEarned
from questline_badges.schemas import Tier
from questline_sdk import Context, Event
from questline_sdk.calendar import local_date
from questline_sdk.services import UserDirectory


class OpenBadge(msgspec.Struct, frozen=True, kw_only=True):
    """A badge that the user has not earned and that the event at hand may move; `current` if it has been already."""

    id: UUID
    slug: str
    title: str
    icon: str
    tier: Tier
    criterion: Criterion
    current: int | None = None


async def advance(ctx: Context, event: Event[Any], user_id: UUID, data: Mapping[str, Any]) -> None:
    """Count an event towards the badges it matters to; most events matter to none and cost one statement."""
    open_badges = await _open_badges(ctx, event, user_id, data)
    counted = [badge for badge in open_badges if badge.current is None and counts(badge.criterion, data)]
    current = await _count(ctx, event, user_id, counted)
    reached = [badge for badge in open_badges if (badge.current or current.get(badge.id, 0)) >= badge.criterion.target]
    if reached:
        await _earn(ctx, event.occurred_at, user_id, reached)


def counts(criterion: Criterion, data: Mapping[str, Any]) -> bool:
    """Say whether an event of the criterion's type, with this data, adds one to its count."""
    if isinstance(criterion, EventCount):
        return criterion.condition is None or criterion.condition.matches(data)
    if isinstance(criterion, CourseDone):
        return criterion.course_slug in (None, data.get("course_slug"))
    return isinstance(criterion, Streak)


async def _open_badges(ctx: Context, event: Event[Any], user_id: UUID, data: Mapping[str, Any]) -> list[OpenBadge]:
    balance = data.get("balance") if event.type == POINTS_AWARDED else None
    parameters = {"event": event.type, "user_id": user_id, "balance": balance if isinstance(balance, int) else None}
    rows = await ctx.session.execute(queries.OPEN_BADGES, parameters)
    return [
        OpenBadge(
            id=row.id,
            slug=row.slug,
            title=row.title,
            icon=row.icon,
            tier=row.tier,
            criterion=msgspec.convert(row.criterion, Criterion),
            current=row.current,
        )
        for row in rows
    ]


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
    rows = await ctx.session.execute(queries.ADVANCE, parameters)
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
