"""The roles somebody holds. An access token says them; whose have changed since it was issued is looked up instead."""

import time
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import ScalarSelect, Uuid, bindparam, exists, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from questline_core.access.models import RoleGrant, ServiceAccount
from questline_core.auth.models import User
from questline_core.auth.tokens import Claims
from questline_core.db.engine import Database
from questline_sdk.db import hot

SERVICE = "service"
"""What stands for the built-in role of a service account, which has none."""
MARGIN = 60.0
MOST_KNOWN = 10_000
SUBJECT = bindparam("subject_id", type_=Uuid())


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is in the tenant, and which roles they hold beside it."""

    role: str
    """The built-in role of a person; `SERVICE` for a service account."""
    roles: tuple[str, ...] = ()
    """Held in the whole tenant."""
    narrow: tuple[str, ...] = ()
    """Held in single courses or over groups."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What the database says of somebody."""

    own: str | None
    service: bool
    roles: list[str] | None
    narrow: list[str] | None


class Standings:
    """Says which roles count: those in the token, or, where they may be out of date, those in the database.

    A process that has just started, or lost its connection, trusts no token that is older than that.
    """

    def __init__(self, database: Database, *, token_seconds: int) -> None:
        self._database = database
        self._seconds = token_seconds + MARGIN
        self._since = int(time.time())
        self._changed: dict[UUID, float] = {}
        self._known: dict[UUID, Standing | None] = {}
        self._forgotten = 0

    async def of(self, claims: Claims) -> Standing | Claims | None:
        """What somebody is now; None for who is gone or suspended."""
        if claims.iat >= self._since and (not self._changed or claims.sub not in self._changed):
            return claims
        if claims.sub in self._known:
            return self._known[claims.sub]
        forgotten = self._forgotten
        (row,) = await self._database.read(claims.tid, STANDING_NOW, {"subject_id": claims.sub})
        found = _standing(row)
        if forgotten == self._forgotten:  # else what was read may be older than the change
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[claims.sub] = found
        return found

    def changed(self, subject_id: UUID) -> None:
        """Look somebody up from now on, until every token that was issued before has expired."""
        now = time.monotonic()
        self._forgotten += 1
        self._known.pop(subject_id, None)
        self._changed.pop(subject_id, None)
        for known, until in list(self._changed.items()):  # oldest first
            if until > now:
                break
            del self._changed[known]
        self._changed[subject_id] = now + self._seconds

    def restart(self) -> None:
        """Changes may have been missed: trust no token that has been issued until now."""
        self._forgotten += 1
        self._known.clear()
        self._since = int(time.time())


async def read_standing(session: AsyncSession, subject_id: UUID) -> Standing | None:
    """What somebody is, as the session sees it; None for who is gone or suspended."""
    return _standing((await session.execute(STANDING, {"subject_id": subject_id})).one())


def _standing(row: Any) -> Standing | None:
    if row.own is None and not row.service:
        return None
    return Standing(role=row.own or SERVICE, roles=tuple(row.roles or ()), narrow=tuple(row.narrow or ()))


def _held(*, everywhere: bool) -> ScalarSelect[Any]:
    in_tenant = RoleGrant.scope == "tenant"
    roles = func.array_agg(aggregate_order_by(RoleGrant.role.distinct(), RoleGrant.role))
    return (
        select(roles).where(RoleGrant.subject_id == SUBJECT, in_tenant if everywhere else ~in_tenant).scalar_subquery()
    )


STANDING = select(
    select(User.role).where(User.id == SUBJECT, User.status == "active").scalar_subquery().label("own"),
    exists().where(ServiceAccount.id == SUBJECT, ServiceAccount.status == "active").label("service"),
    _held(everywhere=True).label("roles"),
    _held(everywhere=False).label("narrow"),
)
STANDING_NOW = hot(STANDING, Row)
