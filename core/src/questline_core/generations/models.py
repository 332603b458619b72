"""The tables of generations. They belong to the installation, not to a tenant; the app's role may only read them."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import Created

BASE = 0
"""The generation that adds nothing to the base environment; it has no row."""


class Generation(Base):
    """A set of wheels with their third-party dependencies; never changed once it is built."""

    __tablename__ = "generation"

    number: Mapped[int] = mapped_column(primary_key=True)
    parent: Mapped[int | None]
    plan: Mapped[list[Any]]
    hidden: Mapped[list[str]]
    heads: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    state: Mapped[str]
    created_at: Mapped[Created]
    reason: Mapped[str | None]


class Wheel(Base):
    """A wheel's bytes, so that every node can build a generation without a shared disk."""

    __tablename__ = "wheel"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    filename: Mapped[str]
    content: Mapped[bytes]


class Wanted(Base):
    """The one row that says which generation every node is to run."""

    __tablename__ = "wanted"

    id: Mapped[bool] = mapped_column(primary_key=True, server_default=text("true"))
    generation: Mapped[int]
    changed_at: Mapped[dt.datetime] = mapped_column(server_default=text("now()"))


class PluginOperation(Base):
    """The journal: a change of the installed plugins, and the step it is in."""

    __tablename__ = "plugin_operation"

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text("uuidv7()"))
    kind: Mapped[str]
    step: Mapped[str]
    arguments: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    heads_before: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    generation_before: Mapped[int]
    generation: Mapped[int | None]
    started_at: Mapped[Created]
    host: Mapped[str]
    pid: Mapped[int]
    finished_at: Mapped[dt.datetime | None]
    outcome: Mapped[str | None]
    log_path: Mapped[str | None]


class Node(Base):
    """A running server or worker, and the generation it runs."""

    __tablename__ = "node"

    id: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    generation: Mapped[int]
    state: Mapped[str]
    reason: Mapped[str | None]
    seen_at: Mapped[dt.datetime] = mapped_column(server_default=text("now()"))
