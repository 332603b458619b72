"""Requests of people about their data, holds on them, consents and choices."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import TenantMixin, not_personal, personal
from questline_sdk.db.base import TENANT

ASKED = personal(
    category="activity",
    purpose="shows what the person asked for and what became of it",
    retention="until the account is erased; of an erasure the proof stays, without who it was",
)
AGREED = personal(category="activity", purpose="proves what the person agreed to, and when")
CHOSEN = personal(category="profile", purpose="keeps what the person chose")
PARENT = personal(category="contact", purpose="asks a parent whether their child may use the site")
OF_THE_WORK = not_personal("says how far the host's own work is")
OF_THE_TENANT = not_personal("is written by the tenant, for everybody")
DUTY = not_personal("is the tenant's note of a duty of its own, which must not warn who it is about")


class PrivacyRequest(TenantMixin, Base):
    """An export or an erasure; of a finished erasure the person's id is gone and the report stays."""

    __tablename__ = "privacy_request"

    kind: Mapped[str] = mapped_column(info=ASKED)
    state: Mapped[str] = mapped_column(info=ASKED)
    user_id: Mapped[UUID | None]
    requested_by: Mapped[UUID | None]
    requested_at: Mapped[dt.datetime] = mapped_column(info=ASKED)
    due_at: Mapped[dt.datetime] = mapped_column(info=ASKED)
    started_at: Mapped[dt.datetime | None] = mapped_column(info=ASKED)
    finished_at: Mapped[dt.datetime | None] = mapped_column(info=ASKED)
    expires_at: Mapped[dt.datetime | None] = mapped_column(info=ASKED)
    step: Mapped[str | None] = mapped_column(info=OF_THE_WORK)
    done: Mapped[int] = mapped_column(server_default="0", info=OF_THE_WORK)
    total: Mapped[int] = mapped_column(server_default="0", info=OF_THE_WORK)
    archive: Mapped[str | None] = mapped_column(info=OF_THE_WORK)
    archive_bytes: Mapped[int | None] = mapped_column(BigInteger, info=OF_THE_WORK)
    archive_sha256: Mapped[str | None] = mapped_column(info=OF_THE_WORK)
    left_over: Mapped[dict[str, Any]] = mapped_column(server_default="{}", info=OF_THE_WORK)
    report: Mapped[dict[str, Any] | None] = mapped_column(info=not_personal("counts rows and names nobody"))
    problem: Mapped[str | None] = mapped_column(info=OF_THE_WORK)


class LegalHold(TenantMixin, Base):
    """A duty to keep a person's data; as long as one is not lifted, the person is not erased."""

    __tablename__ = "legal_hold"

    user_id: Mapped[UUID]
    reason: Mapped[str] = mapped_column(info=DUTY)
    set_by: Mapped[UUID | None]
    set_at: Mapped[dt.datetime]
    lifted_by: Mapped[UUID | None]
    lifted_at: Mapped[dt.datetime | None]
    lift_reason: Mapped[str | None] = mapped_column(info=DUTY)


class ConsentDocument(TenantMixin, Base):
    """One version of what people are asked to agree to: title and Markdown by language; a draft until published."""

    __tablename__ = "consent_document"

    kind: Mapped[str]
    version: Mapped[int]
    required: Mapped[bool]
    renews: Mapped[bool] = mapped_column(server_default=text("true"))
    """Whether who agreed to the version before is asked again."""
    texts: Mapped[dict[str, Any]] = mapped_column(info=OF_THE_TENANT)
    published_at: Mapped[dt.datetime | None]
    retired_at: Mapped[dt.datetime | None]
    changed_at: Mapped[dt.datetime]
    changed_by: Mapped[UUID | None]


class Consent(TenantMixin, Base):
    """What a person said to one version of a document; the newest word counts, the former ones are the history."""

    __tablename__ = "consent"

    user_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(info=AGREED)
    version: Mapped[int] = mapped_column(info=AGREED)
    given: Mapped[bool] = mapped_column(info=AGREED)
    at: Mapped[dt.datetime] = mapped_column(info=AGREED)
    source: Mapped[str] = mapped_column(info=AGREED)
    language: Mapped[str] = mapped_column(info=AGREED)


class PrivacyChoice(Base):
    """What a person, or a parent of theirs, chose about their data."""

    __tablename__ = "privacy_choice"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    do_not_sell: Mapped[bool] = mapped_column(server_default=text("false"), info=CHOSEN)
    do_not_sell_source: Mapped[str | None] = mapped_column(info=CHOSEN)
    do_not_sell_at: Mapped[dt.datetime | None] = mapped_column(info=CHOSEN)
    parental_consent: Mapped[bool] = mapped_column(server_default=text("false"), info=CHOSEN)
    parental_consent_at: Mapped[dt.datetime | None] = mapped_column(info=CHOSEN)
    parental_consent_by: Mapped[UUID | None]
    parent_email: Mapped[str | None] = mapped_column(info=PARENT)
    parent_asked_at: Mapped[dt.datetime | None] = mapped_column(info=CHOSEN)
    parent_answer: Mapped[str | None] = mapped_column(info=CHOSEN)
    """`agreed` or `refused` where the parent has answered by mail, and nobody has noted anything else since."""


class PrivacySettings(Base):
    """What a tenant decided about privacy; a tenant without a row has the defaults."""

    __tablename__ = "privacy_settings"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    grace_days: Mapped[int]
    archive_days: Mapped[int]
    minors: Mapped[bool]
    parental_consent_needed: Mapped[bool]
    retention: Mapped[dict[str, Any]]
    contact: Mapped[str] = mapped_column(info=OF_THE_TENANT)
    changed_at: Mapped[dt.datetime]
    changed_by: Mapped[UUID | None]
