"""Requests to PayPal's API, and its errors in the SDK's terms."""

import time
from collections import OrderedDict
from typing import Any, TypeVar
from uuid import UUID, uuid5

import httpx2
import msgspec

from questline_payments_paypal.settings import PayPalSettings
from questline_sdk import Context
from questline_sdk.payments import (
    PaymentError,
    PaymentNotFound,
    PaymentOutcomeUnknown,
    PaymentRateLimited,
    PaymentRefused,
)

T = TypeVar("T")
KEYS = UUID("5d0c9bd4-7d0c-4b5b-9a0e-0c6f4f6f3c11")
EARLY = 60.0
MOST_TOKENS = 500
UNREADABLE = "PayPal's answer could not be read."


class Declined(PaymentError):
    """PayPal declined a request and said why: `issue` is its word for it."""

    def __init__(self, detail: str, issue: str) -> None:
        super().__init__(detail)
        self.issue = issue


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """What requests are signed with for a while."""

    access_token: str
    expires_in: float


class Detail(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong."""

    issue: str = ""
    description: str = ""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """An error as PayPal writes it."""

    name: str = ""
    message: str = ""
    details: list[Detail] = []


_tokens: OrderedDict[tuple[str, str, str], tuple[float, str]] = OrderedDict()
"""Tokens by account, with the time at which each must be renewed; of this process only."""


def request_id(key: str, *parts: str) -> str:
    """The id under which PayPal does a request once."""
    return str(uuid5(KEYS, "\0".join((key, *parts))))


async def ask(
    ctx: Context,
    shape: type[T],
    method: str,
    path: str,
    *,
    body: Any = None,
    raw: bytes | None = None,
    key: str | None = None,
    query: dict[str, str] | None = None,
) -> T:
    """Send a request and read its answer."""
    settings = await ctx.settings(PayPalSettings)
    if not (settings.client_id and settings.client_secret):
        raise PaymentRefused("There is no PayPal account; set it in the plugin's settings.")
    content = raw if raw is not None else b"" if body is None else msgspec.json.encode(body)
    headers = {"content-type": "application/json", "prefer": "return=representation"}
    if key is not None:
        headers["paypal-request-id"] = key
    for attempt in (1, 2):
        headers["authorization"] = f"Bearer {await _token(ctx, settings, renew=attempt > 1)}"
        answer = await _send(ctx, settings, method, path, content=content, headers=headers, params=query)
        if answer.status_code != httpx2.codes.UNAUTHORIZED:
            break
    return _read(answer, shape)


async def _token(ctx: Context, settings: PayPalSettings, *, renew: bool) -> str:
    account = (settings.api_base, settings.client_id, settings.client_secret)
    until, known = _tokens.get(account, (0.0, ""))
    if known and not renew and time.monotonic() < until:
        return known
    answer = await _send(
        ctx,
        settings,
        "POST",
        "/v1/oauth2/token",
        content=b"grant_type=client_credentials",
        headers={"content-type": "application/x-www-form-urlencoded"},
        auth=(settings.client_id, settings.client_secret),
    )
    token = _read(answer, Token)
    _tokens[account] = (time.monotonic() + token.expires_in - EARLY, token.access_token)
    _tokens.move_to_end(account)
    while len(_tokens) > MOST_TOKENS:
        _tokens.popitem(last=False)
    return token.access_token


async def _send(ctx: Context, settings: PayPalSettings, method: str, path: str, **options: Any) -> httpx2.Response:
    url = settings.api_base.rstrip("/") + path
    try:
        return await ctx.http.request(method, url, timeout=settings.timeout_seconds, **options)
    except httpx2.HTTPError as error:
        raise PaymentOutcomeUnknown("PayPal does not answer.") from error


def _read(answer: httpx2.Response, shape: type[T]) -> T:
    if answer.is_success:
        try:
            return msgspec.json.decode(answer.content, type=shape)
        except msgspec.DecodeError as error:
            raise PaymentOutcomeUnknown(UNREADABLE) from error
    status = answer.status_code
    if status in {httpx2.codes.UNAUTHORIZED, httpx2.codes.FORBIDDEN}:
        raise PaymentRefused("PayPal does not accept the client id and secret for this.")
    if status == httpx2.codes.NOT_FOUND:
        raise PaymentNotFound("PayPal knows no such payment.")
    if status == httpx2.codes.TOO_MANY_REQUESTS:
        given = answer.headers.get("retry-after", "")
        raise PaymentRateLimited("PayPal asks to wait.", retry_after=int(given) if given.isdigit() else None)
    if status >= httpx2.codes.INTERNAL_SERVER_ERROR or status == httpx2.codes.CONFLICT:
        raise PaymentOutcomeUnknown(f"PayPal is out of order or busy with the same request ({status}).")
    try:
        problem = msgspec.json.decode(answer.content, type=Problem)
    except msgspec.DecodeError:
        problem = Problem()
    detail = problem.details[0] if problem.details else Detail()
    text = (detail.description or problem.message or str(status))[:200]
    raise Declined(f"PayPal declined the request: {text}", detail.issue or problem.name)
