"""HTTP to an AI vendor that has no SDK of its own: JSON and server-sent events, with a provider's errors."""

import datetime as dt
import math
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

import httpx2
import msgspec

from questline_sdk.ai import (
    ProviderError,
    ProviderRateLimited,
    ProviderRefused,
    ProviderUnavailable,
)

T = TypeVar("T")
REFUSED = {401, 402, 403}
LONGEST = 32 * 1024 * 1024
"""Bytes of an answer; a longer one is no answer."""
EVENT_END = re.compile(rb"\r?\n\r?\n|\r\r")
Recognise = Callable[[int, bytes], ProviderError | None]
"""Says what a vendor means by a status and a body; None where it is as usual."""


def seconds_to_wait(headers: Mapping[str, str]) -> int | None:
    """What `Retry-After` asks for, in seconds or as a date, rounded up; None where it asks for nothing clear."""
    given = headers.get("retry-after", "").strip()
    try:
        if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", given, re.ASCII):
            return math.ceil(float(given))
        until = parsedate_to_datetime(given)
    except ValueError:
        return None
    return max(0, math.ceil((until - dt.datetime.now(dt.UTC)).total_seconds())) if until.tzinfo else None


class VendorAPI:
    """One account with a vendor. It asks once: whether to ask again is for the provider's callers to say.

    Args:
        http: The context's `http`, which goes to no private address.
        vendor: Name of the vendor, for messages.
        base_url: Where its API begins.
        headers: What goes with each request; the key.
        timeout: The longest silence, in seconds.
        recognise: Knows the errors that are the vendor's own.
    """

    def __init__(
        self,
        http: httpx2.AsyncClient,
        vendor: str,
        *,
        base_url: str,
        headers: Mapping[str, str],
        timeout: float,
        recognise: Recognise | None = None,
    ) -> None:
        self._http = http
        self._vendor = vendor
        self._base_url = base_url.rstrip("/")
        self._headers = headers
        self._timeout = timeout
        self._recognise = recognise

    async def json(
        self, method: str, path: str, *, shape: type[T], body: Any = None, query: Mapping[str, str] | None = None
    ) -> T:
        """Ask for a JSON document and read it in this shape.

        Raises:
            ProviderError: Whatever went wrong.
        """
        async with self._answer(method, path, body, query) as answer:
            raw = await _whole(answer)
        try:
            return msgspec.json.decode(raw, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self._unreadable() from error

    async def events(
        self, path: str, *, shape: type[T], body: Any = None, query: Mapping[str, str] | None = None
    ) -> AsyncGenerator[T, None]:
        """Ask for server-sent events and read the data of each in this shape; `[DONE]` is left out.

        Raises:
            ProviderError: Whatever went wrong; also that the stream ended within an event.
        """
        async with self._answer("POST", path, body, query) as answer:
            rest = b""
            read = 0
            async for piece in answer.aiter_raw():
                read += len(piece)
                rest += piece
                if read > LONGEST:
                    raise self._unreadable()
                if b"\n" in piece or b"\r" in piece:
                    *events, rest = EVENT_END.split(rest)
                    for event in events:
                        for found in self._data(event, shape):
                            yield found
            if rest.strip():
                raise ProviderUnavailable(f"{self._vendor}'s answer ended too early.")

    def _data(self, event: bytes, shape: type[T]) -> list[T]:
        lines = [line[5:].removeprefix(b" ") for line in event.splitlines() if line.startswith(b"data:")]
        data = b"\n".join(lines)
        if not data or data == b"[DONE]":
            return []
        try:
            return [msgspec.json.decode(data, type=shape)]
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self._unreadable() from error

    @asynccontextmanager
    async def _answer(
        self, method: str, path: str, body: Any, query: Mapping[str, str] | None
    ) -> AsyncIterator[httpx2.Response]:
        headers = {**self._headers, "accept-encoding": "identity"}
        content = None
        if body is not None:
            content, headers["content-type"] = msgspec.json.encode(body), "application/json"
        request = self._http.build_request(
            method,
            self._base_url + path,
            headers=headers,
            content=content,
            params=query or None,
            timeout=httpx2.Timeout(self._timeout),
        )
        try:
            answer = await self._http.send(request, stream=True)
            try:
                if not answer.is_success:
                    raise self._error(answer, await _whole(answer))
                yield answer
            finally:
                await answer.aclose()
        except (httpx2.RequestError, httpx2.StreamError, httpx2.InvalidURL) as error:
            raise ProviderUnavailable(f"{self._vendor} does not answer.") from error

    def _error(self, answer: httpx2.Response, body: bytes) -> ProviderError:
        status = answer.status_code
        if self._recognise is not None and (known := self._recognise(status, body)) is not None:
            return known
        if status == httpx2.codes.TOO_MANY_REQUESTS:
            return ProviderRateLimited(f"{self._vendor} asks to wait.", retry_after=seconds_to_wait(answer.headers))
        if status in REFUSED:
            return ProviderRefused(f"{self._vendor} does not accept the API key.")
        if status >= httpx2.codes.INTERNAL_SERVER_ERROR or status == httpx2.codes.REQUEST_TIMEOUT:
            return ProviderUnavailable(f"{self._vendor} is out of order ({status}).")
        return ProviderError(f"{self._vendor} declined the request ({status}).")

    def _unreadable(self) -> ProviderUnavailable:
        return ProviderUnavailable(f"{self._vendor}'s answer could not be read.")


async def _whole(answer: httpx2.Response) -> bytes:
    """The body, as far as an answer may be long."""
    body = bytearray()
    async for piece in answer.aiter_raw():
        body += piece
        if len(body) > LONGEST:
            raise ProviderUnavailable("The answer is too long.")
    return bytes(body)
