"""Custom roles, grants of roles within a scope, service accounts and API keys."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Computed
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import TenantMixin, not_personal, personal

MAY = personal(category="identity", purpose="says what the user may do")
GIVEN = personal(category="activity", purpose="shows since when the user may do it")
USED = personal(category="technical", purpose="lets the user recognise the key and see whether it is in use")
OF_THE_SITE = not_personal("describes a part of the tenant, not a person")


class CustomRole(TenantMixin, Base):
    """A role that a tenant has made: a name for a set of permissions."""

    __tablename__ = "role"

    slug: Mapped[str]
    name: Mapped[str] = mapped_column(info=OF_THE_SITE)
    description: Mapped[str] = mapped_column(server_default="", info=OF_THE_SITE)
    permissions: Mapped[list[str]]
    created_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]


class RoleGrant(TenantMixin, Base):
    """Somebody holds a role beside their own: in the whole tenant, in one course, or over one group.

    `subject_id` and `scope_id` are filled in by the database from the columns that foreign keys stand on.
    """

    __tablename__ = "role_grant"

    user_id: Mapped[UUID | None]
    service_account_id: Mapped[UUID | None]
    subject_id: Mapped[UUID] = mapped_column(Computed("coalesce(user_id, service_account_id)", persisted=True))
    role: Mapped[str] = mapped_column(info=MAY)
    scope: Mapped[str] = mapped_column(info=MAY)
    course_id: Mapped[UUID | None]
    group_id: Mapped[UUID | None]
    scope_id: Mapped[UUID | None] = mapped_column(Computed("coalesce(course_id, group_id)", persisted=True))
    granted_by: Mapped[UUID | None]
    granted_at: Mapped[dt.datetime] = mapped_column(info=GIVEN)


class ServiceAccount(TenantMixin, Base):
    """A program that acts in the tenant under its own name, with what roles grant it."""

    __tablename__ = "service_account"

    name: Mapped[str] = mapped_column(info=OF_THE_SITE)
    description: Mapped[str] = mapped_column(server_default="", info=OF_THE_SITE)
    status: Mapped[str] = mapped_column(server_default="active")
    created_at: Mapped[dt.datetime]
    created_by: Mapped[UUID | None]


class ApiKey(TenantMixin, Base):
    """A key that a person or a service account calls the API with, known by its SHA-256 only."""

    __tablename__ = "api_key"

    user_id: Mapped[UUID | None]
    service_account_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(info=USED)
    prefix: Mapped[str] = mapped_column(info=USED)
    key_hash: Mapped[bytes] = mapped_column(info=not_personal("proves who somebody is and must never be handed out"))
    permissions: Mapped[list[str] | None] = mapped_column(info=MAY)
    """What the key is limited to; None for all that its owner may."""
    created_at: Mapped[dt.datetime] = mapped_column(info=USED)
    created_by: Mapped[UUID | None]
    expires_at: Mapped[dt.datetime | None] = mapped_column(info=USED)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(info=USED)
    last_used_at: Mapped[dt.datetime | None] = mapped_column(info=USED)
    successor_id: Mapped[UUID | None]
