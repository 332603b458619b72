"""What the API of badges takes and answers."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from questline_badges.criteria import Criterion

Tier = Literal["bronze", "silver", "gold"]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
Icon = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{0,31}$")]


class ProgressView(msgspec.Struct, frozen=True, kw_only=True):
    """How far it is: `current` of `target`."""

    current: int
    target: int


class BadgeView(msgspec.Struct, frozen=True, kw_only=True):
    """A badge as one user sees it."""

    id: UUID
    slug: str
    title: str
    description: str
    icon: str
    tier: Tier
    hint: str
    earned_at: dt.datetime | None
    progress: ProgressView


class Gallery(msgspec.Struct, frozen=True, kw_only=True):
    """A user's badges, earned and open, in the order in which they are shown."""

    earned: int
    total: int
    badges: list[BadgeView]


class DefinitionInput(msgspec.Struct, frozen=True, kw_only=True):
    """A badge as an administrator defines it."""

    slug: Slug
    title: Annotated[str, Meta(min_length=1, max_length=80)]
    description: Annotated[str, Meta(min_length=1, max_length=300)]
    criterion: Criterion
    icon: Icon = "star"
    tier: Tier = "bronze"
    hint: Annotated[str, Meta(max_length=200)] = ""
    position: Annotated[int, Meta(ge=0, le=10_000)] = 1000


class DefinitionView(msgspec.Struct, frozen=True, kw_only=True):
    """A badge's definition as it is kept."""

    id: UUID
    slug: str
    title: str
    description: str
    criterion: Criterion
    icon: str
    tier: Tier
    hint: str
    position: int


class EventTypeView(msgspec.Struct, frozen=True, kw_only=True):
    """An event type and the fields of its data that a condition may compare."""

    type: str
    fields: list[str]


class EventTypes(msgspec.Struct, frozen=True, kw_only=True):
    """The event types to choose from; others may be named, too."""

    event_types: list[EventTypeView]
