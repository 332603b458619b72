"""What the lab keeps of a person, for them to take along or to have erased."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import and_, delete, select

from questline_ai_lab.models import Answer, Appeal, Draft, Exercise, LibraryPrompt, Output, Vote
from questline_sdk import Context


async def export(ctx: Context, user_id: UUID) -> dict[str, Any]:
    """A user's answers, appeals, prompts and votes as JSON."""
    rows = await ctx.session.execute(
        select(Exercise.key.label("exercise"), Answer.number, Answer.text, Answer.result, Answer.score,
               Answer.answered_at)
        .join(Exercise, and_(Exercise.tenant_id == Answer.tenant_id, Exercise.id == Answer.exercise_id))
        .where(Answer.user_id == user_id)
        .order_by(Answer.answered_at, Answer.id)
    )  # fmt: skip
    drafts = await ctx.session.execute(
        select(Exercise.key.label("exercise"), Draft.number, Draft.prompt, Draft.written_at,
               Output.title.label("tool"), Output.text)
        .join(Exercise, and_(Exercise.tenant_id == Draft.tenant_id, Exercise.id == Draft.exercise_id))
        .outerjoin(Output, and_(Output.tenant_id == Draft.tenant_id, Output.draft_id == Draft.id))
        .where(Draft.user_id == user_id)
        .order_by(Draft.written_at, Draft.id, Output.written_at)
    )  # fmt: skip
    appeals = await ctx.session.execute(
        select(Answer.number.label("answer"), Exercise.key.label("exercise"), Appeal.reason, Appeal.appealed_at,
               Appeal.score, Appeal.comment, Appeal.decided_at)
        .join(Answer, and_(Answer.tenant_id == Appeal.tenant_id, Answer.id == Appeal.answer_id))
        .join(Exercise, and_(Exercise.tenant_id == Answer.tenant_id, Exercise.id == Answer.exercise_id))
        .where(Appeal.user_id == user_id)
        .order_by(Appeal.appealed_at, Appeal.id)
    )  # fmt: skip
    library = await ctx.session.execute(
        select(LibraryPrompt.title, LibraryPrompt.text, LibraryPrompt.tags, LibraryPrompt.shared,
               LibraryPrompt.created_at)
        .where(LibraryPrompt.user_id == user_id)
        .order_by(LibraryPrompt.created_at, LibraryPrompt.id)
    )  # fmt: skip
    votes = await ctx.session.execute(
        select(LibraryPrompt.title.label("prompt"))
        .join(Vote, and_(Vote.tenant_id == LibraryPrompt.tenant_id, Vote.prompt_id == LibraryPrompt.id))
        .where(Vote.user_id == user_id)
        .order_by(LibraryPrompt.title)
    )
    return {
        "answers": [msgspec.to_builtins(dict(row)) for row in rows.mappings()],
        "prompts": [msgspec.to_builtins(dict(row)) for row in drafts.mappings()],
        "appeals": [msgspec.to_builtins(dict(row)) for row in appeals.mappings()],
        "library": [msgspec.to_builtins(dict(row)) for row in library.mappings()],
        "votes": [row.prompt for row in votes],
    }


async def erase(ctx: Context, user_id: UUID) -> None:
    """Remove a user's answers, appeals, prompts and votes."""
    for table in (Appeal, Answer, Draft, Vote, LibraryPrompt):
        await ctx.session.execute(
            delete(table).where(table.user_id == user_id).execution_options(synchronize_session=False)
        )
