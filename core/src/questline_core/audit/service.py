"""Writing to the audit log: in the transaction of the change, or not at all."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import insert

from questline_core.audit.models import AuditEntry
from questline_core.observability.context import REQUEST_STATE
from questline_sdk import Context

MAX_DETAILS_BYTES = 64_000


async def record(
    ctx: Context,
    action: str,
    *,
    subject: tuple[str, UUID | str | None],
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Note a change, who made it, from where, and what it was before and after.

    Args:
        ctx: The unit of work that changes it.
        action: What was done, in the past tense: `tenant.theme.changed`.
        subject: What was changed: its type and its id.
        before: The values that changed; never a secret.
        after: What they are now; never a secret.
    """
    request = REQUEST_STATE.get() or {}
    kind, identifier = subject
    details = {name: dict(value) for name, value in (("before", before), ("after", after)) if value is not None}
    details |= _key(ctx)
    await ctx.session.execute(
        insert(AuditEntry).values(
            at=ctx.now,
            actor_id=(ctx.actor.impersonator_id or ctx.actor.id) if ctx.actor else None,
            on_behalf_of=ctx.actor.id if ctx.actor and ctx.actor.impersonator_id else None,
            action=action,
            subject_type=kind,
            subject_id=None if identifier is None else str(identifier),
            details=_limited(details),
            address=request.get("address"),
            request_id=request.get("request_id"),
        )
    )


async def record_many(ctx: Context, entries: Sequence[tuple[str, tuple[str, UUID], Mapping[str, Any]]]) -> None:
    """Note many changes at once, each as its action, its subject and what it is now."""
    if not entries:
        return
    request = REQUEST_STATE.get() or {}
    rows = [
        {
            "at": ctx.now,
            "actor_id": (ctx.actor.impersonator_id or ctx.actor.id) if ctx.actor else None,
            "on_behalf_of": ctx.actor.id if ctx.actor and ctx.actor.impersonator_id else None,
            "action": action,
            "subject_type": kind,
            "subject_id": str(identifier),
            "details": _limited({"after": dict(after)}),
            "address": request.get("address"),
            "request_id": request.get("request_id"),
        }
        for action, (kind, identifier), after in entries
    ]
    await ctx.session.execute(insert(AuditEntry), rows)


def _key(ctx: Context) -> dict[str, Any]:
    """The API key that a change was made with, by itself or by a token that was asked for with it."""
    actor = ctx.actor
    if actor is None or (actor.key is None and actor.kind == "user"):
        return {}
    return {"key": {"id": str(actor.session_id), "prefix": actor.key}}


def _limited(details: dict[str, Any]) -> dict[str, Any]:
    if len(msgspec.json.encode(details)) <= MAX_DETAILS_BYTES:
        return details
    return {name: {"fields": sorted(value)} for name, value in details.items()}
