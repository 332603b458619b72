"""Services: Protocols that core or plugins implement and that any plugin may ask its context for."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Literal, Protocol
from uuid import UUID

import msgspec
from sqlalchemy import Select

from questline_sdk.context import Context


class Service(msgspec.Struct, frozen=True, kw_only=True):
    """Registers an implementation: `factory(ctx)` is called at each `ctx.service(protocol)`."""

    protocol: type
    factory: Callable[[Context], Any]


class UserCard(msgspec.Struct, frozen=True, kw_only=True):
    """What others may see of a user.

    Args:
        id: The user's id; no answer to a reader may name it where `hidden` is set.
        display_name: The name to show: the user's own, or the made-up one.
        avatar_url: Their picture.
        hidden: The reader must not know who this is (minors' mode), so nothing may link what is shown to the user.
        pseudonym: A made-up name, always the same one, that cannot be worked out from the id.
    """

    id: UUID
    display_name: str
    avatar_url: str | None = None
    hidden: bool = False
    pseudonym: str = ""


class UserDirectory(Protocol):
    """Names and pictures of users (provided by core)."""

    async def cards(self, user_ids: Iterable[UUID]) -> Mapping[UUID, UserCard]:
        """The cards of those of these users that exist, in one statement."""
        ...

    async def time_zone(self, user_id: UUID) -> str:
        """A user's IANA time zone; `UTC` for an unknown user."""
        ...

    async def time_zones(self, user_ids: Iterable[UUID]) -> Mapping[UUID, str]:
        """The IANA time zones of those of these users that exist, in one statement."""
        ...


class Enrolments(Protocol):
    """Who takes which course (provided by core)."""

    async def is_enrolled(self, user_id: UUID, course_id: UUID) -> bool:
        """Say whether the user is enrolled in the course now."""
        ...

    async def enrol(self, user_id: UUID, course_id: UUID) -> None:
        """Enrol a user as if they had done so; the same again changes nothing.

        Raises `NotFound` for a course that is not published, `Conflict` where a plugin refuses (`check_enrolment`).
        """
        ...

    async def unenrol(self, user_id: UUID, course_id: UUID) -> None:
        """End an enrolment; what was completed is kept for a return. Raises `NotFound` for one not enrolled."""
        ...


class OpenAttempt(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt at a quiz or check that has begun and is not submitted.

    Args:
        graded: Whether it counts; a check inside a lesson does not.
        questions: What its items ask, as HTML; never what answers them.
    """

    lesson_id: UUID
    graded: bool
    questions: tuple[str, ...]


class OpenAttempts(Protocol):
    """The attempts that run now, for what must not help with them (provided by the plugin `assessments`)."""

    async def of(self, user_id: UUID, course_id: UUID) -> Sequence[OpenAttempt]:
        """A user's open attempts in a course."""
        ...


class CourseQuestions(Protocol):
    """What a course asks, for what must not ask it again (provided by the plugin `assessments`)."""

    async def of(self, course_id: UUID) -> Sequence[str]:
        """What the items of its quizzes and checks ask, as HTML; never what answers them."""
        ...


class Reach(Protocol):
    """Where the acting user holds a permission, be it in single courses or for single groups (provided by core).

    A route that is good for who holds its permission in some course only says `scoped=True`, and asks this itself.

    Example:
        courses = await ctx.service(Reach).courses("assessments.results.read")
        if courses is not None:
            statement = statement.where(Attempt.course_id.in_(courses))
    """

    async def may(self, permission: str, *, course_id: UUID | None = None, group_id: UUID | None = None) -> bool:
        """Say whether the acting user holds a permission in the tenant, or in this course or over this group."""
        ...

    async def demand(self, permission: str, *, course_id: UUID | None = None, group_id: UUID | None = None) -> None:
        """Raise `Forbidden` unless the acting user holds a permission there."""
        ...

    async def courses(self, permission: str) -> Select[tuple[UUID]] | None:
        """The ids of the courses in which the acting user holds a permission; None for every course.

        The courses of a group are among them where the permission is held over the group.
        """
        ...

    async def people(self, permission: str) -> Select[tuple[UUID]] | None:
        """The ids of the members of groups over which the acting user holds a permission; None for everybody."""
        ...


class LookTokens(msgspec.Struct, frozen=True, kw_only=True):
    """How the tenant's site looks in a colour scheme, for what is no page of it: e-mails and certificates.

    Args:
        scheme: `light` or `dark`.
        site_name: The tenant's name.
        logo_url: Address of its logo, with the site's in front where the settings name it.
        strings: The site's own texts by language and key (`tagline`, `promise`).
        colors: `#rrggbb` by the token's name, for example `primary` and `on-primary`.
        values: Fonts, corners and lines as CSS by the token's path, for example `font.family.body`.
        styles: Ready values of `style` attributes: page, card, heading, text, muted, link, button, rule.
    """

    scheme: Literal["light", "dark"]
    site_name: str
    logo_url: str | None
    strings: Mapping[str, Mapping[str, str]]
    colors: Mapping[str, str]
    values: Mapping[str, str]
    styles: Mapping[str, str]


class SiteLook(Protocol):
    """The tenant's look with its own changes of the theme (provided by core).

    Example:
        look = await ctx.service(SiteLook).tokens("light")
        html = f'<a style="{look.styles["button"]}" href="{link}">Continue</a>'
    """

    async def tokens(self, scheme: Literal["light", "dark"] = "light") -> LookTokens:
        """The look in a scheme; raises `NotFound` where no theme is installed."""
        ...


class Transactions(Protocol):
    """Units of work of their own beside the context's (provided by core).

    For what must be committed before, or hold whatever becomes of, the work it belongs to: a reservation before a
    long call, a record of something that failed.

    Example:
        async with ctx.service(Transactions).begin() as own:
            own.session.add(Reservation(...))
    """

    def begin(self) -> AbstractAsyncContextManager[Context]:
        """A context for the same tenant and actor; its transaction commits at the block's end."""
        ...
