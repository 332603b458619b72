"""What the API says of accounts and takes to change them."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

MAX_PASSWORD = 200

Email = Annotated[
    str,
    Meta(
        pattern=r"^[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+$",
        max_length=254,
        description="An e-mail address; upper and lower case are the same.",
        examples=["ada@example.com"],
    ),
]
DisplayName = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$",
        max_length=80,
        description="The name others see.",
        examples=["Ada Lovelace"],
    ),
]
GivenPassword = Annotated[str, Meta(min_length=1, max_length=MAX_PASSWORD, description="The present password.")]
NewPassword = Annotated[
    str,
    Meta(
        min_length=10,
        max_length=MAX_PASSWORD,
        description="A new password: not one of the most common ones, and without the name in the e-mail address.",
    ),
]
Locale = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$",
        description="A BCP 47 language tag: language, script, region.",
        examples=["en", "de", "pt-BR"],
    ),
]
TimeZone = Annotated[
    str, Meta(min_length=1, max_length=64, description="An IANA time zone.", examples=["UTC", "Europe/Berlin"])
]
RoleName = Literal["owner", "admin", "author", "instructor", "learner", "guest"]
StatusName = Literal["active", "suspended"]


class SignUp(msgspec.Struct, frozen=True, kw_only=True):
    """A new account."""

    email: Email
    password: NewPassword
    display_name: DisplayName
    locale: Locale = "en"
    time_zone: TimeZone = "UTC"


class LogIn(msgspec.Struct, frozen=True, kw_only=True):
    """The credentials of an account."""

    email: Email
    password: GivenPassword


class UpdateMe(msgspec.Struct, frozen=True, kw_only=True):
    """Changes to one's own profile; what is left out stays."""

    display_name: DisplayName | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET


class ChangePassword(msgspec.Struct, frozen=True, kw_only=True):
    """A new password, with the present one as proof."""

    current_password: GivenPassword
    new_password: NewPassword


class User(msgspec.Struct, frozen=True, kw_only=True):
    """The signed-in user, and what they may do."""

    id: UUID
    email: str
    display_name: str
    role: RoleName
    locale: str
    time_zone: str
    avatar_url: str | None
    permissions: list[str]
    created_at: dt.datetime


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A signed-in session: the access token, the seconds it lasts, and whose it is."""

    access_token: str
    expires_in: int
    user: User


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A user as those who run the tenant see them."""

    id: UUID
    email: str
    display_name: str
    role: RoleName
    status: StatusName
    avatar_url: str | None
    created_at: dt.datetime
    last_seen_at: dt.datetime | None
