"""A user's accounts elsewhere: listed, linked, unlinked."""

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert

from questline_core.auth.accounts import get_user
from questline_core.auth.external.flows import Flow
from questline_core.auth.external.models import LinkedIdentity
from questline_core.auth.external.providers import offered
from questline_core.auth.external.schemas import ConnectedAccount, ConnectedAccounts
from questline_core.auth.models import Passkey, User
from questline_core.auth.recovery import reader_of
from questline_core.context import HostContext
from questline_core.mail.service import queue_mail, shown_time
from questline_core.mail.texts import language_of
from questline_sdk import Conflict, NotFound
from questline_sdk.sign_in import VerifiedIdentity

MOST = 20
CHANGES = {
    "linked": {"en": "an account at {label} was connected", "de": "ein Konto bei {label} wurde verbunden"},
    "unlinked": {"en": "an account at {label} was disconnected", "de": "ein Konto bei {label} wurde getrennt"},
}
"""What a mail calls a change, by language."""


async def accounts_of(ctx: HostContext) -> ConnectedAccounts:
    """The signed-in user's accounts elsewhere, oldest first."""
    options = {each.provider: each for each in await offered(ctx)}
    rows = await ctx.session.scalars(
        select(LinkedIdentity).where(LinkedIdentity.user_id == ctx.user.id).order_by(LinkedIdentity.id)
    )
    accounts = [
        ConnectedAccount(
            id=row.id,
            provider=row.provider,
            label=options[row.provider].label if row.provider in options else None,
            icon=options[row.provider].icon if row.provider in options else "",
            issuer=row.issuer,
            email=row.email,
            linked_at=row.linked_at,
            last_used_at=row.last_used_at,
        )
        for row in rows
    ]
    return ConnectedAccounts(accounts=accounts, offered=list(options.values()))


async def owner_of(ctx: HostContext, flow: Flow, identity: VerifiedIdentity) -> tuple[LinkedIdentity, User] | None:
    """The user whom an account elsewhere signs in, their row locked; None where nobody linked it."""
    linked = await ctx.session.scalar(
        select(LinkedIdentity).where(
            LinkedIdentity.provider == flow.name,
            LinkedIdentity.issuer == identity.issuer,
            LinkedIdentity.subject == identity.subject,
        )
    )
    if linked is None:
        return None
    user = await ctx.session.scalar(select(User).where(User.id == linked.user_id).with_for_update(key_share=True))
    return (linked, user) if user else None


async def link(ctx: HostContext, flow: Flow, identity: VerifiedIdentity, user: User) -> None:
    """Let an account elsewhere sign a user in.

    Raises:
        Conflict: It signs somebody else in already (`identity_taken`), or the user has too many.
    """
    count = select(func.count()).select_from(LinkedIdentity).where(LinkedIdentity.user_id == user.id)
    if int(await ctx.session.scalar(count) or 0) >= MOST:
        raise Conflict(f"You have connected {MOST} accounts already; disconnect one first.", code="too_many_identities")
    values = {
        "user_id": user.id,
        "provider": flow.name,
        "issuer": identity.issuer,
        "subject": identity.subject,
        "email": identity.email,
        "linked_at": ctx.now,
        "last_used_at": ctx.now,
    }
    statement = upsert(LinkedIdentity).values(values).on_conflict_do_nothing(constraint="uq_external_identity_subject")
    if await ctx.session.scalar(statement.returning(LinkedIdentity.id)) is not None:
        what = {"provider": flow.name, "issuer": identity.issuer}
        await ctx.audit("identity.external.linked", subject=("user", user.id), after=what)
        return
    known = await owner_of(ctx, flow, identity)
    if known is None or known[1].id != user.id:
        raise Conflict("This account is connected with somebody else's account here.", code="identity_taken")


async def unlink(ctx: HostContext, identity_id: UUID) -> None:
    """Let an account elsewhere sign the user in no more.

    Raises:
        NotFound: The user has connected no such account.
        Conflict: They would have no way in left (`last_way_in`).
    """
    user = await ctx.session.scalar(select(User).where(User.id == ctx.user.id).with_for_update())
    statement = delete(LinkedIdentity).where(LinkedIdentity.id == identity_id, LinkedIdentity.user_id == ctx.user.id)
    provider = await ctx.session.scalar(statement.returning(LinkedIdentity.provider))
    if user is None or provider is None:
        raise NotFound("You have connected no such account.")
    if not await _has_a_way_in(ctx, user):
        raise Conflict("This is your only way in; set a password or add a passkey first.", code="last_way_in")
    await ctx.audit("identity.external.unlinked", subject=("user", user.id), before={"provider": provider})
    await tell(ctx, "unlinked", provider)


async def tell(ctx: HostContext, change: str, provider: str) -> None:
    """Tell the signed-in user by mail what changed in how they log in; `change` is in `CHANGES`."""
    user = await get_user(ctx, ctx.user.id)
    labels = {each.provider: each.label for each in await offered(ctx)}
    words = CHANGES[change][language_of(user.locale)].format(label=labels.get(provider, provider))
    time = shown_time(ctx.now, user.time_zone)
    await queue_mail(ctx, "mfa_changed", reader_of(user), path="/security", time=time, change=words)


async def _has_a_way_in(ctx: HostContext, user: User) -> bool:
    if user.password_hash is not None:
        return True
    offers = {each.provider for each in await offered(ctx)}
    others = select(LinkedIdentity.provider).where(LinkedIdentity.user_id == user.id)
    if offers & set(await ctx.session.scalars(others)):
        return True
    return await ctx.session.scalar(select(Passkey.id).where(Passkey.user_id == user.id).limit(1)) is not None
