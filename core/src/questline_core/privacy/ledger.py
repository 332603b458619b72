"""What is kept of everything that happened: events and the audit log, without who it was."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from questline_core.context import HostContext
from questline_core.privacy.shapes import FORMATS

BATCH = 500
EVENTS = text("""
SELECT id, data FROM core.event
WHERE id > :after AND (data ->> 'user_id' = :person OR EXISTS (
    SELECT FROM unnest(CAST(:phrases AS text[])) phrase WHERE position(phrase IN data::text) > 0))
ORDER BY id LIMIT :limit
""")
CHANGE = text("UPDATE core.event SET data = CAST(:data AS jsonb) WHERE id = :id")
FORGET = text("SELECT details, origins FROM core.audit_forget(:person, :phrases)")
FIRST = UUID(int=0)


class Ledgers(msgspec.Struct, frozen=True, kw_only=True):
    """How many events and audit entries were pseudonymised."""

    events: int
    audit_details: int
    audit_origins: int


def phrases_of(email: str, display_name: str) -> list[str]:
    """What in texts tells of a person: their address anywhere, their full name as a whole value."""
    name = msgspec.json.encode(display_name).decode()
    return [email, name] if len(display_name) >= 8 or " " in display_name else [email]


async def pseudonymise_events(ctx: HostContext, user_id: UUID, phrases: list[str]) -> int:
    """Leave of a person's events what they count for: ids, numbers and times under an id that leads to nobody."""
    after, changed = FIRST, 0
    while True:
        values = {"after": after, "person": str(user_id), "phrases": phrases, "limit": BATCH}
        rows = (await ctx.session.execute(EVENTS, values)).all()
        if not rows:
            return changed
        cleaned = [{"id": row.id, "data": _encoded(_clean(row.data, user_id, phrases))} for row in rows]
        await ctx.session.execute(CHANGE, cleaned)
        after, changed = rows[-1].id, changed + len(rows)


async def forget_in_audit(ctx: HostContext, user_id: UUID, phrases: list[str]) -> tuple[int, int]:
    """Take out of the audit log what tells of a person without an account; returns entries' details and origins."""
    row = (await ctx.session.execute(FORGET, {"person": user_id, "phrases": phrases})).one()
    return int(row.details), int(row.origins)


def _clean(data: dict[str, Any], user_id: UUID, phrases: list[str]) -> Any:
    if data.get("user_id") == str(user_id):
        return _without_texts(data, None)
    return _without_texts(data, [phrase.strip('"') for phrase in phrases])


def _without_texts(value: Any, phrases: list[str] | None) -> Any:
    """The value without its texts, or without those that hold a phrase; ids and times are no texts."""
    if isinstance(value, dict):
        return {name: _without_texts(each, phrases) for name, each in value.items()}
    if isinstance(value, list):
        return [_without_texts(each, phrases) for each in value]
    if not isinstance(value, str) or any(pattern.fullmatch(value) for pattern in FORMATS.values()):
        return value
    return value if phrases is not None and not any(phrase in value for phrase in phrases) else ""


def _encoded(value: Any) -> str:
    return msgspec.json.encode(value).decode()
