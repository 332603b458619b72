"""Addresses that a tenant wants told of events, and the log of what was sent to them."""

import datetime as dt
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import Sealed, TenantMixin, not_personal
from questline_sdk.db.base import TENANT

NAMED_BY_AN_ADMIN = not_personal("an administrator describes another system with it")
SEALED = not_personal("signs messages; sealed")
OF_THE_RECEIVER = not_personal("what another system answered; removed with the delivery")


class WebhookEndpoint(TenantMixin, Base):
    """An address, the types of the events it is told of (`*` for all), and the secret that signs what it is sent."""

    __tablename__ = "webhook_endpoint"

    url: Mapped[str] = mapped_column(info=NAMED_BY_AN_ADMIN)
    description: Mapped[str] = mapped_column(server_default="", info=NAMED_BY_AN_ADMIN)
    event_types: Mapped[list[str]] = mapped_column(JSONB)
    enabled: Mapped[bool] = mapped_column(server_default="true")
    disabled_reason: Mapped[str | None]
    failing_since: Mapped[dt.datetime | None]
    secret: Mapped[str] = mapped_column(Sealed(), info=SEALED)
    previous_secret: Mapped[str | None] = mapped_column(Sealed(), info=SEALED)
    previous_until: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]


class WebhookDelivery(TenantMixin, Base):
    """One message to one address. What it says is not kept here: it is written anew from its event each time."""

    __tablename__ = "webhook_delivery"

    endpoint_id: Mapped[UUID]
    event_id: Mapped[UUID | None]
    event_type: Mapped[str]
    occurred_at: Mapped[dt.datetime]
    state: Mapped[str] = mapped_column(server_default="pending")
    attempts: Mapped[int] = mapped_column(server_default="0")
    next_at: Mapped[dt.datetime | None]
    finished_at: Mapped[dt.datetime | None]


class WebhookAttempt(Base):
    """One request of a delivery, and its answer or why there was none."""

    __tablename__ = "webhook_attempt"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    delivery_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[dt.datetime]
    milliseconds: Mapped[int]
    status: Mapped[int | None]
    error: Mapped[str | None]
    request_headers: Mapped[dict[str, str]] = mapped_column(JSONB)
    response_headers: Mapped[dict[str, str]] = mapped_column(JSONB, info=OF_THE_RECEIVER)
    response_body: Mapped[str] = mapped_column(server_default="", info=OF_THE_RECEIVER)
