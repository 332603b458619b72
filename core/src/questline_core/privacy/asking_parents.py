"""Asking a parent by mail: the learner names an address, the parent agrees or refuses by a link, without an account."""

from questline_core.auth import links, throttle
from questline_core.auth.accounts import get_user, normal_email
from questline_core.auth.models import AccountToken, User
from questline_core.auth.sessions import end_sessions_of
from questline_core.context import HostContext
from questline_core.mail.service import Reader, queue_mail
from questline_core.privacy.cards import consent_cards
from questline_core.privacy.choices import keep_parents_address, keep_parents_answer, needs_parent
from questline_core.privacy.schemas import ParentsQuestion
from questline_core.privacy.settings import rules_of
from questline_sdk import Conflict, Invalid


async def ask_parent(ctx: HostContext, user: User, email: str) -> None:
    """Mail a parent the question whether the learner may use the site; the link of a mail before is good no more.

    Raises:
        Conflict: Nobody has to agree, or somebody has (`parent_not_needed`).
        Invalid: The address is none, or the learner's own.
        TooManyRequests: The learner has had several mails sent already.
    """
    if not await needs_parent(ctx, user.id, user.role):
        raise Conflict("No parent has to agree, or one has already.", code="parent_not_needed")
    address = normal_email(email)
    if address == user.email:
        raise Invalid.field("email", "is your own address; give that of a parent")
    await throttle.attempt(ctx.host.redis, throttle.MAILS, ctx.tenant_id, "parent", str(user.id))
    token = await links.issue(ctx, links.PARENT, user_id=user.id)
    await keep_parents_address(ctx, user.id, address)
    reader = Reader(email=address, user_id=user.id, locale=user.locale)
    days = str(links.LASTS[links.PARENT].days)
    await queue_mail(ctx, "parent_asked", reader, path=f"/parent#{token}", child=user.display_name, days=days)
    await ctx.audit("privacy.parent.asked", subject=("user", user.id))


async def question_for(ctx: HostContext, token: str) -> ParentsQuestion:
    """What a parent is asked; raises `Invalid` (`link_over`)."""
    found = await links.look_at(ctx, token, links.PARENT)
    user = await _child(ctx, found)
    tenant = await ctx.host.tenants.get(ctx.tenant_id)
    return ParentsQuestion(
        site=tenant.name,
        child=user.display_name,
        documents=await consent_cards(ctx, user.locale, None),
        contact=(await rules_of(ctx)).contact,
    )


async def answer_of_parent(ctx: HostContext, token: str, *, agrees: bool) -> None:
    """Keep what a parent says, which the link is good for once; raises `Invalid` (`link_over`)."""
    user = await _child(ctx, await links.use(ctx, token, links.PARENT))
    await keep_parents_answer(ctx, user.id, agrees=agrees)
    if await needs_parent(ctx, user.id, user.role):
        await end_sessions_of(ctx, user.id, reason="parent_needed")


async def _child(ctx: HostContext, link: AccountToken) -> User:
    if link.user_id is None:
        raise links.link_over()
    return await get_user(ctx, link.user_id)
