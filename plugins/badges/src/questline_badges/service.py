"""Earning: moves users' progress for events and awards what is reached."""

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
    """A badge that a user has not earned and that their event may move; `current` if it has been already."""

    user_id: UUID
    id: UUID
    slug: str
    title: str
    icon: str
    tier: Tier
    criterion: Criterion
    current: int | None = None


async def advance(ctx: Context, events: Mapping[UUID, Event[Any]]) -> None:
    """Count one event of each of these users; most events matter to no badge and cost one statement together."""
    open_badges = await _open_badges(ctx, events)
    counted = [
        badge for badge in open_badges if badge.current is None and counts(badge.criterion, events[badge.user_id].data)
    ]
    current = await _count(ctx, events, counted)
    reached = [
        badge
        for badge in open_badges
        if (badge.current or current.get((badge.user_id, badge.id), 0)) >= badge.criterion.target
    ]
    if reached:
        await _earn(ctx, events, reached)


def counts(criterion: Criterion, data: Mapping[str, Any]) -> bool:
    """Say whether an event of the criterion's type, with this data, adds one to its count."""
    if isinstance(criterion, EventCount):
        return criterion.condition is None or criterion.condition.matches(data)
    if isinstance(criterion, CourseDone):
        return criterion.course_slug in (None, data.get("course_slug"))
    return isinstance(criterion, Streak)


async def _open_badges(ctx: Context, events: Mapping[UUID, Event[Any]]) -> list[OpenBadge]:
    parameters = {
        "user_ids": list(events),
        "events": [event.type for event in events.values()],
        "balances": [_balance(event) for event in events.values()],
    }
    criteria: dict[UUID, Criterion] = {}
    found = []
    for row in await ctx.session.execute(queries.OPEN_BADGES, parameters):
        if row.id not in criteria:
            criteria[row.id] = msgspec.convert(row.criterion, Criterion)
        found.append(
            OpenBadge(
                user_id=row.user_id,
                id=row.id,
                slug=row.slug,
                title=row.title,
                icon=row.icon,
                tier=row.tier,
                criterion=criteria[row.id],
                current=row.current,
            )
        )
    return found


def _balance(event: Event[Any]) -> int | None:
    balance = event.data.get("balance") if event.type == POINTS_AWARDED else None
    return balance if isinstance(balance, int) else None


async def _count(
    ctx: Context, events: Mapping[UUID, Event[Any]], badges: Sequence[OpenBadge]
) -> Mapping[tuple[UUID, UUID], int]:
    """Add one to progress; returns how far it has come, by user and badge."""
    if not badges:
        return {}
    on_streaks = sorted({badge.user_id for badge in badges if isinstance(badge.criterion, Streak)})
    time_zones = await ctx.service(UserDirectory).time_zones(on_streaks) if on_streaks else {}

    def day(badge: OpenBadge) -> dt.date | None:
        if not isinstance(badge.criterion, Streak):
            return None
        return local_date(events[badge.user_id].occurred_at, time_zones.get(badge.user_id, "UTC"))

    parameters = {
        "user_ids": [badge.user_id for badge in badges],
        "definition_ids": [badge.id for badge in badges],
        "days": [day(badge) for badge in badges],
    }
    rows = await ctx.session.execute(queries.ADVANCE, parameters)
    return {(row.user_id, row.definition_id): row.current for row in rows}


async def _earn(ctx: Context, events: Mapping[UUID, Event[Any]], reached: Sequence[OpenBadge]) -> None:
    parameters = {
        "user_ids": [badge.user_id for badge in reached],
        "definition_ids": [badge.id for badge in reached],
        "earned_at": [events[badge.user_id].occurred_at for badge in reached],
    }
    new = {(row.user_id, row.definition_id) for row in await ctx.session.execute(queries.EARN, parameters)}
    earned = [
        BadgeEarned(
            user_id=badge.user_id,
            badge_id=badge.id,
            slug=badge.slug,
            title=badge.title,
            icon=badge.icon,
            tier=badge.tier,
            earned_at=events[badge.user_id].occurred_at,
        )
        for badge in reached
        if (badge.user_id, badge.id) in new
    ]
    await ctx.publish_all(earned)
    for each in earned:
        ctx.send_live("badges.earned", each, user_id=each.user_id)
