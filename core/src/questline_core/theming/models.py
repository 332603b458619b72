"""What a tenant has changed of its theme."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import not_personal
from questline_sdk.db.base import TENANT

OF_THE_TENANT = not_personal("is how the tenant looks to everybody")


class TenantLook(Base):
    """A tenant's own tokens by theme, its texts by language and its logo; who changed it last, and when."""

    __tablename__ = "tenant_look"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    tokens: Mapped[dict[str, Any]] = mapped_column(info=OF_THE_TENANT)
    strings: Mapped[dict[str, Any]] = mapped_column(info=OF_THE_TENANT)
    logo: Mapped[str | None] = mapped_column(info=OF_THE_TENANT)
    version: Mapped[int]
    changed_at: Mapped[dt.datetime]
    changed_by: Mapped[UUID | None]
