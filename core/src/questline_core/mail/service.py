"""Queueing mails: written and sealed in the transaction that they tell of, sent by a job after its commit."""

import datetime as dt
import zoneinfo
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from sqlalchemy import delete

from questline_core.context import HostContext
from questline_core.mail.compose import Look, look_of, write
from questline_core.mail.models import Mail
from questline_core.mail.texts import MailText, language_of
from questline_core.tenancy.schemas import TenantInfo
from questline_sdk import Job, RetryPolicy
from questline_sdk.mail import MailFile

KEPT_DAYS = 30
"""How long a mail's record stays, and the content of one that was never sent."""


class SendMail(msgspec.Struct, frozen=True, kw_only=True):
    """Which mail to send."""

    mail_id: UUID


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a mail is for."""

    email: str
    user_id: UUID | None = None
    name: str | None = None
    locale: str = "en"


async def _send(ctx: HostContext, args: SendMail) -> None:
    from questline_core.mail.delivery import send_mail

    await send_mail(ctx, args.mail_id)


SEND_MAIL = Job(
    name="send_mail",
    function=_send,
    args=SendMail,
    retry=RetryPolicy(max_attempts=10, initial_delay=5.0, max_delay=3600.0),
)


async def queue_mail(
    ctx: HostContext,
    kind: str,
    reader: Reader,
    *,
    path: str | None = None,
    text: MailText | None = None,
    files: Sequence[MailFile] = (),
    **values: str,
) -> UUID:
    """Write a mail and queue it in this transaction; without a mail server it is kept for the operator to read.

    Args:
        ctx: The unit of work.
        kind: Which mail, a table in the texts.
        reader: Whom it is for.
        path: Where its button leads, from the site's address on, beginning with `/`.
        text: Its words, where they are not in the texts.
        files: What goes with it.
        values: What the words name besides.
    """
    host = ctx.host
    tenant = await host.tenants.get(ctx.tenant_id)
    content = write(
        kind,
        language_of(reader.locale),
        await tenant_look(host, tenant),
        site=tenant.name,
        name=reader.name,
        link=site_address(host.settings, tenant) + path if path else None,
        values=values,
        text=text,
    )
    mail = Mail(
        user_id=reader.user_id,
        kind=kind,
        recipient=reader.email,
        language=language_of(reader.locale),
        state="queued" if host.mail_server else "kept",
        created_at=ctx.now,
        content=msgspec.structs.replace(content, files=files),
    )
    ctx.session.add(mail)
    await ctx.session.flush()
    if host.mail_server:
        await ctx.enqueue(SEND_MAIL, SendMail(mail_id=mail.id))
    return mail.id


async def tenant_look(host: Any, tenant: TenantInfo) -> Look:
    """What mails take from a tenant's theme, its own changes in it."""
    look = await host.looks.of(tenant)
    return look_of(look.tokens if look else {})


async def forget_old_mails(ctx: HostContext) -> None:
    """Remove the records of mails that are past their time."""
    await ctx.session.execute(delete(Mail).where(Mail.created_at < ctx.now - dt.timedelta(days=KEPT_DAYS)))


def site_address(settings: Any, tenant: TenantInfo) -> str:
    """Where a tenant's pages are. Never what a request says of itself: links in mails must not lead elsewhere."""
    base = settings.public_url or f"http://localhost:{settings.port}"
    if tenant.host is None:
        return str(base).rstrip("/")
    parts = urlsplit(base)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{tenant.host}{port}"


def shown_time(moment: dt.datetime, time_zone: str) -> str:
    """A time as mails show it, in the reader's zone."""
    try:
        zone: dt.tzinfo = zoneinfo.ZoneInfo(time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        zone = dt.UTC
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M %Z")
