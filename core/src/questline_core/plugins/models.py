"""Which plugins a tenant has on, and its settings for them."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import Sealed, TenantMixin, not_personal
from questline_sdk.db.base import TENANT

SECRETS = not_personal("the values of fields that are declared secret")


class TenantPlugin(Base):
    """A plugin switched on or off for a tenant."""

    __tablename__ = "tenant_plugin"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    plugin_id: Mapped[str] = mapped_column(primary_key=True)
    enabled: Mapped[bool]
    changed_at: Mapped[dt.datetime] = mapped_column(server_default=text("now()"))


class PluginSetting(Base):
    """A tenant's values for a plugin's settings."""

    __tablename__ = "plugin_setting"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    plugin_id: Mapped[str] = mapped_column(primary_key=True)
    values: Mapped[dict[str, Any]]
    secrets: Mapped[dict[str, Any] | None] = mapped_column(Sealed(dict[str, Any]), info=SECRETS)
    changed_at: Mapped[dt.datetime] = mapped_column(server_default=text("now()"))


class PluginCourseSetting(Base):
    """A course's own values for a plugin's settings."""

    __tablename__ = "plugin_course_setting"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    course_id: Mapped[UUID] = mapped_column(primary_key=True)
    plugin_id: Mapped[str] = mapped_column(primary_key=True)
    values: Mapped[dict[str, Any]]
    secrets: Mapped[dict[str, Any] | None] = mapped_column(Sealed(dict[str, Any]), info=SECRETS)
    changed_at: Mapped[dt.datetime] = mapped_column(server_default=text("now()"))


class ParkedJob(TenantMixin, Base):
    """A job that came due while its plugin was off for the tenant; queued again when it is switched on."""

    __tablename__ = "parked_job"

    plugin_id: Mapped[str]
    payload: Mapped[bytes]
    parked_at: Mapped[dt.datetime] = mapped_column(server_default=text("now()"))
