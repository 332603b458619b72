"""Days, weeks and months as a person counts them: in their own time zone, weeks from Monday."""

import datetime as dt
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

Span = Literal["day", "week", "month"]


@lru_cache(512)
def zone(name: str) -> dt.tzinfo:
    """The time zone of an IANA name; UTC for a name that is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC


def local_date(at: dt.datetime, time_zone: str = "UTC") -> dt.date:
    """The date on a person's wall calendar at a moment."""
    return at.astimezone(zone(time_zone)).date()


def start_of(span: Span, at: dt.datetime, time_zone: str = "UTC") -> dt.datetime:
    """The moment (UTC) at which the day, week or month that contains `at` began in a time zone.

    Example:
        start_of("day", now, "Europe/Berlin")
    """
    day = local_date(at, time_zone)
    if span == "week":
        day -= dt.timedelta(days=day.weekday())
    elif span == "month":
        day = day.replace(day=1)
    return dt.datetime.combine(day, dt.time.min, zone(time_zone)).astimezone(dt.UTC)


def end_of(span: Span, at: dt.datetime, time_zone: str = "UTC") -> dt.datetime:
    """The moment (UTC) at which the next day, week or month begins in a time zone."""
    days = {"day": 1, "week": 7, "month": 31}[span]
    local = start_of(span, at, time_zone).astimezone(zone(time_zone)).date() + dt.timedelta(days=days)
    if span == "month":
        local = local.replace(day=1)
    return dt.datetime.combine(local, dt.time.min, zone(time_zone)).astimezone(dt.UTC)
