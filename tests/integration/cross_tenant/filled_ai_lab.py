"""What an exercise and an answer leave a tenant in the tables of the copy lab."""

from typing import Any
from uuid import uuid4

from sqlalchemy import text

from questline_ai_lab.models import Answer, Appeal, Draft, Exercise, LibraryPrompt, Output, Vote


async def fill_ai_lab(site: Any, tenant: Any, word: str) -> None:
    """A row in each table."""
    async with site.context(tenant.id) as ctx:
        course_id, lesson_id = (await ctx.session.execute(text("SELECT course_id, id FROM core.lesson LIMIT 1"))).one()
        user_id = (await ctx.session.execute(text("SELECT id FROM core.user_account LIMIT 1"))).scalar_one()
        duel = {"brief": word, "a": word, "b": "x", "winner": "a", "result": word, "reason": word}
        exercise = Exercise(course_id=course_id, lesson_id=lesson_id, key=word, kind="duel", content=duel)
        ctx.session.add(exercise)
        await ctx.session.flush()
        answer = Answer(
            exercise_id=exercise.id,
            user_id=user_id,
            number=1,
            text="a",
            result={"reason": word},
            score=100,
            answered_at=ctx.now,
        )
        draft = Draft(exercise_id=exercise.id, user_id=user_id, number=1, prompt=word, written_at=ctx.now)
        prompt = LibraryPrompt(user_id=user_id, title=word, text=word, tags=[word], shared=True, created_at=ctx.now)
        ctx.session.add_all([answer, draft, prompt])
        await ctx.session.flush()
        ctx.session.add(Appeal(answer_id=answer.id, user_id=user_id, reason=word, appealed_at=ctx.now))
        ctx.session.add(Vote(prompt_id=prompt.id, user_id=user_id))
        ctx.session.add(
            Output(
                draft_id=draft.id,
                provider=word,
                model=word,
                title=word,
                text=word,
                sample=True,
                complete=True,
                call_id=uuid4(),
                written_at=ctx.now,
            )
        )
