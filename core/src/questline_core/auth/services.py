"""The services core itself provides to plugins."""

import hmac
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from sqlalchemy import Uuid, bindparam, exists, select
from sqlalchemy.dialects.postgresql import ARRAY

from questline_core.auth.models import User
from questline_core.content.models import Enrolment
from questline_core.privacy.choices import hides_names
from questline_sdk import Context
from questline_sdk.privacy import pseudonym
from questline_sdk.services import Enrolments, Service, UserCard, UserDirectory

if TYPE_CHECKING:
    from questline_core.context import HostContext

TIME_ZONES = select(User.id, User.time_zone).where(User.id == bindparam("ids", type_=ARRAY(Uuid())).any_())


class Directory:
    """Names and pictures of users."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def cards(self, user_ids: Iterable[UUID]) -> Mapping[UUID, UserCard]:
        """The cards of those of these users that exist."""
        statement = select(User.id, User.display_name, User.avatar_url).where(User.id.in_(list(user_ids)))
        rows = (await self._ctx.session.execute(statement)).all()
        shown = await hides_names(self._ctx)
        return {row.id: self._card(row, hidden=shown is not None and row.id != shown) for row in rows}

    def _card(self, row: Any, *, hidden: bool) -> UserCard:
        made_up = pseudonym(self._alias(row.id))
        return UserCard(
            id=row.id,
            display_name=made_up if hidden else row.display_name,
            avatar_url=None if hidden else row.avatar_url,
            hidden=hidden,
            pseudonym=made_up,
        )

    def _alias(self, user_id: UUID) -> UUID:
        """What stands for a user where nobody may find out who it is, for which it takes the site's secret."""
        ctx = cast("HostContext", self._ctx)
        secret = ctx.host.settings.require("secret_key").encode()
        said = b"questline pseudonym" + ctx.tenant_id.bytes + user_id.bytes
        return UUID(bytes=hmac.digest(secret, said, "sha256")[:16])

    async def time_zone(self, user_id: UUID) -> str:
        """A user's IANA time zone; `UTC` for an unknown user."""
        zone = await self._ctx.session.scalar(select(User.time_zone).where(User.id == user_id))
        return zone or "UTC"

    async def time_zones(self, user_ids: Iterable[UUID]) -> Mapping[UUID, str]:
        """The IANA time zones of those of these users that exist, in one statement."""
        rows = await self._ctx.session.execute(TIME_ZONES, {"ids": list(user_ids)})
        return {row.id: row.time_zone for row in rows}


class EnrolmentBook:
    """Who takes which course."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def is_enrolled(self, user_id: UUID, course_id: UUID) -> bool:
        """Say whether the user is enrolled in the course now."""
        statement = select(exists().where(Enrolment.user_id == user_id, Enrolment.course_id == course_id))
        return bool(await self._ctx.session.scalar(statement))

    async def enrol(self, user_id: UUID, course_id: UUID) -> None:
        """Enrol a user, where no plugin refuses."""
        from questline_core.content.service import enrol

        ctx = cast("HostContext", self._ctx)
        await enrol(ctx, ctx.host, user_id, course_id)

    async def unenrol(self, user_id: UUID, course_id: UUID) -> None:
        """End an enrolment."""
        from questline_core.content.service import unenrol

        await unenrol(cast("HostContext", self._ctx), user_id, course_id)


CORE_SERVICES = [
    Service(protocol=UserDirectory, factory=Directory),
    Service(protocol=Enrolments, factory=EnrolmentBook),
]
