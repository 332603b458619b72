"""Erasing a person: everything in one transaction of the database, and a proof of what became of it."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, select

from questline_core.auth.accounts import delete_user
from questline_core.auth.models import User
from questline_core.auth.sessions import end_sessions_of
from questline_core.context import HostContext
from questline_core.privacy.collect import HOOK_SECONDS, areas
from questline_core.privacy.holds import refuse_held
from questline_core.privacy.json_stream import encode
from questline_core.privacy.ledger import Ledgers, forget_in_audit, phrases_of, pseudonymise_events
from questline_core.privacy.leftovers import Leftovers
from questline_core.privacy.models import PrivacyRequest
from questline_core.privacy.person_tables import Fate, fate_of, person_tables, rows_of
from questline_core.privacy.register import register
from questline_core.privacy.shapes import Shape
from questline_core.privacy.waiting import remove_waiting
from questline_sdk import Conflict, NotFound
from questline_sdk.privacy import PersonalFile

OnStep = Callable[[str, int, int], Awaitable[None]]
UNKNOWN = "nothing is declared of it; ask who made the extension"


class TableReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a person's rows in one table, and why some were kept or pseudonymised."""

    table: str
    rows: int
    deleted: int
    pseudonymised: int
    kept: int
    why: str | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The proof of an erasure: it names nobody."""

    tables: list[TableReport]
    events: int
    audit_details: int
    audit_origins: int
    elsewhere: dict[str, int]
    plugins: list[str]


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """What was done, and what is to be done once it is committed."""

    report: Report
    leftovers: Leftovers


async def erase(ctx: HostContext, user_id: UUID, *, on_step: OnStep | None = None) -> Erased:
    """Remove a person: what waits, plugins, then the account with everything that refers to it, then the ledgers.

    Raises:
        NotFound: There is no such user.
        Conflict: They are under a legal hold (`legal_hold`), or the tenant's last owner (`last_owner`).
    """
    user = await _lock(ctx, user_id)
    await refuse_held(ctx, user_id)
    email, phrases = user.email, phrases_of(user.email, user.display_name)
    hooks = ctx.host.dispatcher.implementations("erase_personal_data", ctx.host.registry.active_ids)
    steps = ["look", *(hook.plugin_id for hook in hooks), "core"]

    async def begin(step: str) -> None:
        if on_step is not None:
            await on_step(step, steps.index(step), len(steps))

    await begin("look")
    blobs = await _blobs(ctx, user_id)
    before = [await rows_of(ctx.session, table, user_id) for table in await person_tables(ctx.session)]
    elsewhere = await remove_waiting(ctx, user_id, email)
    for hook in hooks:
        await begin(hook.plugin_id)
        await hook({"ctx": ctx, "user_id": user_id}, HOOK_SECONDS)
    await begin("core")  # the last: from here on the transaction holds the request's own row
    await end_sessions_of(ctx, user_id, reason="erased")
    await delete_user(ctx, user_id)
    ledgers = await _ledgers(ctx, user_id, phrases)
    fates = [await fate_of(ctx.session, rows, user_id) for rows in before if rows.count]
    reasons = _reasons(ctx)
    report = Report(
        tables=[_told(fate, reasons) for fate in fates],
        events=ledgers.events,
        audit_details=ledgers.audit_details,
        audit_origins=ledgers.audit_origins,
        elsewhere=elsewhere | {"blobs": len(blobs)},
        plugins=[hook.plugin_id for hook in hooks],
    )
    return Erased(report=report, leftovers=Leftovers(blobs=blobs, words=[str(user_id), email]))


async def refuse_last_owner(ctx: HostContext, user: User) -> None:
    """Raise `Conflict` (`last_owner`) for a tenant's last owner: nobody could run it afterwards."""
    if user.role != "owner":
        return
    others = (
        select(func.count()).select_from(User).where(User.role == "owner", User.id != user.id, User.status == "active")
    )
    if not await ctx.session.scalar(others):
        raise Conflict("The last owner cannot be erased; make somebody else an owner first.", code="last_owner")


async def _lock(ctx: HostContext, user_id: UUID) -> User:
    """The account, which nobody can refer to anew from here on."""
    user = await ctx.session.scalar(select(User).where(User.id == user_id).with_for_update())
    if user is None:
        raise NotFound("There is no such user.")
    await refuse_last_owner(ctx, user)
    return user


async def _blobs(ctx: HostContext, user_id: UUID) -> list[str]:
    """The keys of everything in the store that is the person's, the archives that were made for them included."""
    keys: list[str] = []

    def name_file(file: PersonalFile) -> str:
        keys.append(file.key)
        return file.name

    async for area in areas(ctx, user_id):
        async for _ in encode(area.data, Shape(), name_file):
            pass
    exports = delete(PrivacyRequest).where(PrivacyRequest.user_id == user_id, PrivacyRequest.kind == "export")
    archives = await ctx.session.scalars(exports.returning(PrivacyRequest.archive))
    return [*dict.fromkeys(keys), *(key for key in archives if key)]


async def _ledgers(ctx: HostContext, user_id: UUID, phrases: list[str]) -> Ledgers:
    events = await pseudonymise_events(ctx, user_id, phrases)
    details, origins = await forget_in_audit(ctx, user_id, phrases)
    return Ledgers(events=events, audit_details=details, audit_origins=origins)


def _reasons(ctx: HostContext) -> dict[str, str]:
    """How long each table declares to keep what it keeps."""
    found: dict[str, str] = {}
    for each in register(ctx.host.registry):
        found.setdefault(f"{each.owner}.{each.table}", each.retention)
    return found


def _told(fate: Fate, reasons: dict[str, str]) -> TableReport:
    why = reasons.get(fate.table, UNKNOWN) if fate.kept or fate.pseudonymised else None
    return TableReport(**{name: getattr(fate, name) for name in Fate.__struct_fields__}, why=why)
