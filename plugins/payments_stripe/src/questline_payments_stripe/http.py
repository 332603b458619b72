"""What Stripe's SDK sends its requests with: the host's HTTP client, which reaches no private network."""

from collections.abc import Mapping
from typing import Any

import httpx2
import stripe


class HostHTTPClient(stripe.HTTPClient):
    """Stripe's interface over the host's client."""

    name = "questline"

    def __init__(self, http: httpx2.AsyncClient, timeout: float) -> None:
        super().__init__()
        self._http = http
        self._timeout = timeout

    async def request_async(
        self, method: str, url: str, headers: Mapping[str, str], post_data: Any = None
    ) -> tuple[bytes, int, Mapping[str, str]]:
        """Send one request; what was sent is not tried again here, since the callers decide that."""
        content = post_data.encode() if isinstance(post_data, str) else post_data
        try:
            answer = await self._http.request(
                method, url, headers=dict(headers), content=content, timeout=self._timeout
            )
        except httpx2.HTTPError as error:
            cause = f"{type(error).__name__} while asking Stripe"
            raise stripe.APIConnectionError(cause) from None  # type: ignore[no-untyped-call]
        return answer.content, answer.status_code, answer.headers

    async def close_async(self) -> None:
        """The client is the host's."""
