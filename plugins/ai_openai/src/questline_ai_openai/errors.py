"""OpenAI's errors in the SDK's terms."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import msgspec
import openai

from questline_sdk.ai import (
    ContentFiltered,
    ProviderError,
    ProviderRateLimited,
    ProviderRefused,
    ProviderUnavailable,
)
from questline_sdk.ai_http import seconds_to_wait

REFUSED = {401, 403}
FILTERED = {"content_filter", "content_policy_violation", "moderation_blocked"}
USED_UP = "insufficient_quota"


@asynccontextmanager
async def translated() -> AsyncIterator[None]:
    """Turn whatever goes wrong inside into a `ProviderError`."""
    try:
        yield
    except openai.APIStatusError as error:
        raise _of_status(error) from error
    except openai.APIConnectionError as error:
        raise ProviderUnavailable("OpenAI does not answer.") from error
    except openai.APIError as error:
        raise of_code(error.code, error.message) from error
    except (httpx2.RequestError, httpx2.StreamError) as error:
        raise ProviderUnavailable("The connection to OpenAI was lost.") from error
    except (msgspec.MsgspecError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise ProviderUnavailable("OpenAI's answer could not be read.") from error


def of_code(code: str | None, message: str) -> ProviderError:
    """The error for a failure that arrives inside an answer."""
    if code in FILTERED:
        return ContentFiltered("OpenAI declined the text.")
    if code == USED_UP:
        return ProviderRefused("The OpenAI account has no credit left.")
    if code == "rate_limit_exceeded":
        return ProviderRateLimited("OpenAI asks to wait.")
    if code in {"server_error", "server_is_overloaded"}:
        return ProviderUnavailable("OpenAI could not answer.")
    return ProviderError(f"OpenAI declined the request: {message[:200]}")


def _of_status(error: openai.APIStatusError) -> ProviderError:
    status = error.status_code
    if error.code in FILTERED or error.code == USED_UP:
        return of_code(error.code, error.message)
    if status == httpx2.codes.TOO_MANY_REQUESTS:
        return ProviderRateLimited("OpenAI asks to wait.", retry_after=seconds_to_wait(error.response.headers))
    if status in REFUSED:
        return ProviderRefused("OpenAI does not accept the API key.")
    if status >= httpx2.codes.INTERNAL_SERVER_ERROR or status == httpx2.codes.REQUEST_TIMEOUT:
        return ProviderUnavailable(f"OpenAI is out of order ({status}).")
    return ProviderError(f"OpenAI declined the request ({status}): {error.message[:200]}")
