"""`mail`: what the site has written to people, and whether the mail server takes it."""

import datetime as dt
from typing import Annotated
from uuid import UUID

import msgspec
import typer
from aiosmtplib import SMTPException
from sqlalchemy import select

from questline_cli.output import Json, console, fail, show_json, show_rows
from questline_cli.site import Site, opened, run
from questline_core.mail.compose import Content, as_message, write
from questline_core.mail.models import Mail
from questline_core.mail.server import RefusedRecipientError, hand_over
from questline_core.mail.service import SEND_MAIL, SendMail, tenant_look

app = typer.Typer(help="See the site's mails; without a mail server they are kept here.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option(help="The tenant's slug; the only or default one where left out.")]
COLUMNS = ("created_at", "state", "recipient", "kind", "answer", "id")


class MailRow(msgspec.Struct, frozen=True, kw_only=True):
    """A mail without its content."""

    id: UUID
    created_at: dt.datetime
    state: str
    kind: str
    recipient: str
    answer: str | None


class WholeMail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail with what it says; null once it has been sent."""

    mail: MailRow
    subject: str | None
    text: str | None


@app.command("list")
def list_mails(
    tenant: Tenant = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Most mails to show.")] = 50,
    as_json: Json = False,
) -> None:
    """List the newest mails: queued, sent, refused, or kept because no mail server is set."""
    rows = run(_list(tenant, limit))
    show_rows(rows, COLUMNS, as_json=as_json, empty="The site has written no mail in the last 30 days.")


@app.command()
def show(
    mail_id: Annotated[UUID, typer.Argument(help="The mail's id.")], tenant: Tenant = None, as_json: Json = False
) -> None:
    """Show what a mail says that has not been sent, with its link."""
    whole = run(_show(tenant, mail_id))
    if as_json:
        show_json(whole)
    elif whole.text is None:
        console.print(f"This mail is {whole.mail.state}; its content is not kept.")
    else:
        console.print(f"To: {whole.mail.recipient}\nSubject: {whole.subject}\n\n{whole.text}", markup=False)


@app.command()
def send(tenant: Tenant = None, as_json: Json = False) -> None:
    """Queue the kept mails of the last day, now that a mail server is set."""
    count = run(_send(tenant))
    if as_json:
        show_json({"queued": count})
    else:
        console.print(f"{count} queued.")


@app.command("test")
def try_out(address: Annotated[str, typer.Argument(help="Where to send a test to.")], tenant: Tenant = None) -> None:
    """Send a test mail now, and show what the server answers."""
    console.print(f"The server took it: {run(_test(tenant, address))}", markup=False)


async def _list(slug: str | None, limit: int) -> list[MailRow]:
    async with opened() as site, site.host.context((await site.tenant(slug)).id) as ctx:
        rows = await ctx.session.scalars(select(Mail).order_by(Mail.created_at.desc(), Mail.id.desc()).limit(limit))
        return [msgspec.convert(row, MailRow, from_attributes=True) for row in rows]


async def _show(slug: str | None, mail_id: UUID) -> WholeMail:
    async with opened() as site, site.host.context((await site.tenant(slug)).id) as ctx:
        mail = await ctx.session.scalar(select(Mail).where(Mail.id == mail_id))
        if mail is None:
            fail("there is no such mail; `questline mail list` shows them")
        content: Content | None = mail.content
        return WholeMail(
            mail=msgspec.convert(mail, MailRow, from_attributes=True),
            subject=content.subject if content else None,
            text=content.text if content else None,
        )


async def _send(slug: str | None) -> int:
    async with opened() as site:
        if site.host.mail_server is None:
            fail("no mail server is set: QUESTLINE_SMTP_URL=smtp://user:password@host:587")
        async with site.host.context((await site.tenant(slug)).id) as ctx:
            recent = Mail.created_at > ctx.now - dt.timedelta(days=1)
            mails = (
                await ctx.session.scalars(select(Mail).where(Mail.state == "kept", recent).with_for_update())
            ).all()
            for mail in mails:
                mail.state = "queued"
                await ctx.enqueue(SEND_MAIL, SendMail(mail_id=mail.id))
            return len(mails)


async def _test(slug: str | None, address: str) -> str:
    async with opened() as site:
        return await _send_test(site, slug, address)


async def _send_test(site: Site, slug: str | None, address: str) -> str:
    host, tenant = site.host, await site.tenant(slug)
    if host.mail_server is None:
        fail("no mail server is set: QUESTLINE_SMTP_URL=smtp://user:password@host:587")
    look = await tenant_look(host, tenant)
    content = write("test", "en", look, site=tenant.name, name=None, link=None, values={})
    now = host.clock()
    try:
        message = as_message(
            content, mail_id=tenant.id, recipient=address, sender=host.settings.mail_from, site=tenant.name, sent_at=now
        )
        return await hand_over(
            host.mail_server, message, address, sender=message["From"].addresses[0].addr_spec, give_up_after=10
        )
    except (SMTPException, RefusedRecipientError, ValueError, OSError) as error:
        fail(f"{host.mail_server.shown} did not take it: {str(error) or type(error).__name__}")
