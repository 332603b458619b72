"""The services core itself provides to plugins."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import exists, select

from questline_core.auth.models import User
from questline_core.content.models import Enrolment
from questline_sdk import Context
from questline_sdk.services import Enrolments, Service, UserCard, UserDirectory


class Directory:
    """Names and pictures of users."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def cards(self, user_ids: Iterable[UUID]) -> Mapping[UUID, UserCard]:
        """The cards of those of these users that exist."""
        statement = select(User.id, User.display_name, User.avatar_url).where(User.id.in_(list(user_ids)))
        rows = (await self._ctx.session.execute(statement)).all()
        return {row.id: UserCard(id=row.id, display_name=row.display_name, avatar_url=row.avatar_url) for row in rows}

    async def time_zone(self, user_id: UUID) -> str:
        """A user's IANA time zone; `UTC` for an unknown user."""
        zone = await self._ctx.session.scalar(select(User.time_zone).where(User.id == user_id))
        return zone or "UTC"


class EnrolmentBook:
    """Who takes which course."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def is_enrolled(self, user_id: UUID, course_id: UUID) -> bool:
        """Say whether the user is enrolled in the course now."""
        statement = select(exists().where(Enrolment.user_id == user_id, Enrolment.course_id == course_id))
        return bool(await self._ctx.session.scalar(statement))


CORE_SERVICES = [
    Service(protocol=UserDirectory, factory=Directory),
    Service(protocol=Enrolments, factory=EnrolmentBook),
]
