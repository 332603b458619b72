"""Events and what has been delivered of them."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import TenantMixin, personal
from questline_sdk.db.base import TENANT


class EventRecord(TenantMixin, Base):
    """A fact, kept for ever."""

    __tablename__ = "event"

    type: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(
        info=personal(
            category="activity",
            purpose="is what plugins and reports follow from",
            retention="for ever; once the account is erased, under an id that leads to nobody",
        )
    )
    occurred_at: Mapped[dt.datetime] = mapped_column(server_default=text("now()"))


class Delivery(Base):
    """Says that a handler's effects of a message are in the database; written in the same transaction."""

    __tablename__ = "delivery"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    message_id: Mapped[UUID] = mapped_column(primary_key=True)
    handler: Mapped[str] = mapped_column(primary_key=True)
    done_at: Mapped[dt.datetime] = mapped_column(server_default=text("now()"))
