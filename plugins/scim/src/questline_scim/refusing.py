"""Errors in SCIM's own form (RFC 7644, 3.12)."""

import json
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from questline_sdk import QuestlineError

MEDIA_TYPE = "application/scim+json"
AnyRequest = Request[Any, Any, Any]
SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error"
OFF = "route_not_found"
"""Our code for the routes of a plugin that is off."""
KINDS = {"email_taken": "uniqueness", "external_id_taken": "uniqueness", "slug_taken": "uniqueness"}
"""Codes of ours that have a name in RFC 7644 (3.12)."""


class Refused(Exception):
    """An answer that undoes what the request has done; `content` is an error in SCIM's form."""

    def __init__(self, status: int, content: str) -> None:
        super().__init__(content)
        self.status, self.content = status, content


def meaning_of(error: QuestlineError) -> tuple[int, str, str | None]:
    """The status, the words and the kind of one of our errors as SCIM has them."""
    detail = "; ".join(f"{each.field} {each.message}" for each in error.errors) or error.detail
    if error.status == 422:
        return 400, detail, "invalidValue"
    return error.status, detail, KINDS.get(error.code)


def _answer(status: int, detail: str, **more: str | None) -> Response[bytes]:
    """Answer with an error."""
    content = {"schemas": [SCHEMA], "status": str(status), "detail": detail} | {k: v for k, v in more.items() if v}
    headers = {"www-authenticate": 'Bearer realm="SCIM"'} if status == 401 else None
    return Response(json.dumps(content).encode(), status_code=status, headers=headers, media_type=MEDIA_TYPE)


def _refused(_: AnyRequest, error: Refused) -> Response[bytes]:
    return Response(error.content.encode(), status_code=error.status, media_type=MEDIA_TYPE)


def _our_error(_: AnyRequest, error: QuestlineError) -> Response[bytes]:
    if error.code == OFF:  # the site says that there is no such service, in a form that both sides read
        return _answer(404, error.detail, code=OFF)
    status, detail, kind = meaning_of(error)
    return _answer(status, detail, scimType=kind)


def _http_error(_: AnyRequest, error: HTTPException) -> Response[bytes]:
    return _answer(error.status_code, error.detail)


EXCEPTION_HANDLERS: dict[Any, Any] = {Refused: _refused, QuestlineError: _our_error, HTTPException: _http_error}
