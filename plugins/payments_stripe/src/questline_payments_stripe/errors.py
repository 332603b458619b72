"""Stripe's errors in the SDK's terms."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx2

from questline_sdk.payments import (
    PaymentError,
    PaymentNotFound,
    PaymentOutcomeUnknown,
    PaymentRateLimited,
    PaymentRefused,
)

if TYPE_CHECKING:
    from stripe import StripeError

UNREADABLE = "Stripe's answer could not be read."


@contextmanager
def translated() -> Iterator[None]:
    """Turn whatever goes wrong inside into a `PaymentError`."""
    import stripe

    try:
        yield
    except stripe.StripeError as error:
        raise _of(error) from None  # the cause carries request and headers, which logs should not
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise PaymentOutcomeUnknown(UNREADABLE) from error


def _of(error: "StripeError") -> PaymentError:
    import stripe

    status = error.http_status or 0
    if isinstance(error, stripe.APIConnectionError):
        return PaymentOutcomeUnknown("Stripe does not answer.")
    if isinstance(error, stripe.RateLimitError) or status == httpx2.codes.TOO_MANY_REQUESTS:
        return PaymentRateLimited("Stripe asks to wait.", retry_after=_seconds(error))
    if isinstance(error, stripe.AuthenticationError | stripe.PermissionError):
        return PaymentRefused("Stripe does not accept the secret key for this.")
    if isinstance(error, stripe.IdempotencyError):
        return PaymentError("This key was used for another request.", code="idempotency_conflict")
    if status == httpx2.codes.NOT_FOUND:
        return PaymentNotFound("Stripe knows no such payment.")
    if status == httpx2.codes.CONFLICT:
        return PaymentOutcomeUnknown("Stripe is still busy with the same request.")
    if status < httpx2.codes.BAD_REQUEST:
        return PaymentOutcomeUnknown(UNREADABLE)
    if status >= httpx2.codes.INTERNAL_SERVER_ERROR:
        return PaymentOutcomeUnknown(f"Stripe is out of order ({status}).")
    return PaymentError(f"Stripe declined the request: {(error.user_message or error.code or str(status))[:200]}")


def _seconds(error: "StripeError") -> int | None:
    given = {name.lower(): value for name, value in (error.headers or {}).items()}.get("retry-after", "")
    return int(given) if given.isdigit() else None
