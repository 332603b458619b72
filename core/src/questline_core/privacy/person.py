"""A person's data as a whole: all of them handed out, or all of them removed, at once."""

from typing import Any
from uuid import UUID

from questline_core.context import HostContext
from questline_core.privacy.collect import areas
from questline_core.privacy.erase import erase
from questline_core.privacy.json_stream import whole
from questline_core.privacy.leftovers import remove_leftovers


async def export_user(ctx: HostContext, user_id: UUID) -> dict[str, Any]:
    """Everything that is kept of a user, by who keeps it; raises `NotFound`, and whatever a plugin's hook raises."""
    found = {area.owner: await whole(area.data) async for area in areas(ctx, user_id)}
    return {"core": found.pop("core"), "plugins": found}


async def erase_user(ctx: HostContext, user_id: UUID) -> None:
    """Remove a user with everything that is kept of them, all or nothing, without a request or a time to change minds.

    Raises:
        NotFound: There is no such user.
        Conflict: They are under a legal hold (`legal_hold`), or the tenant's last owner (`last_owner`).
    """
    erased = await erase(ctx, user_id)
    await remove_leftovers(ctx, erased.leftovers)
