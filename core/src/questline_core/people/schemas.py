"""What the API says of people and takes to change them."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from questline_core.auth.schemas import DisplayName, Email, Locale, StatusName, TimeZone

NamePart = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x1f\x7f]*$",
        max_length=80,
        description="Part of somebody's name; empty for none.",
        examples=["Ada"],
    ),
]
ExternalId = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x1f\x7f]*$",
        max_length=200,
        description="What another system calls the person; empty for nothing.",
    ),
]
FieldValue = str | float | int | bool | None


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One of the values of a custom field, with what people read, by language."""

    value: str
    label: dict[str, str]


class CustomField(msgspec.Struct, frozen=True, kw_only=True):
    """A field that a plugin adds to profiles, and what somebody has in it."""

    name: str
    plugin: str
    label: dict[str, str]
    """By language; there is always one in `en`."""
    purpose: dict[str, str]
    kind: Literal["text", "long_text", "number", "boolean", "date", "choice"]
    choices: list[Choice]
    max_length: int
    seen_by: Literal["everyone", "self", "managers"]
    editable: bool
    """Whether who asks may change it."""
    value: FieldValue


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """Who somebody is, as they see and change it themselves."""

    id: UUID
    email: str
    display_name: str
    given_name: str | None
    family_name: str | None
    locale: str
    time_zone: str
    avatar_url: str | None
    avatar_large_url: str | None
    fields: list[CustomField]


class ChangeProfile(msgspec.Struct, frozen=True, kw_only=True):
    """Changes to a profile; what is left out stays, an empty name or a null value goes."""

    display_name: DisplayName | UnsetType = UNSET
    given_name: NamePart | UnsetType = UNSET
    family_name: NamePart | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET
    fields: dict[str, FieldValue] | UnsetType = UNSET


class UploadAvatar(msgspec.Struct, frozen=True, kw_only=True):
    """A picture: PNG, JPEG or WebP, of at most 3 MB."""

    content: bytes


class TimeZones(msgspec.Struct, frozen=True, kw_only=True):
    """The time zones that may be chosen."""

    time_zones: list[str]


class ChangePerson(ChangeProfile, frozen=True, kw_only=True):
    """Changes that those who manage people make; what is left out stays."""

    external_id: ExternalId | UnsetType = UNSET


class ChangeEmail(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's new address."""

    email: Email


class PersonDetails(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody as those who manage people see them."""

    profile: Profile
    role: str
    status: StatusName
    external_id: str | None
    email_verified: bool
    has_password: bool
    has_second_factor: bool
    created_at: dt.datetime
    last_seen_at: dt.datetime | None
    live_sessions: int
    manageable: bool
    """Whether who asks may change this person; nobody changes those with more rights."""
    can_impersonate: bool


class MailedLink(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a link: mailed, or to be handed on where the site sends no mail."""

    email: str
    link: str | None


class Impersonate(msgspec.Struct, frozen=True, kw_only=True):
    """For whom to act, and why; the reason is shown to them and kept in the audit log."""

    user_id: UUID
    reason: Annotated[str, Meta(pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f]{3}[^\x00-\x1f\x7f]*$", max_length=200)]
