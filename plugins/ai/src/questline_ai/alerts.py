"""Who runs the tenant's AI is told when a budget has passed 50, 80 or 100 %: by mail, and in open browsers."""

from decimal import Decimal
from typing import Any

import msgspec

from questline_ai.events import BudgetReached
from questline_ai.permissions import MANAGE
from questline_sdk import Context, Event, handles
from questline_sdk.mail import Mails, MailWords

TOPIC = "ai.budget.reached"
MILLION = 1_000_000
FULL = 100
USED = {
    "en": MailWords(
        subject="{{ percent }} % of an AI budget is used",
        paragraphs=(
            "Of this month's AI budget for {{ scope }}, {{ spent }} of {{ limit }} {{ currency }} is spent.",
            "When it is used up, AI answers nobody for whom it counts, until next month or until you change it.",
        ),
        button="See the budgets",
    ),
    "de": MailWords(
        subject="{{ percent }} % eines KI-Budgets sind verbraucht",
        paragraphs=(
            "Vom KI-Budget des Monats für {{ scope_de }} sind {{ spent }} von {{ limit }} {{ currency }} verbraucht.",
            "Ist es aufgebraucht, antwortet die KI niemandem mehr, für den es zählt.",
            "Das gilt bis zum nächsten Monat oder bis Sie das Budget ändern.",
        ),
        button="Budgets ansehen",
    ),
}
USED_UP = {
    "en": MailWords(
        subject="An AI budget is used up",
        paragraphs=(
            "This month's AI budget for {{ scope }} is used up: {{ spent }} of {{ limit }} {{ currency }}.",
            "AI answers nobody for whom it counts, until next month or until you change it.",
        ),
        button="See the budgets",
    ),
    "de": MailWords(
        subject="Ein KI-Budget ist aufgebraucht",
        paragraphs=(
            "Das KI-Budget des Monats für {{ scope_de }} ist verbraucht ({{ spent }} von {{ limit }} {{ currency }}).",
            "Die KI antwortet niemandem mehr, für den es zählt, bis zum nächsten Monat oder bis Sie es ändern.",
        ),
        button="Budgets ansehen",
    ),
}
SCOPES = {
    "tenant": ("the whole site", "die ganze Seite"),
    "course": ("a course", "einen Kurs"),
    "user": ("a person", "eine Person"),
    "each_user": ("each person, by one of them", "jede Person, durch eine davon"),
}


class BudgetNotice(msgspec.Struct, frozen=True, kw_only=True):
    """What open browsers are told."""

    percent: int
    scope: str
    spent_micros: int
    limit_micros: int
    currency: str


@handles(BudgetReached, name="tell")
async def tell(ctx: Context, event: Event[Any]) -> None:
    """Mail to those who may change budgets, and show it to them."""
    data: BudgetReached = event.data
    scope, scope_de = SCOPES[data.scope]
    told = await ctx.service(Mails).to_holders(
        MANAGE,
        "ai.budget_reached",
        USED_UP if data.percent >= FULL else USED,
        path="/x/ai/budgets",
        percent=str(data.percent),
        scope=scope,
        scope_de=scope_de,
        spent=_money(data.spent_micros),
        limit=_money(data.limit_micros),
        currency=data.currency,
    )
    fields = {name: getattr(data, name) for name in BudgetNotice.__struct_fields__}
    for user_id in told:
        ctx.send_live(TOPIC, BudgetNotice(**fields), user_id=user_id)


def _money(micros: int) -> str:
    return f"{Decimal(micros) / MILLION:.2f}"
