"""Writing what a chunk of rows comes to: accounts, fields, groups, mails and the audit log, all in one transaction."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from questline_core.audit.service import record_many
from questline_core.auth import links
from questline_core.auth.accounts import set_role, set_status
from questline_core.auth.models import User
from questline_core.auth.recovery import reader_of
from questline_core.auth.sessions import end_sessions_of
from questline_core.context import HostContext
from questline_core.groups.members import add_members
from questline_core.groups.models import Group
from questline_core.mail.service import Reader, queue_mail, shown_time
from questline_core.people.fields import keep_values
from questline_core.people.imports.plan import Change, Plan
from questline_core.people.imports.rows import Problem

WRITTEN = ("email", "display_name", "given_name", "family_name", "external_id", "locale", "time_zone")
"""What is written at once; roles and states are changed the way they always are, one by one."""


async def apply_plan(ctx: HostContext, plan: Plan, *, invited_by: str | None) -> None:
    """Write a plan; `invited_by` names who invites those who are new, None where nobody does."""
    made = await _create(ctx, plan)
    await _update(ctx, plan.updated)
    people = [(user_id, change) for user_id, change in made]
    people += [(change.user.id, change) for change in plan.updated if change.user is not None]
    await keep_values(ctx, {user_id: change.fields for user_id, change in people if change.fields})
    await _join(ctx, people)
    entries: list[tuple[str, UUID, dict[str, Any]]] = [
        ("identity.user.imported", user_id, {"line": change.wanted.line}) for user_id, change in made
    ]
    entries += [
        ("identity.profile.changed", change.user.id, {"fields": sorted([*change.account, *change.fields])})
        for change in plan.updated
        if change.user is not None and (change.account or change.fields)
    ]
    await record_many(ctx, [(action, ("user", user_id), after) for action, user_id, after in entries])
    if invited_by is not None:
        for user_id, change in made:
            await _welcome(ctx, user_id, change, invited_by)


async def _create(ctx: HostContext, plan: Plan) -> list[tuple[UUID, Change]]:
    if not plan.created:
        return []
    defaults: dict[str, Any] = dict.fromkeys(WRITTEN) | {"locale": "en", "time_zone": "UTC"}
    rows = [defaults | change.account | {"created_at": ctx.now, "password_hash": None} for change in plan.created]
    statement = insert(User).on_conflict_do_nothing().returning(User.id, User.email)
    ids = {row.email: row.id for row in await ctx.session.execute(statement, rows)}
    made = []
    for change in plan.created:
        if change.wanted.email in ids:
            made.append((ids[change.wanted.email], change))
        else:
            message = "has just been taken by somebody else; import the file once more"
            plan.problems.append(Problem(change.wanted.line, "email", "email_taken", message))
    plan.created = [change for _, change in made]
    return made


async def _update(ctx: HostContext, changes: Sequence[Change]) -> None:
    rows = []
    for change in changes:
        user, account = change.user, change.account
        if user is None:
            continue
        if "role" in account:
            await set_role(ctx, user.id, account["role"])
        if "status" in account:
            await set_status(ctx, user.id, account["status"])
        if "email" in account:
            await _move(ctx, user, account["email"])
        if account.keys() & set(WRITTEN):
            values = {f"new_{name}": account.get(name, getattr(user, name)) for name in WRITTEN}
            rows.append({"of_tenant": ctx.tenant_id, "of_user": user.id} | values)
    if rows:
        table = User.__table__
        statement = update(table).where(  # type: ignore[arg-type]
            table.c.tenant_id == bindparam("of_tenant"), table.c.id == bindparam("of_user")
        )
        connection = await ctx.session.connection()
        await connection.execute(statement.values({name: bindparam(f"new_{name}") for name in WRITTEN}), rows)


async def _move(ctx: HostContext, user: User, email: str) -> None:
    """What goes with another address, beside the address."""
    await ctx.session.execute(update(User).where(User.id == user.id).values(email_verified_at=None))
    await end_sessions_of(ctx, user.id, reason="email_changed")
    await links.end_links(ctx, user.id, links.PASSWORD_RESET, links.VERIFY_EMAIL, links.EMAIL_CHANGE, links.WELCOME)
    time = shown_time(ctx.now, user.time_zone)
    for address in (user.email, email):
        reader = Reader(email=address, user_id=user.id, name=user.display_name, locale=user.locale)
        await queue_mail(ctx, "email_changed_by_admin", reader, time=time, new_email=email)


async def _join(ctx: HostContext, people: Sequence[tuple[UUID, Change]]) -> None:
    joining: dict[UUID, list[UUID]] = {}
    for user_id, change in people:
        for group_id in change.groups:
            joining.setdefault(group_id, []).append(user_id)
    for group_id, user_ids in sorted(joining.items()):
        group = await ctx.session.scalar(select(Group).where(Group.id == group_id).with_for_update(key_share=True))
        if group is not None:
            await add_members(ctx, group, user_ids)


async def _welcome(ctx: HostContext, user_id: UUID, change: Change, inviter: str) -> None:
    if change.account.get("status") == "suspended":
        return
    token = await links.issue(ctx, links.WELCOME, user_id=user_id)
    user = await ctx.session.get_one(User, (ctx.tenant_id, user_id))
    path = f"/reset-password#{token}"
    await queue_mail(ctx, "welcome", reader_of(user), path=path, inviter=inviter, days="7")
