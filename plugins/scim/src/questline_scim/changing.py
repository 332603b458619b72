"""What is done to one resource, by a request of its own or as a part of a bulk request."""

from typing import Any

from scim2_models import Context as ScimContext
from scim2_models import PatchOp

from questline_scim.reading import completed, id_of
from questline_scim.resources import POLICY
from questline_scim.searching import Kind
from questline_scim.users import Users
from questline_scim.wire import demand_version


async def create(kind: Kind, payload: dict[str, Any]) -> Any:
    """Make a resource; gives it as it is now. Raises `SCIMException`, and what core says."""
    with POLICY:
        wanted: Any = kind.model.model_validate(_whole(kind, payload), scim_ctx=ScimContext.RESOURCE_CREATION_REQUEST)
    return await kind.create(wanted)


async def replace(kind: Kind, identifier: str, payload: dict[str, Any], version: str | None) -> Any:
    """Say everything of a resource anew; gives it as it is now. Raises `SCIMException`, and what core says."""
    before: Any = await kind.read(id_of(identifier))
    demand_version(version, before)
    with POLICY:
        wanted: Any = kind.model.model_validate(
            _whole(kind, payload), scim_ctx=ScimContext.RESOURCE_REPLACEMENT_REQUEST
        )
        changed = wanted.replace(before)
    return await kind.write(before, wanted) if changed else before


async def patch(kind: Kind, identifier: str, payload: dict[str, Any], version: str | None) -> Any:
    """Change some of a resource; gives it as it is now. Raises `SCIMException`, and what core says."""
    before: Any = await kind.read(id_of(identifier))
    demand_version(version, before)
    operations: Any = PatchOp[kind.model]  # type: ignore[name-defined]
    with POLICY:
        changes = operations.model_validate(payload, scim_ctx=ScimContext.RESOURCE_PATCH_REQUEST)
        wanted = before.model_copy(deep=True)
        changed = changes.patch(wanted)
    return await kind.write(before, wanted) if changed else before


async def remove(kind: Kind, identifier: str, version: str | None) -> None:
    """Delete a resource; raises `SCIMException`, and what core says."""
    resource_id = id_of(identifier)
    if version is not None:
        demand_version(version, await kind.read(resource_id))
    await kind.remove(resource_id)


def _whole(kind: Kind, payload: dict[str, Any]) -> dict[str, Any]:
    return completed(payload) if isinstance(kind, Users) else payload
