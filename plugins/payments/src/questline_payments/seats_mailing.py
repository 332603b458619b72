"""The mail that brings somebody a seat."""

from sqlalchemy import select

from questline_payments.seats_models import SeatPool
from questline_sdk import Context
from questline_sdk.mail import Mails, MailWords
from questline_sdk.provisioning import Accounts

PAGE = "/x/payments/redeem"
WORDS = {
    "en": MailWords(
        subject="{{ buyer }} has a seat for you at {{ site }}",
        paragraphs=(
            "{{ buyer }} bought seats for {{ title }}, and one of them is for you.",
            "Log in, or make an account, and accept it within 14 days. The link works once.",
        ),
        button="Accept the seat",
    ),
    "de": MailWords(
        subject="{{ buyer }} hat einen Platz für dich bei {{ site }}",
        paragraphs=(
            "{{ buyer }} hat Plätze für {{ title }} gekauft, und einer davon ist für dich.",
            "Melde dich an oder lege ein Konto an und nimm ihn innerhalb von 14 Tagen an. Der Link gilt einmal.",
        ),
        button="Platz annehmen",
    ),
}


async def invite(ctx: Context, pool: SeatPool, email: str, token: str) -> str | None:
    """Mail a seat's link in the reader's language, or else the buyer's; on a site that sends no mail, return it."""
    people = ctx.service(Accounts).table()
    statement = select(people.c.id, people.c.email, people.c.display_name, people.c.locale)
    rows = {
        row.email: row
        for row in await ctx.session.execute(
            statement.where(people.c.email.in_([email]) | (people.c.id == pool.user_id))
        )
    }
    buyer = next(row for row in rows.values() if row.id == pool.user_id)
    path = f"{PAGE}?code={token}"
    sent = await ctx.service(Mails).to_address(
        email,
        "payments.seat",
        WORDS,
        locale=rows[email].locale if email in rows else buyer.locale,
        path=path,
        buyer=buyer.display_name,
        title=pool.title,
    )
    return None if sent else path
