"""The directory of tenants."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import Created


class Tenant(Base):
    """An organisation with its own people, courses, plugins and look."""

    __tablename__ = "tenant"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    slug: Mapped[str]
    name: Mapped[str]
    host: Mapped[str | None]
    sign_up: Mapped[str] = mapped_column(server_default="open")
    theme: Mapped[str] = mapped_column(server_default="aurora")
    created_at: Mapped[Created]
