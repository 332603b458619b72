"""The assistant's API, under `/api/v1/p/ai/assistant`."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream

from questline_ai.assistant import service
from questline_ai.assistant.schemas import AssistantState, Question
from questline_sdk import Context, Permission
from questline_sdk.permissions import MEMBERS
from questline_sdk.services import Transactions

ASK = "ai.assistant.use"
ASSISTANT_PERMISSIONS = (Permission(name=ASK, title="Ask the assistant of lessons", roles=MEMBERS),)


@get("/assistant/{lesson_id:uuid}", operation_id="ai_get_assistant", permission=ASK)
async def get_assistant(ctx: NamedDependency[Context], lesson_id: FromPath[UUID]) -> AssistantState:
    """Whether you may ask about a lesson now."""
    return await service.state(ctx, lesson_id)


@post(
    "/assistant/{lesson_id:uuid}",
    operation_id="ai_ask_assistant",
    permission=ASK,
    route_class="ai",
    status_code=200,
    media_type="text/event-stream",
)
async def ask_assistant(ctx: NamedDependency[Context], lesson_id: FromPath[UUID], data: JSONBody[Question]) -> Stream:
    """Ask about a lesson; the answer comes as Server-Sent Events: sources, delta, and done or failed."""
    asked = await service.prepare(ctx, lesson_id, data)
    return Stream(
        _events(ctx.service(Transactions), asked),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _events(transactions: Transactions, asked: service.Asked) -> AsyncGenerator[bytes, None]:
    async with transactions.begin() as own, aclosing(service.answer(own, asked)) as events:
        async for event in events:
            yield b"event: %s\ndata: %s\n\n" % (type(event).__name__.lower().encode(), msgspec.json.encode(event))


ASSISTANT_ROUTES = [get_assistant, ask_assistant]
