"""Requests and answers in SCIM's own media type."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from litestar import Response
from pydantic import ValidationError
from scim2_models import (
    Context as ScimContext,
)
from scim2_models import (
    Error,
    InvalidSyntaxException,
    PreconditionFailedException,
    Resource,
    ResponseParameters,
    SCIMException,
)

from questline_scim.refusing import MEDIA_TYPE, AnyRequest, meaning_of
from questline_sdk import QuestlineError

ROOT = "/api/v1/p/scim/v2"


def base_of(request: AnyRequest) -> str:
    """The address of the service as the client knows it."""
    return f"{request.url.scheme}://{request.url.netloc}{ROOT}"


async def body_of(request: AnyRequest) -> dict[str, Any]:
    """The JSON object that was sent; raises `InvalidSyntaxException`."""
    try:
        found = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise InvalidSyntaxException(detail="The body is not JSON.") from None
    if not isinstance(found, dict):
        raise InvalidSyntaxException(detail="The body is not a JSON object.")
    return found


def version_of(resource: Resource[Any]) -> str:
    """The entity tag of a resource: the same as long as nothing in it changes."""
    if resource.meta is not None and resource.meta.last_modified is not None:
        content = f"{resource.id} {resource.meta.last_modified.isoformat()}"
    else:
        content = resource.model_dump_json(exclude={"meta"})
    return f'W/"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'


def demand_version(wanted: str | None, resource: Resource[Any]) -> None:
    """Demand that the client changes the version it has seen; raises `PreconditionFailedException`."""
    if wanted is None or wanted.strip() == "*":
        return
    if version_of(resource).removeprefix("W/") not in {each.strip().removeprefix("W/") for each in wanted.split(",")}:
        raise PreconditionFailedException(detail="The resource has changed since it was read.")


def shown(
    request: AnyRequest,
    resource: Resource[Any],
    context: ScimContext,
    *,
    parameters: ResponseParameters[Any] | None = None,
    status: int = 200,
) -> Response[bytes]:
    """Answer with a resource, or with nothing where the client has this version already."""
    version = version_of(resource)
    headers = {"etag": version, "content-location": str(resource.meta.location) if resource.meta else ""}
    if resource.meta is not None:
        resource.meta.version = version
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if request.method == "GET" and version.removeprefix("W/") in known:
        return Response(b"", status_code=304, headers=headers, media_type=MEDIA_TYPE)
    if status == 201:
        headers["location"] = headers["content-location"]
    return answer(resource.model_dump_json(scim_ctx=context, response_parameters=parameters), status, headers)


def answer(content: str, status: int = 200, headers: Mapping[str, str] | None = None) -> Response[bytes]:
    """Answer with JSON."""
    return Response(content.encode(), status_code=status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def error_of(error: SCIMException | ValidationError | QuestlineError) -> Error:
    """What went wrong, in SCIM's form."""
    if isinstance(error, SCIMException):
        return error.to_error()
    if isinstance(error, ValidationError):
        return Error.from_validation_errors(error)[0]
    status, detail, kind = meaning_of(error)
    return Error(status=status, scim_type=kind, detail=detail)
