"""What a chunk of rows comes to: whom it makes, what it changes, which rows it refuses; nothing is written yet."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import or_, select

from questline_core.access.models import RoleGrant
from questline_core.auth.models import User
from questline_core.context import HostContext
from questline_core.groups.models import Group, GroupMember
from questline_core.people.fields import values_of
from questline_core.people.imports.rows import Problem, Wanted
from questline_core.people.rights import permissions_of
from questline_sdk.permissions import ADMINS, Role


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is taken: for somebody who is there already, or for somebody new."""

    wanted: Wanted
    user: User | None
    account: dict[str, Any]
    """What changes in the account; all of it for somebody new."""
    fields: dict[str, Any]
    groups: list[UUID]


class Plan(msgspec.Struct, kw_only=True):
    """A chunk, decided."""

    created: list[Change]
    updated: list[Change]
    unchanged: int
    problems: list[Problem]


class Importer(msgspec.Struct, frozen=True, kw_only=True):
    """Who imports, and what they may give to others; the operator at the command line may everything."""

    id: UUID | None
    role: str
    permissions: frozenset[str] | None


async def importer_of(ctx: HostContext, user_id: UUID | None) -> Importer | None:
    """Who imports, as they are now; None for somebody who may not any more."""
    if user_id is None:
        return Importer(id=None, role=Role.OWNER, permissions=None)
    user = await ctx.session.scalar(select(User).where(User.id == user_id, User.status == "active"))
    if user is None:
        return None
    permissions = await permissions_of(ctx, user)
    if "tenant.users.import" not in permissions:
        return None
    return Importer(id=user.id, role=user.role, permissions=permissions)


async def plan_chunk(ctx: HostContext, rows: Sequence[Wanted], importer: Importer) -> Plan:
    """Compare rows with the people who are there."""
    by_email, by_id = await _people(ctx, rows)
    existing = {user.id: user for user in (*by_email.values(), *by_id.values())}
    values = await values_of(ctx, existing)
    groups = await _groups(ctx, rows)
    belongs = await _memberships(ctx, existing, groups.values())
    higher = await _with_more_rights(ctx, existing.values(), importer)
    plan = Plan(created=[], updated=[], unchanged=0, problems=[])
    for row in rows:
        user = by_id.get(row.user.get("external_id", ""), by_email.get(row.email))
        problems = _refusals(row, user, by_email.get(row.email), importer, higher)
        problems += _unknown_groups(row, groups)
        if problems:
            plan.problems += problems
            continue
        has = belongs.get(user.id, set()) if user else set()
        change = Change(
            wanted=row,
            user=user,
            account=_changed(row, user),
            fields={n: v for n, v in row.fields.items() if user is None or values[user.id].get(n) != v},
            groups=[groups[slug] for slug in row.groups if groups[slug] not in has],
        )
        if user is None:
            plan.created.append(change)
        elif change.account or change.fields or change.groups:
            plan.updated.append(change)
        else:
            plan.unchanged += 1
    return plan


async def _people(ctx: HostContext, rows: Sequence[Wanted]) -> tuple[dict[str, User], dict[str, User]]:
    emails = [row.email for row in rows]
    ids = [row.user["external_id"] for row in rows if "external_id" in row.user]
    found = (
        await ctx.session.scalars(select(User).where(or_(User.email.in_(emails), User.external_id.in_(ids))))
    ).all()
    return {user.email: user for user in found}, {user.external_id: user for user in found if user.external_id}


async def _groups(ctx: HostContext, rows: Sequence[Wanted]) -> dict[str, UUID]:
    if not any(row.groups for row in rows):
        return {}
    return {row.slug: row.id for row in await ctx.session.execute(select(Group.slug, Group.id))}


async def _memberships(ctx: HostContext, user_ids: Iterable[UUID], group_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    groups = list(group_ids)
    if groups:
        statement = select(GroupMember.user_id, GroupMember.group_id)
        mine = (GroupMember.user_id.in_(list(user_ids)), GroupMember.group_id.in_(groups))
        for row in await ctx.session.execute(statement.where(*mine)):
            found.setdefault(row.user_id, set()).add(row.group_id)
    return found


async def _with_more_rights(ctx: HostContext, users: Iterable[User], importer: Importer) -> set[UUID]:
    """Those whom the importer may not change."""
    if importer.role == Role.OWNER or importer.permissions is None:
        return set()
    people = {user.id: user for user in users}
    higher = {user.id for user in people.values() if user.role in ADMINS and user.id != importer.id}
    granted = select(RoleGrant.subject_id).where(RoleGrant.subject_id.in_(list(people))).distinct()
    for user_id in await ctx.session.scalars(granted):
        if not await permissions_of(ctx, people[user_id]) <= importer.permissions:
            higher.add(user_id)
    return higher


def _refusals(
    row: Wanted, user: User | None, owner_of_email: User | None, importer: Importer, higher: set[UUID]
) -> list[Problem]:
    if user is not None and owner_of_email is not None and user.id != owner_of_email.id:
        message = "belongs to somebody else than the external id; correct one of the two"
        return [Problem(row.line, "email", "email_taken", message)]
    if user is not None and user.id in higher:
        return [Problem(row.line, "email", "role_too_high", "is somebody with more rights; only an owner may do this")]
    found: list[Problem] = []
    role = row.user.get("role")
    if role in ADMINS and importer.role != Role.OWNER and (user is None or user.role != role):
        found.append(Problem(row.line, "role", "role_too_high", "can be given by an owner only; use a lower role"))
    if user is not None and user.id == importer.id and _changed(row, user).keys() & {"role", "status", "email"}:
        found.append(Problem(row.line, "role", "own_account", "is your own; nobody changes it by an import"))
    if user is None and "display_name" not in row.user and not _full_name(row):
        found.append(Problem(row.line, "display_name", "missing", "is empty; somebody new needs a name"))
    return found


def _unknown_groups(row: Wanted, groups: Mapping[str, UUID]) -> list[Problem]:
    problems = []
    for slug in row.groups:
        if slug not in groups:
            near = difflib.get_close_matches(slug, groups, n=1)
            hint = f"did you mean {near[0]}?" if near else "make it first, or remove it here"
            problems.append(Problem(row.line, "groups", "unknown_group", f"names a group that is not there; {hint}"))
    return problems


def _changed(row: Wanted, user: User | None) -> dict[str, Any]:
    if user is None:
        return {"display_name": _full_name(row), "role": "learner", "status": "active"} | row.user
    return {name: value for name, value in row.user.items() if getattr(user, name) != value}


def _full_name(row: Wanted) -> str:
    return " ".join(row.user[part] for part in ("given_name", "family_name") if part in row.user)[:80]


def refuse_beyond(plan: Plan, left: int | None) -> None:
    """Refuse those who would be more than the tenant may still have, None for no limit; changes are made."""
    if left is None or len(plan.created) <= left:
        return
    message = "the site may have no more people; remove accounts, or ask whoever runs the installation for more"
    refused = plan.created[max(left, 0) :]
    plan.created = plan.created[: max(left, 0)]
    plan.problems += [Problem(each.wanted.line, "email", "limit_reached", message) for each in refused]
