"""The block type: publishing keeps what learners have seen and adds a version only where something changed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from questline_assessments.authored import AuthoredItem, Feedback, Quiz, check
from questline_assessments.content import Rules
from questline_assessments.models import Assessment, AssessmentVersion, Item, ItemVersion
from questline_assessments.rendering import fingerprint, render_item
from questline_assessments.settings import AssessmentsSettings
from questline_sdk import Context
from questline_sdk.blocks import BlockPlace, BlockType

NAME = "assessments.quiz"


class QuizData(msgspec.Struct, frozen=True, kw_only=True):
    """The block as the player gets it. A check (not `graded`) counts for nothing and may be repeated."""

    assessment_id: UUID
    title: str
    graded: bool
    pass_percent: int
    time_limit_seconds: int | None
    item_count: int
    max_score: int
    max_attempts: int | None
    feedback: Feedback


async def publish(ctx: Context, place: BlockPlace, quiz: Quiz) -> QuizData:
    """Store the assessment and its items, and return what the player shows."""
    settings = await ctx.settings(AssessmentsSettings, course_id=place.course_id)
    rules = _rules(place, quiz, settings)
    assessment_id = await _keep_assessment(ctx, place)
    versions = await _keep_items(ctx, assessment_id, quiz.items, place)
    await _keep_version(ctx, assessment_id, rules, versions)
    return QuizData(
        assessment_id=assessment_id,
        title=rules.title,
        graded=rules.graded,
        pass_percent=rules.pass_percent,
        time_limit_seconds=rules.time_limit_seconds,
        item_count=len(quiz.items),
        max_score=sum(item.points for item in quiz.items),
        max_attempts=rules.max_attempts,
        feedback=rules.feedback,
    )


BLOCK_TYPE = BlockType(name=NAME, authored=Quiz, publish=publish, check=check)


def _rules(place: BlockPlace, quiz: Quiz, settings: AssessmentsSettings) -> Rules:
    graded = place.kind == "quiz" or quiz.pass_percent is not None
    default = settings.default_pass_percent if graded else 100
    return Rules(
        title=quiz.title or place.lesson_title,
        graded=graded,
        pass_percent=quiz.pass_percent or default,
        time_limit_seconds=quiz.time_limit_minutes * 60 if quiz.time_limit_minutes else None,
        max_attempts=quiz.max_attempts,
        feedback=quiz.feedback,
        shuffle_options=quiz.shuffle_options,
        shuffle_items=quiz.shuffle_items,
    )


async def _keep_assessment(ctx: Context, place: BlockPlace) -> UUID:
    slug = place.lesson_slug if place.kind == "quiz" else place.key.replace("#", "-")
    changing = {"lesson_id": place.lesson_id, "slug": slug, "kind": place.kind}
    statement = (
        insert(Assessment)
        .values(course_id=place.course_id, key=place.key, **changing)
        .on_conflict_do_update(index_elements=["tenant_id", "course_id", "key"], set_=changing)
        .returning(Assessment.id)
    )
    return (await ctx.session.scalars(statement)).one()


async def _keep_items(
    ctx: Context, assessment_id: UUID, items: Sequence[AuthoredItem], place: BlockPlace
) -> list[UUID]:
    """The ids of the items' versions, in order; a version that was there before is used again."""
    upsert = insert(Item).values([{"assessment_id": assessment_id, "slug": item.id} for item in items])
    rows = await ctx.session.execute(
        upsert.on_conflict_do_update(
            index_elements=["tenant_id", "assessment_id", "slug"], set_={"slug": upsert.excluded.slug}
        ).returning(Item.slug, Item.id)
    )
    ids = {row.slug: row.id for row in rows}
    values: list[dict[str, Any]] = [
        {
            "item_id": ids[item.id],
            "fingerprint": fingerprint(item, place.render_markdown),
            "content": msgspec.to_builtins(render_item(item, place.render_markdown)),
        }
        for item in items
    ]
    await ctx.session.execute(insert(ItemVersion).values(values).on_conflict_do_nothing())
    found = await ctx.session.execute(
        select(ItemVersion.item_id, ItemVersion.fingerprint, ItemVersion.id).where(
            ItemVersion.item_id.in_(ids.values()),
            ItemVersion.fingerprint.in_([value["fingerprint"] for value in values]),
        )
    )
    by_print = {(row.item_id, row.fingerprint): row.id for row in found}
    return [by_print[value["item_id"], value["fingerprint"]] for value in values]


async def _keep_version(ctx: Context, assessment_id: UUID, rules: Rules, item_version_ids: Sequence[UUID]) -> None:
    """Make these rules and items the current version: the one that is, or a new one."""
    wanted = {"rules": msgspec.to_builtins(rules), "item_version_ids": [str(each) for each in item_version_ids]}
    statement = (
        select(AssessmentVersion.rules, AssessmentVersion.item_version_ids)
        .join(Assessment, Assessment.current_version_id == AssessmentVersion.id)
        .where(Assessment.id == assessment_id)
    )
    current = (await ctx.session.execute(statement)).mappings().one_or_none()
    if current is not None and dict(current) == wanted:
        return
    number = (
        select(func.coalesce(func.max(AssessmentVersion.number), 0) + 1)
        .where(AssessmentVersion.assessment_id == assessment_id)
        .scalar_subquery()
    )
    added = insert(AssessmentVersion).values(
        assessment_id=assessment_id, number=number, published_at=ctx.now, **wanted
    )  # fmt: skip
    version_id = (await ctx.session.scalars(added.returning(AssessmentVersion.id))).one()
    await ctx.session.execute(
        update(Assessment)
        .where(Assessment.id == assessment_id)
        .values(current_version_id=version_id)
        .execution_options(synchronize_session=False)
    )
