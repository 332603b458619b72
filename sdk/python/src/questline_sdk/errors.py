"""Errors a request can end with; core turns each into an RFC 9457 problem document."""

from collections.abc import Sequence
from typing import ClassVar

import msgspec


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with one field of the input, and how to put it right."""

    field: str
    message: str


class QuestlineError(Exception):
    """Base of every expected error: carries its HTTP status, a stable code and a plain sentence.

    Args:
        detail: One sentence for the person who reads it, naming the fix.
        code: Stable machine-readable word; the class has a default.
        errors: Per-field messages, for invalid input.
        retry_after: Seconds until it is worth trying again.
    """

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Internal error"
    default_code: ClassVar[str] = "internal_error"

    def __init__(
        self,
        detail: str,
        *,
        code: str | None = None,
        errors: Sequence[FieldError] = (),
        retry_after: int | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.default_code
        self.errors = tuple(errors)
        self.retry_after = retry_after


class Invalid(QuestlineError):
    """The input is wrong; `errors` names each field."""

    status = 422
    title = "Invalid input"
    default_code = "invalid_input"

    @classmethod
    def field(cls, field: str, message: str) -> "Invalid":
        """Build the error for a single wrong field."""
        return cls(f"{field}: {message}", errors=[FieldError(field, message)])


class Unauthenticated(QuestlineError):
    """Nobody is signed in, or the credentials are wrong."""

    status = 401
    title = "Not signed in"
    default_code = "unauthenticated"


class Forbidden(QuestlineError):
    """The signed-in user may not do this."""

    status = 403
    title = "Not allowed"
    default_code = "forbidden"


class NotFound(QuestlineError):
    """There is no such thing for this tenant and user."""

    status = 404
    title = "Not found"
    default_code = "not_found"


class Conflict(QuestlineError):
    """The request is right, but not in the present state."""

    status = 409
    title = "Conflict"
    default_code = "conflict"


class TooManyRequests(QuestlineError):
    """A limit was passed; `retry_after` says how many seconds to wait."""

    status = 429
    title = "Too many requests"
    default_code = "too_many_requests"
