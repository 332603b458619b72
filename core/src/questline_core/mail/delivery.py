"""Sending a queued mail, as a job: what may pass is tried again, a mailbox that does not exist is not."""

from uuid import UUID

import structlog
from sqlalchemy import select

from questline_core.context import HostContext
from questline_core.mail.compose import as_message
from questline_core.mail.models import Mail
from questline_core.mail.server import RefusedRecipientError, hand_over
from questline_sdk.db import SealedError

log = structlog.get_logger()
LONGEST_ANSWER = 500


async def send_mail(ctx: HostContext, mail_id: UUID) -> None:
    """Hand a mail to the server and note its answer; a failure that may pass is raised for the worker to try again.

    A crash between the server's answer and the commit sends the mail a second time, with the same Message-ID.
    """
    mail = await ctx.session.scalar(select(Mail).where(Mail.id == mail_id).with_for_update())
    if mail is None or mail.state != "queued":
        return
    server, content = ctx.host.mail_server, mail.content
    if server is None or content is None:
        mail.state = "kept"
        return
    tenant = await ctx.host.tenants.get(ctx.tenant_id)
    sender = ctx.host.settings.mail_from
    try:
        message = as_message(
            content, mail_id=mail.id, recipient=mail.recipient, sender=sender, site=tenant.name, sent_at=mail.created_at
        )
        answer = await hand_over(server, message, mail.recipient, sender=str(message["From"].addresses[0].addr_spec))
    except (RefusedRecipientError, SealedError, ValueError) as error:
        mail.state, mail.answer = "refused", str(error)[:LONGEST_ANSWER]
        log.warning("a mail's recipient was refused", mail=str(mail.id), kind=mail.kind, answer=mail.answer)
    else:
        mail.state, mail.answer = "sent", answer[:LONGEST_ANSWER]
    mail.content, mail.finished_at = None, ctx.host.clock()
