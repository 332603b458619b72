"""Events of many users, as handlers of all events take them."""

import datetime as dt
from uuid import uuid4

from questline_sdk import Event
from questline_sdk.events import user_of, user_rounds

ADA, BEN = uuid4(), uuid4()


def event(data):
    now = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
    return Event(id=uuid4(), type="demo.thing.done.v1", tenant_id=uuid4(), occurred_at=now, data=data)


def test_an_event_of_any_type_may_be_about_nobody():
    assert user_of(event({"user_id": str(ADA)})) == ADA
    for data in ({}, {"user_id": None}, {"user_id": "me"}, {"user_id": 7}, [], None):
        assert user_of(event(data)) is None


def test_each_round_has_one_event_of_a_user_and_keeps_the_order():
    first, second, third = (event({"user_id": str(ADA), "place": place}) for place in range(3))
    other = event({"user_id": str(BEN)})
    rounds = user_rounds([first, event({}), second, other, third])
    assert rounds == [{ADA: first, BEN: other}, {ADA: second}, {ADA: third}]
    assert user_rounds([event({})]) == []
