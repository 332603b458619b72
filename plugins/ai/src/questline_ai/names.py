"""The names that are hidden from providers, kept in memory for a moment: one person asks again and again."""

import time
from collections import OrderedDict
from uuid import UUID

from questline_sdk import Context
from questline_sdk.services import UserDirectory

SECONDS = 60.0
"""After which a changed name is hidden too."""
REMEMBERED = 10_000
_known: OrderedDict[tuple[UUID, UUID], tuple[float, tuple[str, ...]]] = OrderedDict()


async def names_of(ctx: Context, user_id: UUID | None) -> tuple[str, ...]:
    """What the person is called, where that is more than one word."""
    if user_id is None:
        return ()
    key = (ctx.tenant_id, user_id)
    until, names = _known.get(key, (0.0, ()))
    if until < time.monotonic():
        card = (await ctx.service(UserDirectory).cards([user_id])).get(user_id)
        names = (card.display_name,) if card and " " in card.display_name.strip() else ()
        _known[key] = (time.monotonic() + SECONDS, names)
        _known.move_to_end(key)
        while len(_known) > REMEMBERED:
            _known.popitem(last=False)
    return names
