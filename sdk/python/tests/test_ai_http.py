"""What a vendor asks to wait is understood in each of the forms that HTTP knows."""

import datetime as dt
from email.utils import format_datetime

import pytest

from questline_sdk.ai_http import seconds_to_wait


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("17", 17),
        ("0", 0),
        ("0.2", 1),
        (" 3 ", 3),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("1e9", None),
        ("²", None),
    ],
)
def test_seconds(given, seconds):
    assert seconds_to_wait({"retry-after": given}) == seconds
    assert seconds_to_wait({}) is None


def test_dates():
    then = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    assert 3500 < (seconds_to_wait({"retry-after": format_datetime(then, usegmt=True)}) or 0) <= 3600
    assert seconds_to_wait({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0
