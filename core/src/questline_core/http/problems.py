"""RFC 9457 problem documents for every error an answer can carry."""

from typing import Any

import msgspec
import structlog
from asyncpg.exceptions import InterfaceError, InternalClientError, PostgresError
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.status_codes import HTTP_500_INTERNAL_SERVER_ERROR, HTTP_503_SERVICE_UNAVAILABLE
from redis.exceptions import RedisError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from questline_core.db.errors import meaning_of
from questline_core.http.wording import in_words
from questline_core.tenancy.refusals import limit_error
from questline_sdk import Conflict, FieldError, Invalid, QuestlineError

PROBLEM_JSON = "application/problem+json"
log = structlog.get_logger()

CODES = {400: "bad_request", 404: "route_not_found", 405: "method_not_allowed", 413: "body_too_large"}


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An error as the API answers it (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str | None = None
    errors: list[FieldError] = []


def answer(
    request: Request[Any, Any, Any], problem: Problem, headers: dict[str, str] | None = None
) -> Response[Problem]:
    """Make the response of a problem."""
    return Response(problem, status_code=problem.status, media_type=PROBLEM_JSON, headers=headers)


def make_problem(
    request: Request[Any, Any, Any],
    *,
    status: int,
    title: str,
    detail: str,
    code: str,
    errors: list[FieldError] | None = None,
) -> Problem:
    """Fill in a problem document for this request."""
    return Problem(
        type=f"urn:questline:problem:{code}",
        title=title,
        status=status,
        detail=detail,
        code=code,
        request_id=request.scope["state"].get("request_id"),
        errors=errors or [],
    )


def questline_error(request: Request[Any, Any, Any], error: QuestlineError) -> Response[Problem]:
    """An expected error says its own status, code and fields."""
    headers = {"retry-after": str(error.retry_after)} if error.retry_after is not None else None
    problem = make_problem(
        request, status=error.status, title=error.title, detail=error.detail, code=error.code, errors=list(error.errors)
    )
    return answer(request, problem, headers)


def validation_error(request: Request[Any, Any, Any], error: ValidationException) -> Response[Problem]:
    """Wrong body or parameters: one message a field."""
    extra = error.extra if isinstance(error.extra, list) else []
    errors = [
        FieldError(str(each.get("key", "body")), in_words(str(each.get("message", ""))))
        for each in extra
        if isinstance(each, dict)
    ]
    detail = "; ".join(f"{each.field}: {each.message}" for each in errors) or error.detail
    problem = make_problem(
        request, status=400, title="Invalid input", detail=detail, code="invalid_input", errors=errors
    )
    return answer(request, problem)


def http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    """Errors that the framework raises."""
    status = error.status_code
    if status >= HTTP_500_INTERNAL_SERVER_ERROR:
        return internal_error(request, error)
    code = CODES.get(status, "http_error")
    detail = "There is nothing at this address." if status == 404 else error.detail
    problem = make_problem(request, status=status, title=type(error).__name__, detail=detail, code=code)
    return answer(request, problem, dict(error.headers or {}))


def unavailable(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """PostgreSQL or Valkey does not answer: the client may try again."""
    log.error("a service is unavailable", error=str(error).splitlines()[0] if str(error) else repr(error))
    problem = make_problem(
        request,
        status=HTTP_503_SERVICE_UNAVAILABLE,
        title="Unavailable",
        detail="The service is restarting; nothing was changed. Try again in a moment.",
        code="unavailable",
    )
    return answer(request, problem, {"retry-after": "1"})


def database_error(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """Say whether to try again, what not to send, or that the mistake is ours."""
    reached = limit_error(error)
    if reached is not None:
        return questline_error(request, reached)
    meaning = meaning_of(error)
    if meaning == "unavailable":
        return unavailable(request, error)
    if meaning == "invalid":
        return questline_error(request, Invalid("A value cannot be stored: it is too large or has a NUL character."))
    if meaning == "conflict":
        return questline_error(request, Conflict("What this refers to has just been changed or removed."))
    return internal_error(request, error)


def not_text(request: Request[Any, Any, Any], error: UnicodeDecodeError) -> Response[Problem]:
    """JSON with bytes that are no UTF-8: the decoder raises this instead of its own error."""
    log.warning("input is not UTF-8", error=str(error), path=request.scope["path"])
    problem = make_problem(
        request, status=400, title="Invalid input", detail="The body is not UTF-8.", code="bad_request"
    )
    return answer(request, problem)


def too_deep(request: Request[Any, Any, Any], error: RecursionError) -> Response[Problem]:
    """JSON nested without end; the decoder stops in time. Endless recursion of our own is still our mistake."""
    if "deserializing" not in str(error):
        return internal_error(request, error)
    problem = make_problem(
        request, status=400, title="Invalid input", detail="The body is nested too deeply.", code="bad_request"
    )
    return answer(request, problem)


def internal_error(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """Anything unexpected: logged whole, answered without details."""
    log.error("request failed", exc_info=error, path=request.scope["path"])
    problem = make_problem(
        request,
        status=HTTP_500_INTERNAL_SERVER_ERROR,
        title="Internal error",
        detail="Something went wrong on our side; it has been logged.",
        code="internal_error",
    )
    return answer(request, problem)


EXCEPTION_HANDLERS: dict[Any, Any] = {
    QuestlineError: questline_error,
    ValidationException: validation_error,
    HTTPException: http_error,
    DBAPIError: database_error,
    PostgresError: database_error,
    InterfaceError: database_error,
    InternalClientError: database_error,
    PoolTimeoutError: unavailable,
    UnicodeDecodeError: not_text,
    RecursionError: too_deep,
    RedisError: unavailable,
    ConnectionError: unavailable,
    TimeoutError: unavailable,
    Exception: internal_error,
}
