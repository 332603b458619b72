"""The event types an administrator can choose from when defining a badge."""

import msgspec
from sqlalchemy import select

from questline_badges.criteria import Criterion, EventCount
from questline_badges.models import Definition
from questline_badges.schemas import EventTypes, EventTypeView
from questline_sdk import Context
from questline_sdk.events import CORE_EVENTS

CORE_FIELDS: dict[str, frozenset[str]] = {
    kind.event_type: frozenset(name for name in kind.__struct_fields__ if not name.endswith("_id"))
    for kind in CORE_EVENTS
}


async def event_types(ctx: Context) -> EventTypes:
    """Core's event types and those that badges count already, each with the fields a condition may compare."""
    known = {event: set(fields) for event, fields in CORE_FIELDS.items()}
    statement = select(Definition.criterion).order_by(Definition.created_at, Definition.id)
    for stored in await ctx.session.scalars(statement):
        criterion = msgspec.convert(stored, Criterion)
        if isinstance(criterion, EventCount):
            fields = known.setdefault(criterion.event, set())
            if criterion.condition is not None:
                fields.add(criterion.condition.field)
    return EventTypes(event_types=[EventTypeView(type=each, fields=sorted(known[each])) for each in known])
