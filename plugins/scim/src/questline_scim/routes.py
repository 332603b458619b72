"""The SCIM service, under `/api/v1/p/scim/v2` (RFC 7644).

What answers is imported with the first request: SCIM's models take most of a second, which few sites need to wait for.
"""

# mypy: disable-error-code="no-any-return"

from typing import Any

from litestar import Controller, Response, delete, get, patch, post, put, route
from litestar.di import NamedDependency
from litestar.params import FromPath

from questline_scim.permissions import MANAGE
from questline_scim.refusing import EXCEPTION_HANDLERS, AnyRequest
from questline_sdk import Context

Ctx = NamedDependency[Context]
Answer = Response[bytes]


def service() -> Any:
    """What answers."""
    from questline_scim import service as found

    return found


class Scim(Controller):
    """Everything of the service; what it says of itself takes the place of an OpenAPI description."""

    path = "/v2"
    include_in_schema = False
    exception_handlers = EXCEPTION_HANDLERS

    @get("/ServiceProviderConfig", operation_id="scim_get_config", permission=MANAGE)
    async def get_config(self, request: AnyRequest) -> Answer:
        """What the service can do."""
        return service().get_config(request)

    @get("/ResourceTypes", operation_id="scim_list_resource_types", permission=MANAGE)
    async def list_resource_types(self, request: AnyRequest) -> Answer:
        """The kinds of resources."""
        return service().list_resource_types(request)

    @get("/ResourceTypes/{name:str}", operation_id="scim_get_resource_type", permission=MANAGE)
    async def get_resource_type(self, request: AnyRequest, name: FromPath[str]) -> Answer:
        """One kind of resources."""
        return service().get_resource_type(request, name)

    @get("/Schemas", operation_id="scim_list_schemas", permission=MANAGE)
    async def list_schemas(self, request: AnyRequest) -> Answer:
        """The attributes of every kind of resources."""
        return service().list_schemas(request)

    @get("/Schemas/{name:str}", operation_id="scim_get_schema", permission=MANAGE)
    async def get_schema(self, request: AnyRequest, name: FromPath[str]) -> Answer:
        """The attributes of one kind of resources."""
        return service().get_schema(request, name)

    @get("/Users", operation_id="scim_list_users", permission=MANAGE)
    async def list_users(self, ctx: Ctx, request: AnyRequest) -> Answer:
        """Search people."""
        return await service().find(ctx, request, "Users")

    @post("/Users/.search", operation_id="scim_search_users", permission=MANAGE, status_code=200)
    async def search_users(self, ctx: Ctx, request: AnyRequest) -> Answer:
        """Search people, with the question in the body."""
        return await service().find(ctx, request, "Users")

    @post("/Users", operation_id="scim_create_user", permission=MANAGE)
    async def create_user(self, ctx: Ctx, request: AnyRequest) -> Answer:
        """Make an account."""
        return await service().create(ctx, request, "Users")

    @get("/Users/{user_id:str}", operation_id="scim_get_user", permission=MANAGE)
    async def get_user(self, ctx: Ctx, request: AnyRequest, user_id: FromPath[str]) -> Answer:
        """A person."""
        return await service().read(ctx, request, "Users", user_id)

    @put("/Users/{user_id:str}", operation_id="scim_replace_user", permission=MANAGE)
    async def replace_user(self, ctx: Ctx, request: AnyRequest, user_id: FromPath[str]) -> Answer:
        """Say everything of a person anew."""
        return await service().replace(ctx, request, "Users", user_id)

    @patch("/Users/{user_id:str}", operation_id="scim_patch_user", permission=MANAGE)
    async def patch_user(self, ctx: Ctx, request: AnyRequest, user_id: FromPath[str]) -> Answer:
        """Change some of what is said of a person."""
        return await service().patch(ctx, request, "Users", user_id)

    @delete("/Users/{user_id:str}", operation_id="scim_delete_user", permission=MANAGE, status_code=204)
    async def delete_user(self, ctx: Ctx, request: AnyRequest, user_id: FromPath[str]) -> None:
        """Suspend an account and forget it for SCIM; what the person has learned stays."""
        await service().remove(ctx, request, "Users", user_id)

    @get("/Groups", operation_id="scim_list_groups", permission=MANAGE)
    async def list_groups(self, ctx: Ctx, request: AnyRequest) -> Answer:
        """Search groups."""
        return await service().find(ctx, request, "Groups")

    @post("/Groups/.search", operation_id="scim_search_groups", permission=MANAGE, status_code=200)
    async def search_groups(self, ctx: Ctx, request: AnyRequest) -> Answer:
        """Search groups, with the question in the body."""
        return await service().find(ctx, request, "Groups")

    @post("/Groups", operation_id="scim_create_group", permission=MANAGE)
    async def create_group(self, ctx: Ctx, request: AnyRequest) -> Answer:
        """Make a group."""
        return await service().create(ctx, request, "Groups")

    @get("/Groups/{group_id:str}", operation_id="scim_get_group", permission=MANAGE)
    async def get_group(self, ctx: Ctx, request: AnyRequest, group_id: FromPath[str]) -> Answer:
        """A group and its members."""
        return await service().read(ctx, request, "Groups", group_id)

    @put("/Groups/{group_id:str}", operation_id="scim_replace_group", permission=MANAGE)
    async def replace_group(self, ctx: Ctx, request: AnyRequest, group_id: FromPath[str]) -> Answer:
        """Say everything of a group anew, its members too."""
        return await service().replace(ctx, request, "Groups", group_id)

    @patch("/Groups/{group_id:str}", operation_id="scim_patch_group", permission=MANAGE)
    async def patch_group(self, ctx: Ctx, request: AnyRequest, group_id: FromPath[str]) -> Answer:
        """Change some of a group, mostly its members."""
        return await service().patch(ctx, request, "Groups", group_id)

    @delete("/Groups/{group_id:str}", operation_id="scim_delete_group", permission=MANAGE, status_code=204)
    async def delete_group(self, ctx: Ctx, request: AnyRequest, group_id: FromPath[str]) -> None:
        """Delete a group; its members stay enrolled in its courses."""
        await service().remove(ctx, request, "Groups", group_id)

    @post("/.search", operation_id="scim_search", permission=MANAGE)
    async def search_all(self) -> None:
        """Refuse to search people and groups at once."""
        service().refuse_search_of_all()

    @post("/Bulk", operation_id="scim_bulk", permission=MANAGE, status_code=200)
    async def bulk(self, ctx: Ctx, request: AnyRequest) -> Answer:
        """Do many changes, each of which succeeds or fails on its own."""
        return await service().bulk(ctx, request)

    @route(
        "/{rest:path}",
        http_method=["GET", "POST", "PUT", "PATCH", "DELETE"],
        operation_id="scim_unknown",
        permission=MANAGE,
    )
    async def unknown(self, rest: FromPath[str]) -> None:
        """Say in SCIM's words that there is nothing."""
        service().refuse_unknown(rest)


ROUTES = [Scim]
