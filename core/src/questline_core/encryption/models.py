"""The tenants' data keys, wrapped by the key ring, and the rotations."""

import datetime as dt
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import Created, TenantMixin, not_personal


class DataKey(TenantMixin, Base):
    """A key that seals a tenant's columns. Without it, everything it has sealed is gone."""

    __tablename__ = "data_key"

    ring_key: Mapped[str] = mapped_column(info=not_personal("the id of the ring's key that wraps this one"))
    wrapped: Mapped[bytes] = mapped_column(info=not_personal("a key, itself encrypted"))
    created_at: Mapped[Created]
    active_from: Mapped[Created]


class KeyRotation(Base):
    """A change of every data key; one that has no end was interrupted and is taken up by the next.

    `kind`: rotation, or former (sealing what a version before the key ring has left).
    """

    __tablename__ = "key_rotation"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    kind: Mapped[str] = mapped_column(server_default="rotation")
    started_at: Mapped[Created]
    finished_at: Mapped[dt.datetime | None]
