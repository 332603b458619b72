"""An answer as Server-Sent Events, for the routes of any placement."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

import msgspec
import structlog
from litestar.response import Stream

from questline_sdk import Context, QuestlineError
from questline_sdk.ai import TextDelta
from questline_sdk.ai_calls import AI, AIRequest
from questline_sdk.services import Transactions

log = structlog.get_logger()
HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why there is no answer, or not the whole."""

    status: int
    code: str
    detail: str
    retry_after: int | None = None


async def answer_stream(ctx: Context, request: AIRequest) -> Stream:
    """The response: events `text` {text}, then one `answer` (the whole, with its cost) or one `problem`.

    What goes wrong before the first text is raised, and so becomes a problem document with its status. A browser
    that leaves ends the request to the provider.
    """
    events = _events(ctx.service(Transactions), request)
    first = await anext(events)

    async def all_of_them() -> AsyncGenerator[bytes, None]:
        async with aclosing(events):
            yield first
            async for each in events:
                yield each

    return Stream(all_of_them(), media_type="text/event-stream", headers=HEADERS)


async def _events(transactions: Transactions, request: AIRequest) -> AsyncGenerator[bytes, None]:
    begun = False
    async with transactions.begin() as own:
        try:
            async with aclosing(own.service(AI).stream(own, request)) as parts:
                async for part in parts:
                    begun = True
                    yield event("text" if isinstance(part, TextDelta) else "answer", part)
        except QuestlineError as error:
            if not begun:
                raise
            yield event("problem", problem_of(error))


def problem_of(error: QuestlineError) -> Problem:
    """An error as an event tells it."""
    return Problem(status=error.status, code=error.code, detail=error.detail, retry_after=error.retry_after)


def event(name: str, data: msgspec.Struct) -> bytes:
    """One event."""
    return b"event: %s\ndata: %s\n\n" % (name.encode(), msgspec.json.encode(data))
