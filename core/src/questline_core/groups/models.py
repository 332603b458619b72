"""Groups, who belongs to them, and which courses they are given."""

import datetime as dt
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import TenantMixin, personal
from questline_sdk.db.base import TENANT

BELONGING = personal(
    category="profile", purpose="gives the user the courses of their groups", retention="until they leave the group"
)


class Group(TenantMixin, Base):
    """People put together under a name; a cohort is a group that learns from one day to another."""

    __tablename__ = "user_group"

    slug: Mapped[str]
    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    kind: Mapped[str]
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    external_id: Mapped[str | None]
    """What another system that keeps this group calls it."""
    created_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]


class GroupMember(Base):
    """Somebody belongs to a group; a manager answers for it."""

    __tablename__ = "user_group_member"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    manager: Mapped[bool] = mapped_column(server_default=text("false"), info=BELONGING)
    source: Mapped[str] = mapped_column(server_default="manual", info=BELONGING)
    """Who put them there: `manual`, or the id of the plugin that keeps the membership."""
    added_at: Mapped[dt.datetime] = mapped_column(info=BELONGING)


class GroupCourse(Base):
    """A course that the members of a group are enrolled in."""

    __tablename__ = "user_group_course"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    course_id: Mapped[UUID] = mapped_column(primary_key=True)
    assigned_at: Mapped[dt.datetime]
