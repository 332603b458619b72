"""What the API says of accounts elsewhere."""

import datetime as dt
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from questline_core.auth.schemas import Locale, TimeZone

ANSWER_BYTES = 300_000

Parameters = Annotated[
    dict[str, Annotated[str, Meta(max_length=ANSWER_BYTES)]],
    Meta(max_length=40, description="What the provider sent along in the address, as it came."),
]
AnswerToken = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9_-]{43}$", description="`answer` of the address, where the provider posted a form.")
]


class SignInWith(msgspec.Struct, frozen=True, kw_only=True):
    """A button on the log-in page."""

    provider: str
    label: str
    icon: str
    """The `d` of a 24x24 SVG path; may be empty."""


class BeginSignIn(msgspec.Struct, frozen=True, kw_only=True):
    """What a new account would be made with."""

    locale: Locale = "en"
    time_zone: TimeZone = "UTC"


class SendTo(msgspec.Struct, frozen=True, kw_only=True):
    """Where to send the browser."""

    url: str


class ProviderReturn(msgspec.Struct, frozen=True, kw_only=True):
    """What the browser came back with."""

    state: Annotated[str, Meta(min_length=1, max_length=200)]
    parameters: Parameters = {}
    answer: AnswerToken | None = None


class ConnectedAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account elsewhere that signs the user in."""

    id: UUID
    provider: str
    label: str | None
    """What its button says; null where the site does not offer it any more."""
    icon: str
    issuer: str
    email: str | None
    linked_at: dt.datetime
    last_used_at: dt.datetime


class ConnectedAccounts(msgspec.Struct, frozen=True, kw_only=True):
    """The user's accounts elsewhere, and what the site offers."""

    accounts: list[ConnectedAccount]
    offered: list[SignInWith]
