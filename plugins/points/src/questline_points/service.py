"""Awarding: what events are worth to users, written once whatever else happens at the same time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
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

Rules = Mapping[UUID, Sequence[ActiveRule]]
"""The rules that each user's event meets."""


async def award_for_events(ctx: Context, events: Mapping[UUID, Event[Any]]) -> None:
    """Apply the tenant's rules to one event of each of these users, record what they award, and tell the users."""
    rules = await _rules_for(ctx, {event.type for event in events.values()})
    met = {user_id: matching(rules[event.type], event.data) for user_id, event in events.items()}
    met = {user_id: found for user_id, found in met.items() if found}
    if not met:
        return
    spent = await _spent(ctx, events, met)
    found = {user_id: awards(own, spent[user_id]) for user_id, own in met.items()}
    if any(found.values()):
        await _record(ctx, events, found)


async def _rules_for(ctx: Context, event_types: Iterable[str]) -> Mapping[str, Sequence[ActiveRule]]:
    """The tenant's rules for types of events, read once in a unit of work."""
    known: dict[str, list[ActiveRule]] = ctx.session.info.setdefault("points.rules", {})
    unknown = sorted(set(event_types) - known.keys())
    if unknown:
        known.update({event_type: [] for event_type in unknown})
        for row in await ctx.session.execute(queries.RULES_FOR_EVENTS, {"events": unknown}):
            known[row.event].append(_rule(row))
    return known


def _rule(row: Any) -> ActiveRule:
    return ActiveRule(
        id=row.id,
        key=row.key,
        name=row.name,
        amount=row.amount,
        condition=row.condition and msgspec.convert(row.condition, Condition),
        cap=row.cap and msgspec.convert(row.cap, Cap),
        cooldown_seconds=row.cooldown_seconds,
    )


async def _spent(ctx: Context, events: Mapping[UUID, Event[Any]], rules: Rules) -> Mapping[UUID, Mapping[UUID, Spent]]:
    """What limited rules have awarded, by user and rule.

    Holds the users' accounts locked, so that no parallel event spends the same.
    """
    spent: defaultdict[UUID, dict[UUID, Spent]] = defaultdict(dict)
    limited = {user_id: own for user_id, found in rules.items() if (own := [rule for rule in found if rule.limited])}
    if not limited:
        return spent
    await _lock_accounts(ctx, sorted(limited))
    whose_midnight = [user_id for user_id, own in limited.items() if any(rule.needs_time_zone for rule in own)]
    time_zones = await ctx.service(UserDirectory).time_zones(whose_midnight) if whose_midnight else {}
    windows = [
        (user_id, window(rule, events[user_id].occurred_at, time_zones.get(user_id, "UTC")))
        for user_id, own in limited.items()
        for rule in own
    ]
    rows = await ctx.session.execute(
        queries.SPENT,
        {
            "user_ids": [user_id for user_id, _ in windows],
            "rule_ids": [each.rule_id for _, each in windows],
            "cap_from": [each.cap_from for _, each in windows],
            "cap_until": [each.cap_until for _, each in windows],
            "cool_from": [each.cool_from for _, each in windows],
            "cool_until": [each.cool_until for _, each in windows],
        },
    )
    for row in rows:
        spent[row.user_id][row.rule_id] = Spent(amount=row.amount, cooling=row.cooling)
    return spent


async def _lock_accounts(ctx: Context, user_ids: Sequence[UUID]) -> None:
    locked = await ctx.session.execute(queries.LOCK_ACCOUNTS, {"user_ids": user_ids})
    if len(locked.all()) < len(user_ids):
        await ctx.session.execute(queries.OPEN_ACCOUNTS, {"user_ids": user_ids})
        await ctx.session.execute(queries.LOCK_ACCOUNTS, {"user_ids": user_ids})


async def _record(ctx: Context, events: Mapping[UUID, Event[Any]], found: Mapping[UUID, Sequence[Award]]) -> None:
    flat = [(user_id, events[user_id], award) for user_id, own in found.items() for award in own]
    rows = await ctx.session.execute(
        queries.RECORD,
        {
            "user_ids": [user_id for user_id, _, _ in flat],
            "event_ids": [event.id for _, event, _ in flat],
            "occurred_at": [event.occurred_at for _, event, _ in flat],
            "amounts": [award.amount for _, _, award in flat],
            "rule_ids": [award.rule.id for _, _, award in flat],
            "rules": [award.rule.reference for _, _, award in flat],
            "reasons": [award.rule.name for _, _, award in flat],
        },
    )
    added: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        added[row.user_id].append(row)
    settings = await ctx.settings(PointsSettings)
    awarded = [each for own in added.values() for each in _awarded(settings, own)]
    await ctx.publish_all(awarded)
    for each in awarded:
        ctx.send_live("points.awarded", each, user_id=each.user_id)


def _awarded(settings: PointsSettings, rows: Sequence[Any]) -> list[PointsAwarded]:
    """One user's new entries, each with the balance and the level that it led to."""
    balance = rows[0].balance - sum(row.amount for row in rows)
    found = []
    for row in rows:
        before, balance = settings.level_at(balance), balance + row.amount
        level = settings.level_at(balance)
        found.append(
            PointsAwarded(
                user_id=row.user_id,
                entry_id=row.id,
                amount=row.amount,
                rule=row.rule,
                reason=row.reason,
                balance=balance,
                level=level,
                level_up=level.number > before.number,
            )
        )
    return found
