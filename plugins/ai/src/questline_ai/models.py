"""The tables of AI, in the schema `ai`."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from questline_sdk.db import COLUMN_TYPES, Created, TenantMixin, not_personal, personal, schema_metadata
from questline_sdk.db.base import TENANT

SCHEMA = "ai"
USE = personal(
    category="activity",
    purpose="accounts for what the call cost",
    retention="the link to the person: until the account is erased",
)
TEXTS = personal(
    category="content", purpose="lets admins look into answers", retention="as the tenant sets, 30 days at first"
)
DRAFTED = not_personal("drafted from the course's own text")
OPERATIONAL = not_personal("names a piece of the site's configuration")


class Base(DeclarativeBase):
    """Base of the tables in this schema."""

    metadata = schema_metadata(SCHEMA)
    type_annotation_map = COLUMN_TYPES


class Call(TenantMixin, Base):
    """One model asked once, retries included: reserved before, settled after. Fail-over makes another row."""

    __tablename__ = "call"

    request_id: Mapped[UUID]
    """Shared by the calls that one question needed."""
    user_id: Mapped[UUID | None] = mapped_column(info=USE)
    course_id: Mapped[UUID | None]
    placement: Mapped[str] = mapped_column(info=OPERATIONAL)
    template: Mapped[str] = mapped_column(info=OPERATIONAL)
    template_version: Mapped[str] = mapped_column(info=OPERATIONAL)
    capability: Mapped[str] = mapped_column(info=OPERATIONAL)
    provider: Mapped[str] = mapped_column(info=OPERATIONAL)
    model: Mapped[str] = mapped_column(info=OPERATIONAL)
    sample: Mapped[bool]
    status: Mapped[str]
    """reserved; then settled, failed, cancelled or abandoned; cached never reserves."""
    error: Mapped[str | None] = mapped_column(info=OPERATIONAL)
    currency: Mapped[str] = mapped_column(info=OPERATIONAL)
    price_version: Mapped[str] = mapped_column(info=OPERATIONAL)
    reserved_micros: Mapped[int] = mapped_column(BigInteger)
    cost_micros: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    input_tokens: Mapped[int] = mapped_column(server_default=text("0"))
    output_tokens: Mapped[int] = mapped_column(server_default=text("0"))
    estimated: Mapped[bool] = mapped_column(server_default=text("false"))
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    first_token_ms: Mapped[int | None]
    duration_ms: Mapped[int | None]
    finish: Mapped[str | None] = mapped_column(info=OPERATIONAL)
    reference: Mapped[str | None] = mapped_column(info=OPERATIONAL)
    holds: Mapped[list[Any]] = mapped_column(info=OPERATIONAL)
    """The budgets that it counts in: budget, subject and month of each."""
    prompt_hash: Mapped[str] = mapped_column(info=not_personal("a fingerprint that cannot be read back"))
    prompt: Mapped[str | None] = mapped_column(info=TEXTS)
    answer: Mapped[str | None] = mapped_column(info=TEXTS)
    rating: Mapped[int | None] = mapped_column(info=USE)
    started_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    """When a reservation counts as left behind by a process that ended."""


class Budget(TenantMixin, Base):
    """What may be spent in a month (UTC): by the tenant, in a course, by one user, or by each user."""

    __tablename__ = "budget"

    scope: Mapped[str]
    course_id: Mapped[UUID | None]
    user_id: Mapped[UUID | None] = mapped_column(
        info=personal(category="financial", purpose="limits what the person may spend")
    )
    currency: Mapped[str] = mapped_column(info=OPERATIONAL)
    limit_micros: Mapped[int] = mapped_column(BigInteger)
    enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    created_at: Mapped[Created]


class BudgetMonth(Base):
    """How far a budget is used in a month; `subject_id` is the user where each has their own, else the budget."""

    __tablename__ = "budget_month"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    budget_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    month: Mapped[dt.date] = mapped_column(primary_key=True)
    spent_micros: Mapped[int] = mapped_column(BigInteger)
    reserved_micros: Mapped[int] = mapped_column(BigInteger)
    alerted_percent: Mapped[int] = mapped_column(server_default=text("0"))


class Override(Base):
    """A version of a tenant's own texts for a template; the newest holds, one without texts is the plugin's again."""

    __tablename__ = "override"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    template: Mapped[str] = mapped_column(primary_key=True, info=OPERATIONAL)
    version: Mapped[int] = mapped_column(primary_key=True)
    texts: Mapped[dict[str, Any] | None]
    """`system` and `user`, each by locale."""
    created_by: Mapped[UUID | None]
    created_at: Mapped[dt.datetime]


class Suggestion(TenantMixin, Base):
    """A text that AI drafted from a lesson's own, and what its author made of it."""

    __tablename__ = "suggestion"

    lesson_id: Mapped[UUID]
    course_id: Mapped[UUID]
    block_id: Mapped[str | None] = mapped_column(info=DRAFTED)
    kind: Mapped[str]
    locale: Mapped[str] = mapped_column(info=DRAFTED)
    before: Mapped[str] = mapped_column(info=DRAFTED)
    after: Mapped[str] = mapped_column(info=DRAFTED)
    content: Mapped[dict[str, Any]] = mapped_column(info=DRAFTED)
    source: Mapped[dict[str, Any] | None] = mapped_column(info=DRAFTED)
    """The block and the sentence that support it."""
    flags: Mapped[list[Any]] = mapped_column(info=DRAFTED)
    duplicate_of: Mapped[str | None] = mapped_column(info=DRAFTED)
    call_id: Mapped[UUID]
    cost_micros: Mapped[int] = mapped_column(BigInteger)
    """Its share of what the call cost."""
    currency: Mapped[str] = mapped_column(info=OPERATIONAL)
    provider: Mapped[str] = mapped_column(info=OPERATIONAL)
    model: Mapped[str] = mapped_column(info=OPERATIONAL)
    sample: Mapped[bool]
    status: Mapped[str]
    """pending; then accepted or rejected."""
    created_by: Mapped[UUID | None]
    created_at: Mapped[dt.datetime]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[dt.datetime | None]


class CachedAnswer(Base):
    """An answer kept by what was asked, with placeholders where personal data stood."""

    __tablename__ = "cached_answer"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    digest: Mapped[str] = mapped_column(primary_key=True, info=not_personal("a fingerprint that cannot be read back"))
    user_id: Mapped[UUID | None] = mapped_column(info=USE)
    answer: Mapped[dict[str, Any]] = mapped_column(info=TEXTS)
    expires_at: Mapped[dt.datetime]
