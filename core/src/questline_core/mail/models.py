"""Mails that the site has written."""

import datetime as dt
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from questline_core.db.models import Base
from questline_core.mail.compose import Content
from questline_sdk.db import Sealed, TenantMixin, keep_for, not_personal, personal

SENT = personal(category="contact", purpose="says which mails were sent to whom, and how it went")


class Mail(TenantMixin, Base):
    """A mail to one person. Its content is sealed, for it may hold a link that opens an account, and goes once sent.

    `state`: queued, sent, refused (the server says that there is no such mailbox) or kept (no server is set).
    """

    __tablename__ = "mail"
    __table_args__ = {"info": keep_for(30, after="created_at")}

    user_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(info=SENT)
    recipient: Mapped[str] = mapped_column(info=SENT)
    language: Mapped[str] = mapped_column(info=SENT)
    content: Mapped[Content | None] = mapped_column(
        Sealed(Content), info=not_personal("sealed for the mail server, and gone once sent")
    )
    state: Mapped[str] = mapped_column(server_default="queued", info=SENT)
    answer: Mapped[str | None] = mapped_column(info=SENT)
    created_at: Mapped[dt.datetime] = mapped_column(info=SENT)
    finished_at: Mapped[dt.datetime | None] = mapped_column(info=SENT)
