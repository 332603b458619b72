"""Accounts, their sessions and the refresh tokens of each session."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import Created, Sealed, TenantMixin, keep_for, not_personal, personal

ACCOUNT = personal(category="identity", purpose="says who the user is, to them and to others")
REACHED = personal(category="contact", purpose="signs the user in, and reaches them")
CHOSEN = personal(category="profile", purpose="shows pages the way the user wants them")
SEEN = personal(category="activity", purpose="shows when the account was made and used")
DEVICE = personal(category="technical", purpose="lets the user recognise where they are signed in")
SECRET = not_personal("proves who somebody is and must never be handed out")


class User(TenantMixin, Base):
    """A person's account in one tenant; the e-mail address is kept in lower case and unique there."""

    __tablename__ = "user_account"

    email: Mapped[str] = mapped_column(info=REACHED)
    display_name: Mapped[str] = mapped_column(info=ACCOUNT)
    password_hash: Mapped[str | None] = mapped_column(info=SECRET)
    role: Mapped[str] = mapped_column(info=ACCOUNT)
    locale: Mapped[str] = mapped_column(server_default="en", info=CHOSEN)
    time_zone: Mapped[str] = mapped_column(server_default="UTC", info=CHOSEN)
    avatar_url: Mapped[str | None] = mapped_column(info=ACCOUNT)
    status: Mapped[str] = mapped_column(server_default="active", info=ACCOUNT)
    created_at: Mapped[Created] = mapped_column(info=SEEN)
    last_seen_at: Mapped[dt.datetime | None] = mapped_column(info=SEEN)
    email_verified_at: Mapped[dt.datetime | None] = mapped_column(info=REACHED)
    given_name: Mapped[str | None] = mapped_column(info=ACCOUNT)
    family_name: Mapped[str | None] = mapped_column(info=ACCOUNT)
    external_id: Mapped[str | None] = mapped_column(info=ACCOUNT)
    """What another system, from which people are imported, calls this person."""


class AuthSession(TenantMixin, Base):
    """One signed-in browser: the family of all refresh tokens that follow from one log-in."""

    __tablename__ = "auth_session"
    __table_args__ = {"info": keep_for(90, after="expires_at")}

    user_id: Mapped[UUID]
    created_at: Mapped[dt.datetime] = mapped_column(info=DEVICE)
    last_used_at: Mapped[dt.datetime] = mapped_column(info=DEVICE)
    expires_at: Mapped[dt.datetime] = mapped_column(info=DEVICE)
    revoked_at: Mapped[dt.datetime | None] = mapped_column(info=DEVICE)
    revoke_reason: Mapped[str | None] = mapped_column(info=DEVICE)
    user_agent: Mapped[str | None] = mapped_column(info=DEVICE)
    address: Mapped[str | None] = mapped_column(info=DEVICE)
    authenticated_at: Mapped[dt.datetime | None]
    """When the user last proved who they are in this session."""
    second_factor_at: Mapped[dt.datetime | None]
    """When they gave a second factor; None for a session without one."""
    second_factor_by: Mapped[str | None] = mapped_column(info=DEVICE)
    """The provider whose second factor was trusted in place of one of ours."""
    impersonator_id: Mapped[UUID | None]
    """Who opened the session for the user, where it was somebody else."""
    impersonation_reason: Mapped[str | None] = mapped_column(info=DEVICE)


class RefreshToken(TenantMixin, Base):
    """A refresh token of a session, known by its SHA-256 only; `used_at` is set once it may not be used again."""

    __tablename__ = "refresh_token"

    session_id: Mapped[UUID]
    token_hash: Mapped[bytes] = mapped_column(info=SECRET)
    issued_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]


class AccountToken(TenantMixin, Base):
    """A link that was mailed: good once and until it expires, known by its SHA-256 only.

    `kind`: sign_up (an account that does not exist yet), invitation, verify_email, password_reset, welcome (the first
    password of an account that somebody else made), email_change, parent (who is asked about a child), or spent (a
    ticket that must not be used twice).
    """

    __tablename__ = "account_token"

    kind: Mapped[str] = mapped_column(info=REACHED)
    token_hash: Mapped[bytes] = mapped_column(info=SECRET)
    user_id: Mapped[UUID | None]
    email: Mapped[str | None] = mapped_column(info=REACHED)
    data: Mapped[dict[str, Any]] = mapped_column(info=REACHED)
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]


class Totp(TenantMixin, Base):
    """A user's authenticator app (RFC 6238): its sealed secret, and the last time step that was used."""

    __tablename__ = "totp"

    user_id: Mapped[UUID]
    secret: Mapped[str] = mapped_column(Sealed(), info=SECRET)
    created_at: Mapped[dt.datetime]
    confirmed_at: Mapped[dt.datetime | None]
    last_step: Mapped[int] = mapped_column(BigInteger, server_default="0")


class RecoveryCode(TenantMixin, Base):
    """A code for the day the second factor is lost; good once."""

    __tablename__ = "recovery_code"

    user_id: Mapped[UUID]
    code_hash: Mapped[bytes] = mapped_column(info=SECRET)
    used_at: Mapped[dt.datetime | None]


class Passkey(TenantMixin, Base):
    """A public key that a user's device or password manager signs with (WebAuthn)."""

    __tablename__ = "passkey"

    user_id: Mapped[UUID]
    credential_id: Mapped[bytes] = mapped_column(info=SECRET)
    public_key: Mapped[bytes] = mapped_column(info=SECRET)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    transports: Mapped[list[str]] = mapped_column(info=DEVICE)
    backed_up: Mapped[bool] = mapped_column(info=DEVICE)
    name: Mapped[str] = mapped_column(info=DEVICE)
    created_at: Mapped[dt.datetime]
    last_used_at: Mapped[dt.datetime | None]


class RememberedDevice(TenantMixin, Base):
    """A browser that need not give the second factor for a while."""

    __tablename__ = "remembered_device"

    user_id: Mapped[UUID]
    token_hash: Mapped[bytes] = mapped_column(info=SECRET)
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]


class SigningKey(Base):
    """A key that signs access tokens, wrapped by the key ring; the same for every tenant."""

    __tablename__ = "signing_key"

    id: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]
    created_at: Mapped[Created]
    active_from: Mapped[dt.datetime]
