"""The packs a tenant has on, each with what was agreed to when it was switched on."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db.base import TENANT


class TenantPack(Base):
    """A pack that is on. What it grants and presets is copied here, so that a newer wheel changes nothing unasked."""

    __tablename__ = "tenant_pack"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    pack_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    switched: Mapped[list[str]]
    """The plugins that were off and that the pack has switched on."""
    settings: Mapped[dict[str, Any]]
    roles: Mapped[dict[str, Any]]
    theme: Mapped[str | None]
    theme_before: Mapped[str | None]
    enabled_at: Mapped[dt.datetime] = mapped_column(server_default=text("now()"))
