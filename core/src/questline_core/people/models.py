"""What people say of themselves in custom fields, and files that people are imported from."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import TenantMixin, not_personal, personal
from questline_sdk.db.base import TENANT

FILE = personal(category="activity", purpose="shows who imported which file", retention="until the import is removed")


class ProfileValue(Base):
    """What a user has in one custom field of their profile."""

    __tablename__ = "profile_value"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(
        primary_key=True, info=personal(category="profile", purpose="says which field the value is for")
    )
    value: Mapped[Any] = mapped_column(
        JSONB, info=personal(category="profile", purpose="is what the plugin's field is for, as its label says")
    )


class UserImport(TenantMixin, Base):
    """A file that people are imported from, and how far that has come; `user_id` is who brought it."""

    __tablename__ = "user_import"

    user_id: Mapped[UUID | None]
    file_name: Mapped[str] = mapped_column(info=FILE)
    digest: Mapped[str] = mapped_column(info=not_personal("a hash of the file, to know it again"))
    content: Mapped[bytes | None] = mapped_column(
        deferred=True, info=not_personal("what others are imported from; removed seven days after the import")
    )
    options: Mapped[dict[str, Any]] = mapped_column(
        info=not_personal("how the file is read, and whether mails are sent")
    )
    state: Mapped[str]
    problem: Mapped[str | None] = mapped_column(info=not_personal("why an import ended early"))
    rows: Mapped[int]
    done: Mapped[int] = mapped_column(server_default="0")
    created: Mapped[int] = mapped_column(server_default="0")
    updated: Mapped[int] = mapped_column(server_default="0")
    unchanged: Mapped[int] = mapped_column(server_default="0")
    refused: Mapped[int] = mapped_column(server_default="0")
    created_at: Mapped[dt.datetime] = mapped_column(info=FILE)
    finished_at: Mapped[dt.datetime | None]


class UserImportProblem(TenantMixin, Base):
    """Why a row of an import was refused, by line and column; never what the row says."""

    __tablename__ = "user_import_problem"

    import_id: Mapped[UUID]
    line: Mapped[int]
    column: Mapped[str] = mapped_column(info=not_personal("the name of a column"))
    code: Mapped[str] = mapped_column(info=not_personal("the kind of problem"))
    message: Mapped[str] = mapped_column(info=not_personal("what is wrong with a cell, without what is in it"))
