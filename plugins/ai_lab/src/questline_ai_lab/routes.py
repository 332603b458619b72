"""The API of the lab, under `/api/v1/p/ai_lab`."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream

from questline_ai_lab import prompting, service
from questline_ai_lab.permissions import PRACTISE
from questline_ai_lab.schemas import (
    AnswerView,
    DraftView,
    ExerciseView,
    HandIn,
    OutputView,
    Pick,
    PromptText,
    Revision,
    Tool,
    Workshop,
)
from questline_sdk import Context
from questline_sdk.ai import TextDelta
from questline_sdk.services import Transactions


@get("/exercises/{exercise_id:uuid}", operation_id="ai_lab_get", permission=PRACTISE)
async def get_exercise(ctx: NamedDependency[Context], exercise_id: FromPath[UUID]) -> ExerciseView:
    """An exercise and your answers to it."""
    return await service.read(ctx, exercise_id)


@post("/exercises/{exercise_id:uuid}/revisions", operation_id="ai_lab_revise", permission=PRACTISE)
async def revise(ctx: NamedDependency[Context], exercise_id: FromPath[UUID], data: JSONBody[Revision]) -> AnswerView:
    """Have a revision of the text checked and kept."""
    return await service.revise(ctx, exercise_id, data.text)


@post("/exercises/{exercise_id:uuid}/pick", operation_id="ai_lab_pick", permission=PRACTISE, status_code=200)
async def pick(ctx: NamedDependency[Context], exercise_id: FromPath[UUID], data: JSONBody[Pick]) -> AnswerView:
    """Pick a headline, once, and learn which one won and why."""
    return await service.pick(ctx, exercise_id, data.pick)


@get("/exercises/{exercise_id:uuid}/drafts", operation_id="ai_lab_list_drafts", permission=PRACTISE)
async def list_drafts(ctx: NamedDependency[Context], exercise_id: FromPath[UUID]) -> Workshop:
    """The tools of a prompt exercise, and your prompts with what tools wrote for them."""
    return await prompting.workshop(ctx, exercise_id)


@post("/exercises/{exercise_id:uuid}/drafts", operation_id="ai_lab_add_draft", permission=PRACTISE)
async def add_draft(
    ctx: NamedDependency[Context], exercise_id: FromPath[UUID], data: JSONBody[PromptText]
) -> DraftView:
    """Keep a prompt, to be run with tools."""
    return await prompting.add_draft(ctx, exercise_id, data.prompt)


@post(
    "/drafts/{draft_id:uuid}/outputs",
    operation_id="ai_lab_run_draft",
    permission=PRACTISE,
    route_class="ai",
    status_code=200,
    media_type="text/event-stream",
)
async def run_draft(ctx: NamedDependency[Context], draft_id: FromPath[UUID], data: JSONBody[Tool]) -> Stream:
    """Run a prompt with one tool; it comes as Server-Sent Events: text, and at last output or problem."""
    asked = await prompting.prepare(ctx, draft_id, data)
    return Stream(
        _events(ctx.service(Transactions), asked),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _events(transactions: Transactions, asked: prompting.Run) -> AsyncGenerator[bytes, None]:
    async with aclosing(prompting.run(transactions, asked)) as parts:
        async for part in parts:
            name = "text" if isinstance(part, TextDelta) else "output" if isinstance(part, OutputView) else "problem"
            yield b"event: %s\ndata: %s\n\n" % (name.encode(), msgspec.json.encode(part))


@post("/drafts/{draft_id:uuid}/hand-in", operation_id="ai_lab_hand_in", permission=PRACTISE, route_class="ai")
async def hand_in(ctx: NamedDependency[Context], draft_id: FromPath[UUID], data: JSONBody[HandIn]) -> AnswerView:
    """Have a prompt graded by its rubric, and what a tool wrote for it checked."""
    return await prompting.hand_in(ctx, draft_id, data)


ROUTES = [get_exercise, revise, pick, list_drafts, add_draft, run_draft, hand_in]
