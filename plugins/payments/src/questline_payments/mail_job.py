"""Documents are mailed by a job, queued in the transaction that writes them."""

from uuid import UUID

import msgspec

from questline_sdk import Context, Job


class MailDocument(msgspec.Struct, frozen=True, kw_only=True):
    """An invoice or a credit note that is to be mailed."""

    document_id: UUID


async def _mail(ctx: Context, args: MailDocument) -> None:
    from questline_payments import mailing

    await mailing.send(ctx, args.document_id)


MAIL = Job(name="mail_document", function=_mail, args=MailDocument)
