"""Lessons' texts as embeddings of the tenant's AI service, each paid for once; without any, words are compared."""

from collections.abc import Sequence

import structlog
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from questline_recommendations.models import TextVector
from questline_recommendations.rows import LessonText
from questline_recommendations.texts import checksum
from questline_sdk import Context, NotFound, QuestlineError
from questline_sdk.ai import Capability
from questline_sdk.ai_calls import AI

log = structlog.get_logger()
AT_ONCE = 32
LONGEST = 6000
"""Characters of a lesson that are embedded."""


async def embed_some(ctx: Context, lessons: Sequence[LessonText]) -> bool:
    """Embed some of the lessons that changed; False where none is left or nobody can."""
    model = await _model(ctx)
    if model is None:
        return False
    wanted = {lesson.id: checksum(f"{model}\n{lesson.text}") for lesson in lessons}
    stored = select(TextVector.lesson_id, TextVector.checksum)
    kept = {row.lesson_id: row.checksum for row in await ctx.session.execute(stored)}
    missing = [lesson for lesson in lessons if kept.get(lesson.id) != wanted[lesson.id]][:AT_ONCE]
    await ctx.session.execute(delete(TextVector).where(TextVector.lesson_id.not_in(list(wanted))))
    if not missing:
        return False
    try:
        vectors = await ctx.service(AI).embed(ctx, [lesson.text[:LONGEST] for lesson in missing])
    except QuestlineError as error:
        log.warning("texts are compared by their words: no embeddings", error=error.detail)
        await ctx.session.execute(delete(TextVector).where(TextVector.lesson_id.in_([each.id for each in missing])))
        return False
    values = [
        {"lesson_id": lesson.id, "checksum": wanted[lesson.id], "vector": list(vector)}
        for lesson, vector in zip(missing, vectors, strict=True)
    ]
    statement = insert(TextVector)
    changes = {"checksum": statement.excluded.checksum, "vector": statement.excluded.vector}
    await ctx.session.execute(
        statement.on_conflict_do_update(index_elements=["tenant_id", "lesson_id"], set_=changes), values
    )
    return True


async def vectors_of(ctx: Context, lessons: Sequence[LessonText]) -> list[list[float]] | None:
    """Every lesson's embedding, in their order; None unless each has one of the same length."""
    statement = select(TextVector.lesson_id, TextVector.vector)
    kept = {row.lesson_id: row.vector for row in await ctx.session.execute(statement)}
    found = [kept[lesson.id] for lesson in lessons if lesson.id in kept]
    return found if found and len(found) == len(lessons) and len({len(each) for each in found}) == 1 else None


async def _model(ctx: Context) -> str | None:
    """The provider and model that embed; None where there is none, or only sample answers."""
    try:
        choices = await ctx.service(AI).choices(ctx, Capability.EMBED)
    except NotFound:
        return None
    return f"{choices[0].provider}/{choices[0].model}" if choices and not choices[0].sample else None
