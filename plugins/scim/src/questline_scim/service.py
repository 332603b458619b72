"""What the routes answer, in the words of `scim2_models`; a failure leaves as `Refused`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from litestar import Response
from pydantic import ValidationError
from scim2_models import Context as ScimContext
from scim2_models import NotFoundException, NotImplementedException, SCIMException, SearchRequest

from questline_scim import changing, discovery
from questline_scim.bulk import Bulk
from questline_scim.groups import UserGroups
from questline_scim.reading import id_of
from questline_scim.refusing import AnyRequest, Refused
from questline_scim.resources import POLICY
from questline_scim.searching import Kind, search
from questline_scim.users import Users
from questline_scim.wire import answer, base_of, body_of, error_of, shown
from questline_sdk import Context

Answer = Response[bytes]
KINDS: dict[str, type[Kind]] = {"Users": Users, "Groups": UserGroups}


@contextmanager
def refusing() -> Iterator[None]:
    """Turn an error of SCIM's models into `Refused`."""
    try:
        yield
    except (SCIMException, ValidationError) as error:
        found = error_of(error)
        raise Refused(found.status or 400, found.model_dump_json()) from error


def get_config(request: AnyRequest) -> Answer:
    """What the service can do."""
    return answer(discovery.capabilities(base_of(request)))


def list_resource_types(request: AnyRequest) -> Answer:
    """The kinds of resources."""
    with refusing():
        found = discovery.resource_types(base_of(request))
        return answer(discovery.listed(found, filtered="filter" in request.query_params))


def get_resource_type(request: AnyRequest, name: str) -> Answer:
    """One kind of resources."""
    with refusing():
        return answer(discovery.named(discovery.resource_types(base_of(request)), name))


def list_schemas(request: AnyRequest) -> Answer:
    """The attributes of every kind of resources."""
    with refusing():
        found = discovery.schemas(base_of(request))
        return answer(discovery.listed(found, filtered="filter" in request.query_params))


def get_schema(request: AnyRequest, name: str) -> Answer:
    """The attributes of one kind of resources."""
    with refusing():
        return answer(discovery.named(discovery.schemas(base_of(request)), name))


async def find(ctx: Context, request: AnyRequest, kind: str) -> Answer:
    """Search resources, with the question in the query or, posted, in the body."""
    with refusing():
        asked = await body_of(request) if request.method == "POST" else dict(request.query_params)
        resources = KINDS[kind](ctx, base_of(request))
        wanted: Any = SearchRequest[resources.model]  # type: ignore[name-defined]
        with POLICY:
            wanted = wanted.model_validate(asked, scim_ctx=ScimContext.SEARCH_REQUEST)
            return answer(await search(ctx, resources, wanted))


async def create(ctx: Context, request: AnyRequest, kind: str) -> Answer:
    """Make a resource."""
    with refusing():
        resources = KINDS[kind](ctx, base_of(request))
        parameters = _selection(request, resources)
        created = await changing.create(resources, await body_of(request))
        return shown(request, created, ScimContext.RESOURCE_CREATION_RESPONSE, parameters=parameters, status=201)


async def read(ctx: Context, request: AnyRequest, kind: str, identifier: str) -> Answer:
    """A resource."""
    with refusing():
        resources = KINDS[kind](ctx, base_of(request))
        parameters = _selection(request, resources)
        found = await resources.read(id_of(identifier))
        return shown(request, found, ScimContext.RESOURCE_QUERY_RESPONSE, parameters=parameters)


async def replace(ctx: Context, request: AnyRequest, kind: str, identifier: str) -> Answer:
    """Say everything of a resource anew."""
    with refusing():
        resources = KINDS[kind](ctx, base_of(request))
        parameters = _selection(request, resources)
        after = await changing.replace(resources, identifier, await body_of(request), request.headers.get("if-match"))
        return shown(request, after, ScimContext.RESOURCE_REPLACEMENT_RESPONSE, parameters=parameters)


async def patch(ctx: Context, request: AnyRequest, kind: str, identifier: str) -> Answer:
    """Change some of a resource."""
    with refusing():
        resources = KINDS[kind](ctx, base_of(request))
        parameters = _selection(request, resources)
        after = await changing.patch(resources, identifier, await body_of(request), request.headers.get("if-match"))
        return shown(request, after, ScimContext.RESOURCE_PATCH_RESPONSE, parameters=parameters)


async def remove(ctx: Context, request: AnyRequest, kind: str, identifier: str) -> None:
    """Delete a resource."""
    with refusing():
        await changing.remove(KINDS[kind](ctx, base_of(request)), identifier, request.headers.get("if-match"))


async def bulk(ctx: Context, request: AnyRequest) -> Answer:
    """Do many changes, each of which succeeds or fails on its own."""
    with refusing():
        return answer(await Bulk(ctx, base_of(request)).run(await request.body()))


def refuse_search_of_all() -> None:
    """Refuse to search people and groups at once."""
    with refusing():
        raise NotImplementedException(detail="Search /Users or /Groups.")


def refuse_unknown(path: str) -> None:
    """Say in SCIM's words that there is nothing."""
    with refusing():
        raise NotFoundException(detail=f"There is nothing at {path}.")


def _selection(request: AnyRequest, kind: Kind) -> Any:
    """The attributes that the client wants of the answer (RFC 7644, 3.9)."""
    query = request.query_params
    asked = {name: query[name] for name in ("attributes", "excludedAttributes") if name in query}
    parameters: Any = SearchRequest[kind.model]  # type: ignore[name-defined]
    with POLICY:
        return parameters.model_validate(asked, scim_ctx=ScimContext.SEARCH_REQUEST) if asked else None
