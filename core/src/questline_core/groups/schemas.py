"""What the API says of groups and takes to change them."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from questline_core.auth.schemas import StatusName

MAX_ROWS = 1000
GroupKind = Literal["group", "cohort"]
Slug = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=80,
        description="The group's name in addresses and commands.",
        examples=["sales-2027"],
    ),
]
GroupName = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$",
        max_length=120,
        description="The name people see.",
        examples=["Sales 2027"],
    ),
]
Description = Annotated[str, Meta(pattern=r"^[^\x00]*$", max_length=2000, description="What the group is for.")]
ExternalId = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x1f\x7f]+$",
        max_length=255,
        description="What another system that keeps the group calls it.",
    ),
]
Given = Annotated[str, Meta(max_length=254, pattern=r"^[^\x00]*$")]


class NewGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A group to be made; a slug is made of its name where none is given."""

    name: GroupName
    slug: Slug | None = None
    description: Description = ""
    kind: GroupKind = "group"
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    external_id: ExternalId | None = None


class GroupChanges(msgspec.Struct, frozen=True, kw_only=True):
    """Changes of a group; what is left out stays."""

    name: GroupName | UnsetType = UNSET
    slug: Slug | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    kind: GroupKind | UnsetType = UNSET
    starts_on: dt.date | UnsetType | None = UNSET
    ends_on: dt.date | UnsetType | None = UNSET
    external_id: ExternalId | UnsetType | None = UNSET


class GroupCard(msgspec.Struct, frozen=True, kw_only=True):
    """A group, and how many people and courses it has."""

    id: UUID
    slug: str
    name: str
    description: str
    kind: GroupKind
    starts_on: dt.date | None
    ends_on: dt.date | None
    external_id: str | None
    created_at: dt.datetime
    changed_at: dt.datetime
    member_count: int
    course_count: int


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who belongs to a group."""

    user_id: UUID
    email: str
    display_name: str
    avatar_url: str | None
    status: StatusName
    manager: bool
    source: str
    """`manual`, or the id of the plugin that keeps the membership."""
    added_at: dt.datetime


class SetMember(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a member answers for the group."""

    manager: bool


class People(msgspec.Struct, frozen=True, kw_only=True):
    """People by id or e-mail address, as many as a thousand."""

    people: Annotated[
        list[Given], Meta(min_length=1, max_length=MAX_ROWS, description="Ids or e-mail addresses of users.")
    ]


class NewMembers(People, frozen=True, kw_only=True):
    """People to be added by id or e-mail address."""

    manager: bool = False


class RowProblem(msgspec.Struct, frozen=True, kw_only=True):
    """Why one of the rows that were given changed nothing."""

    row: int
    """From 1."""
    value: str
    code: Literal["unknown_user", "given_twice", "not_a_member"]
    message: str


class MembersChanged(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the rows that were given."""

    changed: int
    """Added or removed now."""
    unchanged: int
    """Members already."""
    problems: list[RowProblem]


class GroupCourseCard(msgspec.Struct, frozen=True, kw_only=True):
    """A course that the members of a group are enrolled in."""

    course_id: UUID
    slug: str
    title: str
    assigned_at: dt.datetime
    enrolled_members: int
    completed_members: int


class GroupCourses(msgspec.Struct, frozen=True, kw_only=True):
    """The courses of a group."""

    courses: list[GroupCourseCard]
