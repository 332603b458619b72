"""The event types an administrator can choose from when writing a rule."""

import msgspec
from sqlalchemy import select

from questline_points.models import Rule
from questline_points.schemas import EventTypes, EventTypeView
from questline_sdk import Context
from questline_sdk.conditions import Condition
from questline_sdk.events import CORE_EVENTS

CORE_FIELDS: dict[str, frozenset[str]] = {
    kind.event_type: frozenset(name for name in kind.__struct_fields__ if not name.endswith("_id"))
    for kind in CORE_EVENTS
}


async def event_types(ctx: Context) -> EventTypes:
    """Core's event types and those that rules name already, each with the fields a condition may compare."""
    known = {event: set(fields) for event, fields in CORE_FIELDS.items()}
    rows = await ctx.session.execute(select(Rule.event, Rule.condition).order_by(Rule.created_at, Rule.id))
    for event, stored in rows:
        fields = known.setdefault(event, set())
        if stored is not None:
            fields.add(msgspec.convert(stored, Condition).field)
    return EventTypes(event_types=[EventTypeView(type=each, fields=sorted(known[each])) for each in known])
