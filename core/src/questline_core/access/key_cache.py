"""API keys in use: read once, kept in memory until they change, and when each was last used."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from questline_core.access.key_text import KeyText, read_key
from questline_core.access.models import ApiKey
from questline_core.access.standing import Standing, read_standing
from questline_core.auth import throttle
from questline_core.db.engine import Database
from questline_sdk import Unauthenticated

MOST_KNOWN = 10_000
WRITE_SECONDS = 30.0
FAILURES = throttle.Limit(name="api-key", free=20, longest_seconds=900)
"""Keys that are none, per network address. A key that is known already is not counted, and costs no look-up."""
log = structlog.get_logger()


class KeyHolder(msgspec.Struct, frozen=True, kw_only=True):
    """Whose key it is and what it is good for."""

    key_id: UUID
    prefix: str
    tenant_id: UUID
    subject_id: UUID
    standing: Standing
    limit: frozenset[str] | None
    expires_at: dt.datetime | None


class KeyCache:
    """The keys that this process has been shown, by their digest."""

    def __init__(self, database: Database, redis: Any, clock: Callable[[], dt.datetime]) -> None:
        self._database = database
        self._redis = redis
        self._clock = clock
        self._known: dict[bytes, KeyHolder] = {}
        self._used: dict[UUID, tuple[UUID, dt.datetime]] = {}
        self._forgotten = 0

    async def holder(self, text: str, address: str | None) -> KeyHolder:
        """Whose key this is; it counts as used.

        Raises:
            Unauthenticated: It is none of ours, or good no more.
            TooManyRequests: Too many keys that were none came from this address.
        """
        digest = hashlib.sha256(text.encode(errors="surrogateescape")).digest()
        holder = self._known.get(digest)
        if holder is None:
            holder = await self._look_up(text, throttle.network(address))
        now = self._clock()
        if holder.expires_at is not None and holder.expires_at <= now:
            raise Unauthenticated("The API key has expired.", code="key_expired")
        self._used[holder.key_id] = (holder.tenant_id, now)
        return holder

    def forget(self, of: UUID | None = None) -> None:
        """Read again at the next look-up: a key, everything of a subject, or all."""
        self._forgotten += 1
        for digest, holder in list(self._known.items()):
            if of is None or of in (holder.key_id, holder.subject_id):
                del self._known[digest]

    async def write_uses(self) -> None:
        """Write down when each key was last used."""
        used, self._used = self._used, {}
        rows = sorted((tenant.hex, key, at) for key, (tenant, at) in used.items())
        statement = update(ApiKey).where(ApiKey.id == bindparam("key"))
        statement = statement.values(last_used_at=func.greatest(ApiKey.last_used_at, bindparam("at")))
        for tenant, of_tenant in groupby(rows, key=itemgetter(0)):
            async with self._database.session(UUID(tenant)) as session:
                connection = await session.connection()
                await connection.execute(statement, [{"key": key, "at": at} for _, key, at in of_tenant])

    async def run(self) -> None:
        """Write uses down every now and then, and once more at the end."""
        while True:
            try:
                await asyncio.sleep(WRITE_SECONDS)
            finally:
                try:
                    await self.write_uses()
                except (OSError, DBAPIError) as error:
                    log.warning("the last use of API keys was not written", error=str(error).splitlines()[0])

    async def _look_up(self, text: str, address: str | None) -> KeyHolder:
        await throttle.attempt(self._redis, FAILURES, address)
        key = read_key(text)
        if key is None:
            raise Unauthenticated("The API key is not valid.", code="key_invalid")
        forgotten = self._forgotten
        async with self._database.session(key.tenant_id) as session:
            holder = await read_holder(session, key, self._clock())
        await throttle.refund(self._redis, FAILURES, address)
        if forgotten == self._forgotten:  # else what was read may be older than the change
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[key.digest] = holder
        return holder


async def read_holder(session: AsyncSession, key: KeyText, now: dt.datetime) -> KeyHolder:
    """Whose key this is, as the session sees it; raises `Unauthenticated`."""
    row = await session.scalar(select(ApiKey).where(ApiKey.key_hash == key.digest))
    if row is None:
        raise Unauthenticated("The API key is not valid.", code="key_invalid")
    if row.revoked_at is not None:
        raise Unauthenticated("The API key has been revoked.", code="key_revoked")
    if row.expires_at is not None and row.expires_at <= now:
        raise Unauthenticated("The API key has expired.", code="key_expired")
    subject_id = row.user_id or row.service_account_id
    standing = await read_standing(session, subject_id) if subject_id else None
    if subject_id is None or standing is None:
        raise Unauthenticated("Whose key this is may not come in any more.", code="account_suspended")
    return KeyHolder(
        key_id=row.id,
        prefix=row.prefix,
        tenant_id=key.tenant_id,
        subject_id=subject_id,
        standing=standing,
        limit=None if row.permissions is None else frozenset(row.permissions),
        expires_at=row.expires_at,
    )
