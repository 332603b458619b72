"""Media of the tenant's courses."""

import re
from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.datastructures import ResponseHeader
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath
from litestar.response import Stream

from questline_core.host import Host
from questline_core.storage.ranges import ByteRange, RangeError, parse_range
from questline_sdk import Context, NotFound
from questline_sdk.storage import BlobInfo

_NAME = re.compile(r"[0-9a-f]{64}(\.[a-z0-9]{1,8})?")
_SHOWN = re.compile(r"(image|audio|video|font)/.*|text/(plain|vtt)(;.*)?|application/pdf")
"""What a browser may show; everything else is offered as a download."""
CACHING = "public, max-age=31536000, immutable"
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""An SVG opened by itself may draw, but not run scripts or fetch anything."""


def media_key(tenant_id: UUID, name: str) -> str:
    """The store's key of a tenant's media file."""
    return f"{tenant_id}/media/{name}"


@get(
    "/media/{name:str}",
    operation_id="get_media",
    public=True,
    own_encoding=True,
    summary="A media file",
    media_type="application/octet-stream",
    response_headers=[ResponseHeader(name="etag", description="Version of the file.", documentation_only=True)],
    responses={
        206: ResponseSpec(data_container=None, description="The range of bytes asked for.", generate_examples=False),
        304: ResponseSpec(data_container=None, description="The client's copy is good.", generate_examples=False),
        416: ResponseSpec(data_container=None, description="The range is not in the file.", generate_examples=False),
    },
)
async def get_media(
    ctx: NamedDependency[Context], host: NamedDependency[Host], request: Request[Any, Any, Any], name: FromPath[str]
) -> Response[Any]:
    """A file by the name that lesson data gives; it never changes, so it may be cached for ever."""
    if not _NAME.fullmatch(name):
        raise NotFound("There is no such file.", code="media_not_found")
    key = media_key(ctx.tenant_id, name)
    info = await host.store.info(key)
    headers = _headers(info)
    if f'"{info.etag}"' in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    try:
        part = _asked_range(request, info)
    except RangeError:
        headers["content-range"] = f"bytes */{info.size}"
        return Response(b"", status_code=416, headers=headers)
    status = 200
    if part is None:
        part = ByteRange(0, info.size)
    else:
        status = 206
        headers["content-range"] = f"bytes {part.start}-{part.end - 1}/{info.size}"
    headers["content-length"] = str(part.end - part.start)
    body = host.store.stream(key, start=part.start, end=part.end)
    return Stream(body, status_code=status, headers=headers)


def _asked_range(request: Request[Any, Any, Any], info: BlobInfo) -> ByteRange | None:
    if request.headers.get("if-range", f'"{info.etag}"') != f'"{info.etag}"':
        return None
    return parse_range(request.headers.get("range"), info.size)


def _headers(info: BlobInfo) -> dict[str, str]:
    headers = {
        "content-type": info.content_type,
        "etag": f'"{info.etag}"',
        "cache-control": CACHING,
        "accept-ranges": "bytes",
        "content-security-policy": SANDBOX,
        "x-content-type-options": "nosniff",
    }
    if not _SHOWN.fullmatch(info.content_type):
        headers["content-disposition"] = "attachment"
    return headers


router = Router("/api/v1", route_handlers=[get_media], tags=["media"])
