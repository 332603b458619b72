"""Mails to subscribers whose renewal is not paid."""

from uuid import UUID

import msgspec
from sqlalchemy import select

from questline_payments.models import Order, Subscription
from questline_payments.money import shown
from questline_sdk import Context, Job
from questline_sdk.mail import Mails, MailWords

WORDS = {
    "en": MailWords(
        subject="Your subscription at {{ site }} waits to be paid",
        paragraphs=(
            "The next period of {{ title }} costs {{ amount }} and is not paid yet.",
            "Pay it on the page of your subscriptions, or your access ends.",
        ),
        button="See my subscriptions",
    ),
    "de": MailWords(
        subject="Dein Abonnement bei {{ site }} ist noch nicht bezahlt",
        paragraphs=(
            "Der nächste Zeitraum von {{ title }} kostet {{ amount }} und ist noch nicht bezahlt.",
            "Bezahle ihn auf der Seite deiner Abonnements, sonst endet dein Zugang.",
        ),
        button="Meine Abonnements",
    ),
}


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription whose renewal is not paid."""

    subscription_id: UUID


async def send(ctx: Context, args: Due) -> None:
    """Tell the buyer, unless it is paid by now."""
    statement = (
        select(Subscription, Order)
        .join(Order, Order.id == Subscription.renewal_order_id)
        .where(Subscription.id == args.subscription_id, Subscription.state == "past_due")
    )
    row = (await ctx.session.execute(statement)).one_or_none()
    if row is None:
        return
    found, order = row
    user_id = found.user_id
    if user_id is None:
        return
    await ctx.service(Mails).to_user(
        user_id,
        "payments.renewal",
        WORDS,
        path="/x/payments/subscriptions",
        title=found.title,
        amount=shown(order.total, order.currency),
    )


MAIL_DUE = Job(name="mail_renewal", function=send, args=Due)
