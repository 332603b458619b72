"""Whose word on an address counts."""

import pytest

from questline_core.edge.proxies import Proxies
from questline_core.settings import SettingsError

NEAR = Proxies("10.0.0.0/8, 127.0.0.0/8, ::1/128", "x-forwarded-for")
STANDARD = Proxies("10.0.0.0/8", "forwarded")


@pytest.mark.parametrize(
    ("peer", "value", "found"),
    [
        ("198.51.100.7", "203.0.113.5", "198.51.100.7"),
        ("10.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.5, 10.0.0.9", "203.0.113.5"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "203.0.113.5:4711", "203.0.113.5"),
        ("10.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("10.0.0.1", "::ffff:203.0.113.5", "203.0.113.5"),
        ("::ffff:10.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("10.0.0.1", "203.0.113.5, unknown", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.5, nonsense, 10.0.0.9", "10.0.0.9"),
        ("10.0.0.1", "", "10.0.0.1"),
    ],
)
def test_the_last_address_that_no_trusted_proxy_has_is_the_clients(peer, value, found):
    assert NEAR.origin(peer, {b"x-forwarded-for": value.encode()}, "http") == (found, False)


@pytest.mark.parametrize(
    ("value", "found", "https"),
    [
        ("for=203.0.113.5;proto=https", "203.0.113.5", True),
        ('for="[2001:db8::7]:80";proto=http', "2001:db8::7", False),
        ("for=1.1.1.1, For=203.0.113.5;by=10.0.0.1;PROTO=https", "203.0.113.5", True),
        ("for=_hidden", "10.0.0.1", False),
    ],
)
def test_the_standard_header_is_read_where_it_is_the_one_chosen(value, found, https):
    headers = {b"forwarded": value.encode(), b"x-forwarded-for": b"1.2.3.4", b"x-forwarded-proto": b"http"}
    assert STANDARD.origin("10.0.0.1", headers, "http") == (found, https)


def test_only_a_trusted_proxy_says_that_it_was_reached_over_https():
    headers = {b"x-forwarded-proto": b"https"}
    assert NEAR.origin("127.0.0.1", headers, "http") == ("127.0.0.1", True)
    assert NEAR.origin("198.51.100.7", headers, "http") == ("198.51.100.7", False)


def test_a_wrong_network_is_named():
    with pytest.raises(SettingsError, match="QUESTLINE_TRUSTED_PROXIES"):
        Proxies("10.0.0.0/64", "forwarded")
