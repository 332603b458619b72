"""What a person, or a parent of theirs, chose about their data."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from questline_core.context import HostContext
from questline_core.observability.context import OPTED_OUT, REQUEST_STATE
from questline_core.privacy.models import PrivacyChoice
from questline_core.privacy.settings import rules_of
from questline_sdk import Context

NOBODY = UUID(int=0)
STAFF = frozenset({"owner", "admin", "instructor", "author"})
"""Built-in roles that see people by their names, and who are no children."""


async def choice_of(ctx: Context, user_id: UUID) -> PrivacyChoice | None:
    """What was chosen; None for nothing."""
    return await ctx.session.scalar(select(PrivacyChoice).where(PrivacyChoice.user_id == user_id))


async def choose_selling(ctx: HostContext, user_id: UUID, *, do_not_sell: bool, source: str) -> None:
    """Keep whether a person's data may be sold; `source` is person, browser or admin."""
    former = await choice_of(ctx, user_id)
    if (former is not None and former.do_not_sell) == do_not_sell:
        return
    values = {"do_not_sell": do_not_sell, "do_not_sell_source": source, "do_not_sell_at": ctx.now}
    await _choose(ctx, user_id, values)
    after = {"do_not_sell": do_not_sell, "source": source}
    await ctx.audit("privacy.selling.chosen", subject=("user", user_id), after=after)


def browser_opted_out() -> bool:
    """Say whether the browser whose request is answered asks by Global Privacy Control that data be not sold."""
    return bool((REQUEST_STATE.get() or {}).get(OPTED_OUT))


async def honour_browser(ctx: HostContext, user_id: UUID) -> None:
    """Keep an opt-out that a person's own browser sends; it then holds wherever nobody's browser is asked, too."""
    if browser_opted_out():
        await choose_selling(ctx, user_id, do_not_sell=True, source="browser")


async def set_parental_consent(ctx: HostContext, user_id: UUID, *, given: bool) -> None:
    """Keep whether a parent has agreed, and who says so."""
    by = ctx.actor.id if ctx.actor else None
    await _choose(
        ctx,
        user_id,
        {
            "parental_consent": given,
            "parental_consent_at": ctx.now,
            "parental_consent_by": by,
            "parent_answer": None,
        },
    )
    await ctx.audit("privacy.parental_consent.set", subject=("user", user_id), after={"given": given})


async def keep_parents_address(ctx: HostContext, user_id: UUID, email: str) -> None:
    """Keep which parent was asked, and when."""
    await _choose(ctx, user_id, {"parent_email": email, "parent_asked_at": ctx.now, "parent_answer": None})


async def keep_parents_answer(ctx: HostContext, user_id: UUID, *, agrees: bool) -> None:
    """Keep what a parent has said by the link of a mail."""
    await _choose(
        ctx,
        user_id,
        {
            "parental_consent": agrees,
            "parental_consent_at": ctx.now,
            "parental_consent_by": None,
            "parent_answer": "agreed" if agrees else "refused",
        },
    )
    after = {"given": agrees, "by": "parent"}
    await ctx.audit("privacy.parental_consent.set", subject=("user", user_id), after=after)


async def needs_parent(ctx: Context, user_id: UUID, role: str) -> bool:
    """Say whether a parent has to agree before the person may do anything."""
    rules = await rules_of(ctx)
    if not (rules.minors and rules.parental_consent_needed) or role in STAFF:
        return False
    choice = await choice_of(ctx, user_id)
    return choice is None or not choice.parental_consent


async def _choose(ctx: HostContext, user_id: UUID, values: dict[str, object]) -> None:
    statement = insert(PrivacyChoice).values({"user_id": user_id, **values})
    await ctx.session.execute(statement.on_conflict_do_update(index_elements=["tenant_id", "user_id"], set_=values))


async def hides_names(ctx: Context) -> UUID | None:
    """In minors' mode, the one person whose own name is shown: the reader; None where names are shown.

    Staff see names. What nobody reads, such as a board that is made for everybody, shows none.
    """
    if not (await rules_of(ctx)).minors:
        return None
    if ctx.actor is None:
        return NOBODY
    return None if ctx.actor.role in STAFF else ctx.actor.id
