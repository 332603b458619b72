"""Rules: which of them an event meets, and how much of their amounts the limits leave."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from questline_points.schemas import Cap
from questline_sdk.calendar import end_of, start_of
from questline_sdk.conditions import Condition

FOREVER = (dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.datetime(9999, 1, 1, tzinfo=dt.UTC))


class ActiveRule(msgspec.Struct, frozen=True, kw_only=True):
    """An enabled rule as the event handler reads it."""

    id: UUID
    name: str
    amount: int
    key: str | None = None
    condition: Condition | None = None
    cap: Cap | None = None
    cooldown_seconds: int | None = None

    @property
    def reference(self) -> str:
        """What entries and events call the rule."""
        return self.key or str(self.id)

    @property
    def limited(self) -> bool:
        """Whether earlier awards decide what this rule awards now."""
        return self.cap is not None or self.cooldown_seconds is not None

    @property
    def needs_time_zone(self) -> bool:
        """Whether the user's midnight matters."""
        return self.cap is not None and self.cap.per != "ever"


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """The spans of time, `from` inclusive and `until` exclusive, whose awards limit one rule."""

    rule_id: UUID
    cap_from: dt.datetime
    cap_until: dt.datetime
    cool_from: dt.datetime
    cool_until: dt.datetime


class Spent(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule has awarded in its windows."""

    amount: int = 0
    cooling: bool = False


class Award(msgspec.Struct, frozen=True, kw_only=True):
    """An amount that a rule awards for the event at hand."""

    rule: ActiveRule
    amount: int


def matching(rules: Sequence[ActiveRule], data: Mapping[str, Any]) -> list[ActiveRule]:
    """The rules whose condition an event's data meets."""
    return [rule for rule in rules if rule.condition is None or rule.condition.matches(data)]


def window(rule: ActiveRule, at: dt.datetime, time_zone: str) -> Window:
    """The windows around an event's time. A cooldown reaches both ways, for events may arrive out of order."""
    cap_from, cap_until = FOREVER
    if rule.cap and rule.cap.per != "ever":
        cap_from, cap_until = start_of(rule.cap.per, at, time_zone), end_of(rule.cap.per, at, time_zone)
    pause = dt.timedelta(seconds=rule.cooldown_seconds or 0)
    return Window(rule_id=rule.id, cap_from=cap_from, cap_until=cap_until, cool_from=at - pause, cool_until=at + pause)


def awards(rules: Sequence[ActiveRule], spent: Mapping[UUID, Spent]) -> list[Award]:
    """What each rule awards: its amount, or what its cap leaves of it, or nothing while it cools down."""
    found = []
    for rule in rules:
        before = spent.get(rule.id, Spent())
        amount = rule.amount if rule.cap is None else min(rule.amount, rule.cap.amount - before.amount)
        if amount > 0 and not (rule.cooldown_seconds and before.cooling):
            found.append(Award(rule=rule, amount=amount))
    return found
