"""Prompt exercises: drafts, what tools write for them, and handing one in."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from questline_ai_lab import asking
from questline_ai_lab.authored import PromptTask
from questline_ai_lab.checking import run_checks
from questline_ai_lab.models import Draft, Output
from questline_ai_lab.schemas import (
    AnswerView,
    DraftView,
    HandIn,
    OutputView,
    Problem,
    Tool,
    ToolView,
    Workshop,
)
from questline_ai_lab.service import MOST_REVISIONS, answers_of, count_answers, exercise_of, keep
from questline_ai_lab.tone import tone_distance
from questline_sdk import Conflict, Context, Invalid, NotFound, QuestlineError
from questline_sdk.ai import Capability, TextDelta
from questline_sdk.ai_calls import AI, AIRequest
from questline_sdk.services import Transactions

MOST_DRAFTS = 50
MOST_TOOLS = 4
"""That one draft may be run with."""


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A draft that a tool is about to be asked with."""

    draft_id: UUID
    prompt: str
    course_id: UUID
    capability: Capability
    title: str
    tool: Tool
    locale: str


async def workshop(ctx: Context, exercise_id: UUID) -> Workshop:
    """The tools, and the user's drafts with what tools wrote, the newest first."""
    await exercise_of(ctx, exercise_id, "prompt")
    drafts = list(
        await ctx.session.scalars(
            select(Draft)
            .where(Draft.exercise_id == exercise_id, Draft.user_id == ctx.user.id)
            .order_by(Draft.number.desc())
        )
    )
    outputs = await ctx.session.scalars(
        select(Output).where(Output.draft_id.in_([each.id for each in drafts])).order_by(Output.written_at, Output.id)
    )
    written: dict[UUID, list[OutputView]] = {each.id: [] for each in drafts}
    for each in outputs:
        written[each.draft_id].append(_output_view(each))
    found = await asking.tools(ctx)
    return Workshop(
        tools=[
            ToolView(provider=each.provider, model=each.model, title=each.title, sample=each.sample)
            for choices in found.values()
            for each in choices
        ],
        drafts=[_draft_view(each, written[each.id]) for each in drafts],
        answers=await answers_of(ctx, exercise_id),
    )


async def add_draft(ctx: Context, exercise_id: UUID, prompt: str) -> DraftView:
    """Keep a prompt; raises `Invalid`, or `Conflict` where none may be added."""
    await exercise_of(ctx, exercise_id, "prompt")
    if not prompt.strip() or "\0" in prompt:
        raise Invalid.field("prompt", "must be a text that can be read")
    mine = (Draft.exercise_id == exercise_id, Draft.user_id == ctx.user.id)
    last = (await ctx.session.scalars(select(func.coalesce(func.max(Draft.number), 0)).where(*mine))).one()
    if last >= MOST_DRAFTS:
        raise Conflict(f"You have kept {MOST_DRAFTS} prompts, the most there may be.", code="no_revisions_left")
    values = {"number": last + 1, "prompt": prompt, "written_at": ctx.now}
    added = insert(Draft).values(exercise_id=exercise_id, user_id=ctx.user.id, **values)
    kept = (await ctx.session.scalars(added.on_conflict_do_nothing().returning(Draft))).one_or_none()
    if kept is None:
        raise Conflict("Another prompt arrived at the same time; send this one again.", code="revision_conflict")
    return _draft_view(kept, [])


async def prepare(ctx: Context, draft_id: UUID, tool: Tool) -> Run:
    """Check that a tool may be run with a draft, once."""
    draft = await _draft(ctx, draft_id)
    exercise = await exercise_of(ctx, draft.exercise_id, "prompt")
    written = list(await ctx.session.scalars(select(Output).where(Output.draft_id == draft_id)))
    if any((each.provider, each.model) == (tool.provider, tool.model) for each in written):
        raise Conflict("This tool has answered this prompt already.", code="already_run")
    if len(written) >= MOST_TOOLS:
        raise Conflict(f"A prompt runs with {MOST_TOOLS} tools at most.", code="too_many_tools")
    for capability, choices in (await asking.tools(ctx)).items():
        for each in choices:
            if (each.provider, each.model) == (tool.provider, tool.model):
                return Run(
                    draft_id=draft_id,
                    prompt=draft.prompt,
                    course_id=exercise.course_id,
                    capability=capability,
                    title=each.title,
                    tool=tool,
                    locale=tool.locale,
                )
    raise Invalid.field("model", "is not among the tools that are there now")


async def run(transactions: Transactions, asked: Run) -> AsyncGenerator[TextDelta | OutputView | Problem, None]:
    """What a tool writes, word by word, then the output as it is kept; only a whole answer is kept."""
    request = AIRequest(
        placement=asking.PLACEMENT,
        template=asking.RUNS[asked.capability],
        variables={"prompt": asked.prompt},
        course_id=asked.course_id,
        locale=asked.locale,
        provider=asked.tool.provider,
        model=asked.tool.model,
    )
    try:
        async with transactions.begin() as own, aclosing(own.service(AI).stream(own, request)) as parts:
            async for part in parts:
                if isinstance(part, TextDelta):
                    yield part
                    continue
                values = {
                    "id": uuid4(),
                    "draft_id": asked.draft_id,
                    "provider": asked.tool.provider,
                    "model": asked.tool.model,
                    "title": asked.title,
                    "text": part.text.replace("\0", ""),
                    "sample": part.sample,
                    "complete": part.finish == "stop",
                    "call_id": part.call_id,
                    "written_at": own.now,
                }
                async with transactions.begin() as keeping:
                    await keeping.session.execute(insert(Output).values(**values).on_conflict_do_nothing())
                    same = (Output.provider == asked.tool.provider, Output.model == asked.tool.model)
                    kept = select(Output).where(Output.draft_id == asked.draft_id, *same)
                    view = _output_view((await keeping.session.scalars(kept)).one())
                yield view
    except QuestlineError as error:
        yield Problem(status=error.status, code=error.code, title=error.title, detail=error.detail)


async def hand_in(ctx: Context, draft_id: UUID, data: HandIn) -> AnswerView:
    """Check what the tool wrote, have the prompt graded, and keep both."""
    async with ctx.service(Transactions).begin() as own:  # so that no connection is held while the grader reads
        draft = await _draft(own, draft_id)
        exercise = await exercise_of(own, draft.exercise_id, "prompt")
        found = select(Output).where(Output.id == data.output_id, Output.draft_id == draft_id)
        output = (await own.session.scalars(found)).one_or_none()
        if output is None:
            raise NotFound("This prompt has no such text.")
        if await count_answers(own, exercise.id) >= MOST_REVISIONS:
            raise Conflict(
                f"You have handed in {MOST_REVISIONS} times, the most there may be.", code="no_hand_ins_left"
            )
        task = msgspec.convert(exercise.content, PromptTask)
        own.session.expunge_all()
    graded = await asking.grade(ctx, task, draft.prompt, exercise.course_id, data.locale)
    tone = await tone_distance(ctx, task.checks.tone, output.text, exercise.course_id)
    checks = run_checks(task.checks, output.text, tone)
    points = [1.0 if each.passed else 0.0 for each in checks if not each.skipped]
    points += [each.level / asking.TOP_LEVEL for each in graded.grades]
    number = 1 + await count_answers(ctx, exercise.id)
    result = {
        "draft": draft.number,
        "output_id": str(output.id),
        "checks": msgspec.to_builtins(checks),
        "criteria": msgspec.to_builtins(graded.grades),
        "sample": graded.sample,
    }
    kept = await keep(ctx, exercise, number, draft.prompt, result, round(100 * sum(points) / len(points)))
    if kept is None:
        raise Conflict("Another answer arrived at the same time; hand this one in again.", code="revision_conflict")
    return kept


async def _draft(ctx: Context, draft_id: UUID) -> Draft:
    mine = select(Draft).where(Draft.id == draft_id, Draft.user_id == ctx.user.id)
    found = (await ctx.session.scalars(mine)).one_or_none()
    if found is None:
        raise NotFound("You have no such prompt.")
    return found


def _draft_view(row: Draft, outputs: list[OutputView]) -> DraftView:
    return DraftView(id=row.id, number=row.number, prompt=row.prompt, written_at=row.written_at, outputs=outputs)


def _output_view(row: Output) -> OutputView:
    names = ("id", "provider", "model", "title", "text", "sample", "complete")
    return OutputView(**{name: getattr(row, name) for name in names})
