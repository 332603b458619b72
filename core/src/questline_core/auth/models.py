"""Accounts, their sessions and the refresh tokens of each session."""

import datetime as dt
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import Created, TenantMixin


class User(TenantMixin, Base):
    """A person's account in one tenant; the e-mail address is kept in lower case and unique there."""

    __tablename__ = "user_account"

    email: Mapped[str]
    display_name: Mapped[str]
    password_hash: Mapped[str | None]
    role: Mapped[str]
    locale: Mapped[str] = mapped_column(server_default="en")
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    avatar_url: Mapped[str | None]
    status: Mapped[str] = mapped_column(server_default="active")
    created_at: Mapped[Created]
    last_seen_at: Mapped[dt.datetime | None]


class AuthSession(TenantMixin, Base):
    """One signed-in browser: the family of all refresh tokens that follow from one log-in."""

    __tablename__ = "auth_session"

    user_id: Mapped[UUID]
    created_at: Mapped[dt.datetime]
    last_used_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]
    revoke_reason: Mapped[str | None]
    user_agent: Mapped[str | None]
    address: Mapped[str | None]


class RefreshToken(TenantMixin, Base):
    """A refresh token of a session, known by its SHA-256 only; `used_at` is set once it may not be used again."""

    __tablename__ = "refresh_token"

    session_id: Mapped[UUID]
    token_hash: Mapped[bytes]
    issued_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
