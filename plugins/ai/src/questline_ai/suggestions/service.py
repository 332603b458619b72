"""Asking for suggestions, listing them, deciding on them. Nothing here changes a course."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import func, select

from questline_ai.assistant.passages import Passage, passages_of, written
from questline_ai.models import Suggestion
from questline_ai.suggestions import checks, kinds
from questline_ai.suggestions.prompt import PLACEMENT, TEMPLATE
from questline_ai.suggestions.schemas import Flag, LessonCard, LessonSuggestions, Source, SuggestionView, Wanted
from questline_sdk import Conflict, Context, Invalid, NotFound, Page
from questline_sdk.ai import ProviderError
from questline_sdk.ai_calls import AI, AIAnswer, AIRequest
from questline_sdk.learning import Learning
from questline_sdk.pages import decode_cursor, paginate
from questline_sdk.services import CourseQuestions, Reach, Transactions

SUGGEST = "ai.suggestions.manage"
SHOWN = 200
"""Suggestions of a lesson that are shown, the newest."""


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson as suggestions need it."""

    card: LessonCard
    passages: list[Passage]
    pictures: list[Passage]


async def list_lessons(ctx: Context, cursor: str | None, limit: int) -> Page[LessonCard]:
    """The lessons that the acting user may ask for, in the order of their courses."""
    lesson = ctx.service(Learning).lessons().subquery("lesson")
    order = (lesson.c.course_title, lesson.c.course_id, lesson.c.position, lesson.c.lesson_id)
    statement = select(
        lesson.c.lesson_id, lesson.c.title, lesson.c.course_id, lesson.c.course_title, lesson.c.language,
        lesson.c.position, _pending(lesson.c.lesson_id),
    ).order_by(*order).limit(limit + 1)  # fmt: skip
    courses = await ctx.service(Reach).courses(SUGGEST)
    if courses is not None:
        statement = statement.where(lesson.c.course_id.in_(courses))
    if cursor:
        before = decode_cursor(cursor, tuple[str, UUID, int, UUID])
        statement = statement.where(func.row(*order) > func.row(*before))
    rows = (await ctx.session.execute(statement)).all()
    page = paginate(rows, limit, lambda row: (row.course_title, row.course_id, row.position, row.lesson_id))
    return Page(items=[_card(row) for row in page.items], next_cursor=page.next_cursor)


async def of_lesson(ctx: Context, lesson_id: UUID) -> LessonSuggestions:
    """A lesson's suggestions."""
    lesson = await _lesson(ctx, lesson_id)
    rows = await ctx.session.scalars(
        select(Suggestion)
        .where(Suggestion.lesson_id == lesson_id)
        .order_by(Suggestion.created_at.desc(), Suggestion.id)
        .limit(SHOWN)
    )
    return LessonSuggestions(
        lesson=lesson.card,
        available=bool(lesson.passages) and bool(await ctx.service(AI).choices(ctx)),
        pictures=len(lesson.pictures),
        suggestions=[view(each) for each in rows],
    )


async def suggest(ctx: Context, lesson_id: UUID, wanted: Wanted) -> list[SuggestionView]:
    """Ask AI, hold what it says against the lesson, and keep it for the author to decide on."""
    if (wanted.locale is not None) != (wanted.kind == "translation"):
        raise Invalid.field("locale", "is needed for a translation, and only there")
    async with ctx.service(Transactions).begin() as own:  # so that no connection is held while AI writes
        lesson = await _lesson(own, lesson_id)
        _demand_text(lesson, wanted)
    answer = await ctx.service(AI).complete(
        ctx,
        AIRequest(
            placement=PLACEMENT,
            template=TEMPLATE,
            variables={"task": kinds.task(wanted, lesson.pictures), "lesson": _fenced(written(lesson.passages))},
            course_id=lesson.card.course_id,
            json_schema=kinds.schema_of(wanted.kind),
            locale=lesson.card.language,
            cache=False,
        ),
    )
    try:
        items = kinds.items_in(wanted.kind, answer.text)
    except (msgspec.ValidationError, KeyError, TypeError) as error:
        raise ProviderError("The answer has not the form that was asked for.", code="ai_wrong_form") from error
    rows = await _checked(ctx, lesson, wanted, items, answer)
    ctx.session.add_all(rows)
    await ctx.session.flush()
    return [view(each) for each in rows]


async def decide(ctx: Context, lesson_id: UUID, suggestion_id: UUID, *, accepted: bool) -> SuggestionView:
    """Accept or reject one suggestion, once; what was accepted is the author's to put into the course."""
    await _lesson(ctx, lesson_id)
    found = await ctx.session.scalar(
        select(Suggestion).where(Suggestion.id == suggestion_id, Suggestion.lesson_id == lesson_id).with_for_update()
    )
    if found is None:
        raise NotFound("There is no such suggestion for this lesson.")
    status = "accepted" if accepted else "rejected"
    if found.status not in {"pending", status}:
        raise Conflict("This suggestion has been decided on already.", code="ai_suggestion_decided")
    if found.status == "pending":
        found.status, found.decided_at = status, ctx.now
        found.decided_by = ctx.user.id
        await ctx.session.flush()
        await ctx.audit(f"ai.suggestion.{status}", subject=("ai_suggestion", found.id), after={"kind": found.kind})
    return view(found)


def view(row: Suggestion) -> SuggestionView:
    """A suggestion as its author sees it."""
    same = (
        "id", "kind", "locale", "block_id", "content", "duplicate_of", "cost_micros", "currency", "provider", "model",
        "sample", "status", "created_at", "decided_at",
    )  # fmt: skip
    return SuggestionView(
        **{name: getattr(row, name) for name in same},
        diff=checks.diff_of(row.before, row.after),
        as_code=kinds.code_of(row.kind, row.content),
        source=None if row.source is None else msgspec.convert(row.source, Source),
        flags=msgspec.convert(row.flags, list[Flag]),
    )


async def _checked(
    ctx: Context, lesson: Lesson, wanted: Wanted, items: Sequence[kinds.Item], answer: AIAnswer
) -> list[Suggestion]:
    sentences = checks.sentences_of(lesson.passages)
    passages = {each.mark: each for each in lesson.passages}
    others = await _others(ctx, lesson, wanted)
    known = [each for each in items if getattr(each, "passage", None) in {None, *passages}]
    share, rest = divmod(answer.cost_micros, len(known) or 1)
    made_at, rows = ctx.now, list[Suggestion]()
    for item in known:
        passage = passages.get(getattr(item, "passage", ""))
        before = "\n".join(passage.lines) if passage else ""
        after = kinds.text_of(item)
        flags: list[Flag] = []
        if isinstance(item, kinds.Translated):
            source = Source(block_id=passage.block_id, sentence=before) if passage else None
            if not checks.same_numbers(before, after):
                flags.append("numbers")
        else:
            source, supported = checks.supporting(kinds.claim_of(item), item.source, sentences)
            flags += [] if supported else ["unsupported"]
        said = item.question if isinstance(item, kinds.QuizItem) else after
        duplicate = checks.repeated(said, others)
        flags += [] if duplicate is None else ["duplicate"]
        others.append(said)
        rows.append(
            Suggestion(
                id=uuid4(),
                lesson_id=lesson.card.lesson_id,
                course_id=lesson.card.course_id,
                block_id=passage.block_id if passage else None,
                kind=wanted.kind,
                locale=wanted.locale or lesson.card.language,
                before=before,
                after=after,
                content=msgspec.to_builtins(item),
                source=None if source is None else msgspec.to_builtins(source),
                flags=list(flags),
                duplicate_of=duplicate,
                call_id=answer.call_id,
                cost_micros=share + (rest if not rows else 0),
                currency=answer.currency,
                provider=answer.provider,
                model=answer.model,
                sample=answer.sample,
                status="pending",
                created_by=ctx.actor.id if ctx.actor and ctx.actor.kind == "user" else None,
                created_at=made_at,
            )
        )
    return rows


async def _others(ctx: Context, lesson: Lesson, wanted: Wanted) -> list[str]:
    """What a suggestion must not say again: other suggestions of the kind, and the course's questions."""
    statement = select(Suggestion.after, Suggestion.content).where(
        Suggestion.kind == wanted.kind,
        Suggestion.status != "rejected",
        Suggestion.locale == (wanted.locale or lesson.card.language),
        Suggestion.course_id == lesson.card.course_id,
    )
    rows = (await ctx.session.execute(statement)).all()
    if wanted.kind != "quiz_item":
        return [row.after for row in rows]
    try:
        asked = list(await ctx.service(CourseQuestions).of(lesson.card.course_id))
    except NotFound:  # nothing asks anything here
        asked = []
    return [row.content["question"] for row in rows] + asked


async def _lesson(ctx: Context, lesson_id: UUID) -> Lesson:
    lesson = ctx.service(Learning).lessons().subquery("lesson")
    columns = (lesson.c.lesson_id, lesson.c.title, lesson.c.course_id, lesson.c.course_title, lesson.c.language)
    statement = select(*columns, lesson.c.blocks, _pending(lesson.c.lesson_id)).where(lesson.c.lesson_id == lesson_id)
    row: Any = (await ctx.session.execute(statement)).first()
    if row is None:
        raise NotFound("There is no such lesson in its course now.")
    await ctx.service(Reach).demand(SUGGEST, course_id=row.course_id)
    passages = passages_of(row.blocks)
    figures = {str(block["id"]) for block in row.blocks if block.get("type") == "figure"}
    return Lesson(card=_card(row), passages=passages, pictures=[each for each in passages if each.block_id in figures])


def _demand_text(lesson: Lesson, wanted: Wanted) -> None:
    if not lesson.passages:
        raise Conflict("This lesson has no text to draft from.", code="ai_nothing_to_read")
    if wanted.kind == "alt_text" and not lesson.pictures:
        raise Conflict("This lesson has no pictures.", code="ai_no_pictures")


def _pending(lesson_id: Any) -> Any:
    waiting = select(func.count()).where(Suggestion.lesson_id == lesson_id, Suggestion.status == "pending")
    return waiting.scalar_subquery().label("pending")


def _card(row: Any) -> LessonCard:
    return LessonCard(**{name: getattr(row, name) for name in LessonCard.__struct_fields__})


def _fenced(text: str) -> str:
    return text.replace("<lesson>", "(lesson)").replace("</lesson>", "(/lesson)")
