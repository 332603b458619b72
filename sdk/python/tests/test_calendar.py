"""Days, weeks and months in a person's time zone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questline_sdk.calendar import end_of, local_date, start_of, zone

ZONES = ["UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "Asia/Kathmandu", "Nowhere/At_All"]
MOMENTS = st.integers(946_684_800, 2_114_380_800).map(lambda second: dt.datetime.fromtimestamp(second, dt.UTC))


@given(at=MOMENTS, span=st.sampled_from(["day", "week", "month"]), name=st.sampled_from(ZONES))
def test_a_span_holds_its_moment_and_the_next_begins_where_it_ends(at, span, name):
    start, end = start_of(span, at, name), end_of(span, at, name)
    assert start <= at < end
    assert start_of(span, end, name) == end
    assert start_of(span, end - dt.timedelta(microseconds=1), name) == start


@pytest.mark.parametrize(("name", "day"), [("Pacific/Auckland", 19), ("America/Los_Angeles", 18), ("UTC", 18)])
def test_a_date_is_the_wall_calendars(name, day):
    assert local_date(dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC), name).day == day


def test_a_day_in_which_the_clock_changes_has_25_hours():
    at = dt.datetime(2026, 10, 25, 12, tzinfo=dt.UTC)
    assert end_of("day", at, "Europe/Berlin") - start_of("day", at, "Europe/Berlin") == dt.timedelta(hours=25)


def test_an_unknown_zone_is_utc():
    assert zone("Nowhere/At_All") is dt.UTC
