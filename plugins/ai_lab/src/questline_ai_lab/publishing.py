"""The block types: publishing keeps the whole exercise and gives the player only what learners may see."""

from uuid import UUID

import msgspec
from sqlalchemy.dialects.postgresql import insert

from questline_ai_lab.authored import Critique, Duel, PromptTask, check_critique, check_duel, check_prompt
from questline_ai_lab.models import Exercise
from questline_sdk import Context
from questline_sdk.blocks import BlockPlace, BlockType


class CritiqueData(msgspec.Struct, frozen=True, kw_only=True):
    """A critique as the player gets it."""

    exercise_id: UUID
    title: str
    brief_html: str
    copy: str


class DuelData(msgspec.Struct, frozen=True, kw_only=True):
    """A duel as the player gets it: without winner, result and reason."""

    exercise_id: UUID
    title: str
    brief_html: str
    a: str
    b: str


class PublicCriterion(msgspec.Struct, frozen=True, kw_only=True):
    """What learners may know of a criterion."""

    title: str
    hint: str


class PromptData(msgspec.Struct, frozen=True, kw_only=True):
    """A prompt exercise as the player gets it: without what only the grader reads."""

    exercise_id: UUID
    title: str
    brief_html: str
    brand_voice: str
    constraints: tuple[str, ...]
    criteria: tuple[PublicCriterion, ...]


async def publish_critique(ctx: Context, place: BlockPlace, critique: Critique) -> CritiqueData:
    """Keep a critique."""
    kept = await _keep(ctx, place, "critique", critique)
    title = critique.title or place.lesson_title
    return CritiqueData(
        exercise_id=kept, title=title, brief_html=place.render_markdown(critique.brief), copy=critique.copy
    )


async def publish_duel(ctx: Context, place: BlockPlace, duel: Duel) -> DuelData:
    """Keep a duel."""
    kept = await _keep(ctx, place, "duel", duel)
    title = duel.title or place.lesson_title
    return DuelData(
        exercise_id=kept, title=title, brief_html=place.render_markdown(duel.brief), a=duel.a, b=duel.b
    )  # fmt: skip


async def publish_prompt(ctx: Context, place: BlockPlace, task: PromptTask) -> PromptData:
    """Keep a prompt exercise."""
    return PromptData(
        exercise_id=await _keep(ctx, place, "prompt", task),
        title=task.title or place.lesson_title,
        brief_html=place.render_markdown(task.brief),
        brand_voice=task.brand_voice,
        constraints=task.constraints,
        criteria=tuple(PublicCriterion(title=each.title, hint=each.hint) for each in task.rubric),
    )


BLOCK_TYPES = (
    BlockType(name="ai_lab.critique", authored=Critique, publish=publish_critique, check=check_critique),
    BlockType(name="ai_lab.duel", authored=Duel, publish=publish_duel, check=check_duel),
    BlockType(name="ai_lab.prompt", authored=PromptTask, publish=publish_prompt, check=check_prompt),
)


async def _keep(ctx: Context, place: BlockPlace, kind: str, content: Critique | Duel | PromptTask) -> UUID:
    changing = {"lesson_id": place.lesson_id, "kind": kind, "content": msgspec.to_builtins(content)}
    statement = (
        insert(Exercise)
        .values(course_id=place.course_id, key=place.key, **changing)
        .on_conflict_do_update(index_elements=["tenant_id", "course_id", "key"], set_=changing)
        .returning(Exercise.id)
    )
    return (await ctx.session.scalars(statement)).one()
