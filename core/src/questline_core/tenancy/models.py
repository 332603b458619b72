"""The directory of tenants, and what belongs to a tenant as a whole: domains, usage, files, tasks."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import Created, TenantMixin, not_personal
from questline_sdk.db.base import TENANT


class Tenant(Base):
    """An organisation with its own people, courses, plugins and look.

    `shard` counts in the main database only; `read_only` says of each database whether the tenant's rows there may be
    changed: not while it is moved, and not where it has moved away from.
    """

    __tablename__ = "tenant"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    slug: Mapped[str]
    name: Mapped[str]
    host: Mapped[str | None]
    sign_up: Mapped[str] = mapped_column(server_default="open")
    theme: Mapped[str] = mapped_column(server_default="aurora")
    sign_in: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    edge: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    state: Mapped[str] = mapped_column(server_default="active")
    state_reason: Mapped[str | None]
    state_since: Mapped[dt.datetime | None]
    delete_at: Mapped[dt.datetime | None]
    limits: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    shard: Mapped[str | None]
    read_only: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[Created]


class Domain(Base):
    """A host name that a tenant has proven to hold; read before a tenant is known, like the directory."""

    __tablename__ = "domain"

    host: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[UUID]
    is_primary: Mapped[bool] = mapped_column(server_default=text("false"))
    redirects: Mapped[bool] = mapped_column(server_default=text("false"))
    verified_at: Mapped[dt.datetime]


class DomainClaim(Base):
    """A host name that a tenant says it holds, until the proof is found."""

    __tablename__ = "domain_claim"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    host: Mapped[str] = mapped_column(primary_key=True, info=not_personal("a host name of the organisation"))
    created_at: Mapped[dt.datetime]
    checked_at: Mapped[dt.datetime | None]
    answer: Mapped[str | None] = mapped_column(info=not_personal("what the last look-up of the proof found"))


class TenantUsage(Base):
    """How much of something a tenant uses. The database counts users and files itself."""

    __tablename__ = "tenant_usage"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    what: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int]


class Blob(Base):
    """A file of the tenant in the store, counted against its storage."""

    __tablename__ = "blob"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    name: Mapped[str] = mapped_column(primary_key=True, info=not_personal("the hash of a file's bytes"))
    size: Mapped[int]
    created_at: Mapped[dt.datetime]


class TenantTask(TenantMixin, Base):
    """Work on a tenant as a whole: its export, its deletion."""

    __tablename__ = "tenant_task"

    kind: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="waiting")
    step: Mapped[str | None] = mapped_column(info=not_personal("the table that is worked on"))
    done: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int | None]
    result: Mapped[dict[str, Any]] = mapped_column(
        server_default=text("'{}'"), info=not_personal("counts by table and a file's name")
    )
    error: Mapped[str | None] = mapped_column(info=not_personal("why the work stopped"))
    created_at: Mapped[dt.datetime]
    created_by: Mapped[UUID | None]
    finished_at: Mapped[dt.datetime | None]
