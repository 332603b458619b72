"""Requests to providers, and what is remembered of their answers for a while."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import httpx2
import msgspec

from questline_sdk import Context
from questline_sdk.sign_in import SignInUnavailable

MAX_BYTES = 1_000_000
SECONDS = 10.0
KEPT_SECONDS = 3600.0
MOST_KEPT = 500


async def fetch(ctx: Context, method: str, url: str, *, accept: tuple[int, ...] = (200,), **options: Any) -> Any:
    """Ask a provider for JSON.

    Raises:
        SignInUnavailable: It does not answer, or with something else.
    """
    headers = {"accept": "application/json", **options.pop("headers", {})}
    try:
        async with ctx.http.stream(method, url, headers=headers, timeout=SECONDS, **options) as response:
            if response.status_code not in accept:
                raise SignInUnavailable(f"The provider answered {response.status_code}; try again later.")
            body = bytearray()
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > MAX_BYTES:
                    raise SignInUnavailable("The provider's answer is too long.")
    except httpx2.HTTPError as error:
        raise SignInUnavailable("The provider does not answer; try again later.") from error
    try:
        return msgspec.json.decode(bytes(body))
    except msgspec.DecodeError:
        raise SignInUnavailable("The provider's answer is not JSON.") from None


async def fetch_object(ctx: Context, method: str, url: str, **options: Any) -> Mapping[str, Any]:
    """Ask a provider for a JSON object."""
    found = await fetch(ctx, method, url, **options)
    if not isinstance(found, dict):
        raise SignInUnavailable("The provider's answer is not an object.")
    return found


class Documents:
    """Public documents by address, kept for an hour in each process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[float, Mapping[str, Any]]] = OrderedDict()

    async def get(self, ctx: Context, url: str, *, anew: bool = False) -> Mapping[str, Any]:
        """A document; `anew` asks even where it is remembered."""
        known = self._kept.get(url)
        if known is not None and not anew and time.monotonic() - known[0] < KEPT_SECONDS:
            return known[1]
        document = await fetch_object(ctx, "GET", url)
        self._kept[url] = (time.monotonic(), document)
        self._kept.move_to_end(url)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return document
