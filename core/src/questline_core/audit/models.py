"""The audit log's table. The database fills in `number`, `previous` and `hash`."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, FetchedValue, text
from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_sdk.db import not_personal, personal
from questline_sdk.db.base import TENANT

KEPT = "as long as the tenant keeps its log; once the account is erased, under an id that leads to nobody"
DEED = personal(category="activity", purpose="proves who changed what", retention=KEPT)
FROM = personal(category="technical", purpose="shows where a change came from", retention=KEPT)
OF_THE_LOG = not_personal("chains the entries")


class AuditStream(Base):
    """How far a tenant's log has been sent to the SIEM."""

    __tablename__ = "audit_stream"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    number: Mapped[int] = mapped_column(BigInteger)
    sent_at: Mapped[dt.datetime]


class AuditEntry(Base):
    """One audited change."""

    __tablename__ = "audit_entry"

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True, server_default=text(TENANT))
    number: Mapped[int] = mapped_column(primary_key=True, server_default=FetchedValue())
    at: Mapped[dt.datetime] = mapped_column(info=DEED)
    actor_id: Mapped[UUID | None]
    on_behalf_of: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(info=DEED)
    subject_type: Mapped[str] = mapped_column(info=DEED)
    subject_id: Mapped[str | None] = mapped_column(info=DEED)
    details: Mapped[dict[str, Any]] = mapped_column(info=DEED)
    address: Mapped[str | None] = mapped_column(info=FROM)
    request_id: Mapped[str | None] = mapped_column(info=FROM)
    previous: Mapped[bytes] = mapped_column(server_default=FetchedValue(), info=OF_THE_LOG)
    hash: Mapped[bytes] = mapped_column(server_default=FetchedValue(), info=OF_THE_LOG)
