"""What the service says of itself (RFC 7644, 4): its capabilities, its resource types, its schemas."""

from collections.abc import Sequence
from typing import Any

from scim2_models import Context as ScimContext
from scim2_models import ForbiddenException, ListResponse, Meta, NotFoundException, Resource, ResourceType, Schema

from questline_scim.resources import PROVIDER


def capabilities(base: str) -> str:
    """The service's configuration."""
    config = PROVIDER.config
    assert config is not None  # noqa: S101  it is given one
    shown = _located(config, "ServiceProviderConfig", f"{base}/ServiceProviderConfig")
    return str(shown.model_dump_json(scim_ctx=ScimContext.RESOURCE_QUERY_RESPONSE))


def resource_types(base: str) -> list[ResourceType]:
    """The resource types."""
    return [_located(each, "ResourceType", f"{base}/ResourceTypes/{each.id}") for each in PROVIDER.resource_types]


def schemas(base: str) -> list[Schema]:
    """The schemas of the resources."""
    return [_located(each, "Schema", f"{base}/Schemas/{each.id}") for each in PROVIDER.schemas]


def listed(resources: Sequence[Any], *, filtered: bool) -> str:
    """All of them as JSON; raises `ForbiddenException` for a filter, which these have none of (RFC 7644, 4)."""
    if filtered:
        raise ForbiddenException(detail="These cannot be filtered.")
    count = len(resources)
    answer: Any = ListResponse[type(resources[0])]  # type: ignore[misc]
    return str(
        answer(total_results=count, start_index=1, items_per_page=count, resources=list(resources)).model_dump_json(
            scim_ctx=ScimContext.RESOURCE_QUERY_RESPONSE
        )
    )


def named(resources: Sequence[Resource[Any]], name: str) -> str:
    """One of them as JSON; raises `NotFoundException`."""
    for each in resources:
        if each.id == name:
            return each.model_dump_json(scim_ctx=ScimContext.RESOURCE_QUERY_RESPONSE)
    raise NotFoundException(detail=f"There is no {name}.")


def _located(resource: Any, kind: str, location: str) -> Any:
    found = resource.model_copy()
    found.meta = Meta(resource_type=kind, location=location)
    return found
