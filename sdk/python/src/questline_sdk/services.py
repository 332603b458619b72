"""Services: Protocols that core or plugins implement and that any plugin may ask its context for."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

import msgspec

from questline_sdk.context import Context


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """Registers an implementation: `factory(ctx)` is called at each `ctx.service(protocol)`."""

    protocol: type
    factory: Callable[[Context], Any]


class UserCard(msgspec.Struct, frozen=True, kw_only=True):
    """What others may see of a user."""

    id: UUID
    display_name: str
    avatar_url: str | None = None


class UserDirectory(Protocol):
    """Names and pictures of users (provided by core)."""

    async def cards(self, user_ids: Iterable[UUID]) -> Mapping[UUID, UserCard]:
        """The cards of those of these users that exist, in one statement."""
        ...

    async def time_zone(self, user_id: UUID) -> str:
        """A user's IANA time zone; `UTC` for an unknown user."""
        ...


class Enrolments(Protocol):
    """Who takes which course (provided by core)."""

    async def is_enrolled(self, user_id: UUID, course_id: UUID) -> bool:
        """Say whether the user is enrolled in the course now."""
        ...
