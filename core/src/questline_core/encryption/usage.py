"""What the keys of the ring are needed for, so that an old one is removed only when nothing needs it."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from questline_core.encryption.ring import KeyRing, ring_key_of
from questline_sdk.db.sealed import SealedError

DATA_KEYS = text("SELECT ring_key, count(*) AS number FROM core.data_key GROUP BY 1")
SIGNING_KEYS = text("SELECT sealed FROM core.signing_key")
INTERRUPTED = text("SELECT min(started_at) FROM core.key_rotation WHERE finished_at IS NULL")


class RingKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key of the ring, or one that is missing from it.

    `state`: wraps (the active one), needed, unused (it may be removed), missing (what it wraps cannot be opened).
    """

    id: str
    state: str
    data_keys: int
    signing_keys: int


class RingUsage(msgspec.Struct, frozen=True, kw_only=True):
    """Every key, and since when a rotation waits to be finished."""

    keys: list[RingKey]
    interrupted: dt.datetime | None = None

    @property
    def missing(self) -> list[str]:
        """The ids of keys that are needed and not in the ring."""
        return [key.id for key in self.keys if key.state == "missing"]

    @property
    def unused(self) -> list[str]:
        """The ids of keys that may be removed from the ring."""
        return [key.id for key in self.keys if key.state == "unused"]


async def ring_usage(places: Sequence[tuple[AsyncEngine, Sequence[UUID]]], ring: KeyRing) -> RingUsage:
    """Count what each key wraps.

    Args:
        places: Databases, and the tenants that live there.
        ring: The keys of this process.
    """
    data: Counter[str] = Counter()
    signing: Counter[str] = Counter()
    interrupted: list[dt.datetime] = []
    for engine, tenants in places:
        async with engine.connect() as connection:
            for row in await connection.execute(SIGNING_KEYS):
                signing[_wrapper(bytes(row.sealed))] += 1
            since = await connection.scalar(INTERRUPTED)
            interrupted += [since] if since else []
            for tenant_id in tenants:
                await connection.execute(text(f"SET LOCAL questline.tenant_id = '{tenant_id!s}'"))
                data.update({row.ring_key: row.number for row in await connection.execute(DATA_KEYS)})
    names = list(dict.fromkeys([*ring.ids, *data, *(name for name in signing if name)]))
    keys = [
        RingKey(id=name, state=_state(name, ring, data, signing), data_keys=data[name], signing_keys=signing[name])
        for name in names
    ]
    return RingUsage(keys=keys, interrupted=min(interrupted, default=None))


def _state(name: str, ring: KeyRing, data: "Counter[str]", signing: "Counter[str]") -> str:
    if name not in ring.ids:
        return "missing"
    if name == ring.active:
        return "wraps"
    return "needed" if data[name] or signing[name] else "unused"


def _wrapper(sealed: bytes) -> str:
    try:
        return ring_key_of(sealed)
    except SealedError:
        return ""  # sealed before there was a ring
