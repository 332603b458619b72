"""Questions about a lesson, answered from its text."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import select

from questline_ai.assistant.attempts import asks_for_an_answer, running
from questline_ai.assistant.cited import CitedText
from questline_ai.assistant.passages import Passage, passages_of
from questline_ai.assistant.prompt import PLACEMENT, TEMPLATE, conversation, fenced_question
from questline_ai.assistant.schemas import AssistantState, Delta, Done, Failed, Question, Sources
from questline_sdk import Conflict, Context, Forbidden, NotFound, QuestlineError
from questline_sdk.ai import Message, TextDelta
from questline_sdk.ai_calls import AI, AIRequest
from questline_sdk.learning import Learning
from questline_sdk.services import Enrolments, OpenAttempt, Reach

MANAGE = "content.course.manage"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question with all that answers it, read before the answer begins."""

    course_id: UUID
    title: str
    passages: list[Passage]
    attempts: list[OpenAttempt]
    question: Question


class _Lesson(msgspec.Struct, frozen=True, kw_only=True):
    course_id: UUID
    title: str
    passages: list[Passage]


async def state(ctx: Context, lesson_id: UUID) -> AssistantState:
    """Whether the assistant may be asked about a lesson now."""
    lesson = await _lesson(ctx, lesson_id)
    if not lesson.passages:
        return AssistantState(available=False, reason="nothing_to_read")
    if any(each.graded for each in await running(ctx, lesson.course_id)):
        return AssistantState(available=False, reason="attempt")
    choices = await ctx.service(AI).choices(ctx)
    if not choices:
        return AssistantState(available=False, reason="no_provider")
    return AssistantState(available=True, sample=choices[0].sample)


async def prepare(ctx: Context, lesson_id: UUID, question: Question) -> Asked:
    """Read what the answer needs; raises `Conflict` while a graded attempt of the course is open."""
    lesson = await _lesson(ctx, lesson_id)
    attempts = list(await running(ctx, lesson.course_id))
    if any(each.graded for each in attempts):
        raise Conflict("The assistant waits until you have submitted your attempt.", code="ai_attempt_open")
    if not lesson.passages:
        raise Conflict("This lesson has no text to answer from.", code="ai_nothing_to_read")
    return Asked(
        course_id=lesson.course_id,
        title=lesson.title,
        passages=lesson.passages,
        attempts=attempts,
        question=question,
    )


async def answer(ctx: Context, asked: Asked) -> AsyncGenerator[Sources | Delta | Done | Failed, None]:
    """The answer's events; closing it ends the call."""
    yield Sources(blocks={each.mark: each.block_id for each in asked.passages})
    question = asked.question
    if asks_for_an_answer(question.question, asked.attempts):
        yield Done(outcome="attempt")
        return
    shown = CitedText(each.mark for each in asked.passages)
    request = AIRequest(
        placement=PLACEMENT,
        template=TEMPLATE,
        variables={"question": fenced_question(question.question)},
        messages=conversation(
            asked.title, asked.passages, [Message(role=each.role, content=each.content) for each in question.turns]
        ),
        course_id=asked.course_id,
        locale=question.locale,
    )
    try:
        async with aclosing(ctx.service(AI).stream(ctx, request)) as parts:
            async for part in parts:
                if isinstance(part, TextDelta):
                    if text := shown.add(part.text):
                        yield Delta(text=text)
                    continue
                outcome: Literal["answered", "outside"] = "answered" if shown.cited else "outside"
                yield Done(outcome=outcome, cited=shown.cited, call_id=part.call_id, sample=part.sample)
    except QuestlineError as error:
        yield Failed(code=error.code, title=error.title, detail=error.detail)


async def _lesson(ctx: Context, lesson_id: UUID) -> _Lesson:
    lesson = ctx.service(Learning).lessons().subquery("lesson")
    columns = (lesson.c.course_id, lesson.c.title, lesson.c.blocks)
    found: Any = (await ctx.session.execute(select(*columns).where(lesson.c.lesson_id == lesson_id))).first()
    if found is None:
        raise NotFound("There is no such lesson in its course now.")
    course_id: UUID = found.course_id
    enrolled = await ctx.service(Enrolments).is_enrolled(ctx.user.id, course_id)
    if not enrolled and not await ctx.service(Reach).may(MANAGE, course_id=course_id):
        raise Forbidden("Enrol in the course to ask about its lessons.", code="not_enrolled")
    return _Lesson(course_id=course_id, title=found.title, passages=passages_of(found.blocks))
