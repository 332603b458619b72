"""Accounts elsewhere that people sign in with."""

import datetime as dt
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from questline_core.auth.models import REACHED, SECRET, SEEN
from questline_core.db.models import Base
from questline_sdk.db import TenantMixin, not_personal, personal

LINKED = personal(category="identity", purpose="signs the user in with an account they have elsewhere")
CONFIGURED = not_personal("names a provider that the tenant has set up")


class LinkedIdentity(TenantMixin, Base):
    """An account at a provider that signs a user in; known by the provider's own name for it, never by its address."""

    __tablename__ = "external_identity"

    user_id: Mapped[UUID]
    provider: Mapped[str] = mapped_column(info=CONFIGURED)
    issuer: Mapped[str] = mapped_column(info=LINKED)
    subject: Mapped[str] = mapped_column(info=LINKED)
    email: Mapped[str | None] = mapped_column(info=REACHED)
    """The address there, to tell accounts apart; nothing is decided by it."""
    linked_at: Mapped[dt.datetime] = mapped_column(info=SEEN)
    last_used_at: Mapped[dt.datetime] = mapped_column(info=SEEN)


class ProviderAnswer(TenantMixin, Base):
    """What a provider's page posted, sealed, until the browser that began comes for it; good once."""

    __tablename__ = "provider_answer"

    token_hash: Mapped[bytes] = mapped_column(info=SECRET)
    sealed: Mapped[bytes] = mapped_column(info=SECRET)
    expires_at: Mapped[dt.datetime]
