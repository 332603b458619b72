"""Awarding: what an event is worth to a user, written once whatever else happens at the same time."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from questline_points import queries
from questline_points.events import PointsAwarded
from questline_points.rules import ActiveRule, Award, Spent, awards, matching, window
from questline_points.schemas import Cap
from questline_points.settings import PointsSettings
from questline_sdk import Context, Event
from questline_sdk.conditions import Condition
from questline_sdk.services import UserDirectory


async def award_for_event(ctx: Context, event: Event[Any], user_id: UUID, data: Mapping[str, Any]) -> None:
    """Apply the tenant's rules to an event, record what they award, and tell the user."""
    rules = matching(await _rules_for(ctx, event.type), data)
    if not rules:
        return
    spent = await _spent(ctx, event, user_id, [rule for rule in rules if rule.limited])
    found = awards(rules, spent)
    if found:
        await _record(ctx, event, user_id, found)


async def _rules_for(ctx: Context, event_type: str) -> list[ActiveRule]:
    """The tenant's rules for a type of event, read once in a unit of work: the host may hand it many events at once."""
    known: dict[str, list[ActiveRule]] = ctx.session.info.setdefault("points.rules", {})
    if event_type not in known:
        known[event_type] = await _read_rules(ctx, event_type)
    return known[event_type]


async def _read_rules(ctx: Context, event_type: str) -> list[ActiveRule]:
    rows = await ctx.session.execute(queries.RULES_FOR_EVENT, {"event": event_type})
    return [
        ActiveRule(
            id=row.id,
            key=row.key,
            name=row.name,
            amount=row.amount,
            condition=row.condition and msgspec.convert(row.condition, Condition),
            cap=row.cap and msgspec.convert(row.cap, Cap),
            cooldown_seconds=row.cooldown_seconds,
        )
        for row in rows
    ]


async def _spent(ctx: Context, event: Event[Any], user_id: UUID, limited: Sequence[ActiveRule]) -> Mapping[UUID, Spent]:
    """What limited rules have awarded. Holds the user's account locked, so that no parallel event spends the same."""
    if not limited:
        return {}
    await _lock_account(ctx, user_id)
    time_zone = "UTC"
    if any(rule.needs_time_zone for rule in limited):
        time_zone = await ctx.service(UserDirectory).time_zone(user_id)
    windows = [window(rule, event.occurred_at, time_zone) for rule in limited]
    rows = await ctx.session.execute(
        queries.SPENT,
        {
            "user_id": user_id,
            "rule_ids": [each.rule_id for each in windows],
            "cap_from": [each.cap_from for each in windows],
            "cap_until": [each.cap_until for each in windows],
            "cool_from": [each.cool_from for each in windows],
            "cool_until": [each.cool_until for each in windows],
        },
    )
    return {row.rule_id: Spent(amount=row.amount, cooling=row.cooling) for row in rows}


async def _lock_account(ctx: Context, user_id: UUID) -> None:
    if (await ctx.session.execute(queries.LOCK_ACCOUNT, {"user_id": user_id})).first() is None:
        await ctx.session.execute(queries.OPEN_ACCOUNT, {"user_id": user_id})
        await ctx.session.execute(queries.LOCK_ACCOUNT, {"user_id": user_id})


async def _record(ctx: Context, event: Event[Any], user_id: UUID, found: Sequence[Award]) -> None:
    rows = (
        await ctx.session.execute(
            queries.RECORD,
            {
                "user_id": user_id,
                "event_id": event.id,
                "occurred_at": event.occurred_at,
                "amounts": [award.amount for award in found],
                "rule_ids": [award.rule.id for award in found],
                "rules": [award.rule.reference for award in found],
                "reasons": [award.rule.name for award in found],
            },
        )
    ).all()
    if not rows:
        return
    settings = await ctx.settings(PointsSettings)
    balance = rows[0].balance - sum(row.amount for row in rows)
    for row in rows:
        before, balance = settings.level_at(balance), balance + row.amount
        level = settings.level_at(balance)
        awarded = PointsAwarded(
            user_id=user_id,
            entry_id=row.id,
            amount=row.amount,
            rule=row.rule,
            reason=row.reason,
            balance=balance,
            level=level,
            level_up=level.number > before.number,
        )
        await ctx.publish(awarded)
        ctx.send_live("points.awarded", awarded, user_id=user_id)
