"""The receiver's check on the page about webhooks accepts what a site sends, and nothing else."""

import datetime as dt
import re
from pathlib import Path

import pytest

from questline_core.webhooks.outcome import PAUSES
from questline_core.webhooks.signing import headers_of, new_secret

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "webhooks.md"
BODY = b'{"type":"webhook.ping"}'


@pytest.fixture(scope="module")
def is_genuine():
    found = re.search(r"```python\n# verify\.py\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found
    names = {}
    exec(compile(found[1], str(PAGE), "exec"), names)  # noqa: S102  the page's own code
    return names["is_genuine"]


def sent(*secrets, at=None):
    return headers_of("msg_1", at or dt.datetime.now(dt.UTC), BODY, secrets)


def test_a_message_of_the_site_is_genuine(is_genuine):
    secret = new_secret()
    assert is_genuine(secret, sent(secret), BODY)


def test_while_a_secret_is_changed_both_hold(is_genuine):
    former, new = new_secret(), new_secret()
    headers = sent(new, former)
    assert is_genuine(new, headers, BODY)
    assert is_genuine(former, headers, BODY)


@pytest.mark.parametrize("wrong", ["body", "secret", "id", "time", "old"])
def test_anything_else_is_not(is_genuine, wrong):
    secret = new_secret()
    old = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=6)
    headers = sent(secret, at=old if wrong == "old" else None)
    headers |= {"id": {"webhook-id": "msg_2"}, "time": {"webhook-timestamp": str(int(old.timestamp()))}}.get(wrong, {})
    body = BODY + b" " if wrong == "body" else BODY
    assert not is_genuine(new_secret() if wrong == "secret" else secret, headers, body)


def test_the_page_says_how_often_it_is_tried():
    assert PAUSES == (5, 30, 300, 1800, 7200, 18_000, 36_000, 50_400)
    assert "after 5 and 30 seconds, 5 and 30 minutes, 2, 5, 10 and 14 hours" in PAGE.read_text()
