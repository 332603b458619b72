"""The attempts that run now, and what courses ask, for other plugins."""

from collections.abc import Sequence
from uuid import UUID

from questline_assessments import queries
from questline_sdk import Context
from questline_sdk.services import OpenAttempt


class RunningAttempts:
    """`OpenAttempts` over the tables of attempts."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def of(self, user_id: UUID, course_id: UUID) -> Sequence[OpenAttempt]:
        """A user's open attempts in a course."""
        found = await queries.open_attempts(self._ctx, user_id, course_id, self._ctx.now)
        ids = list(dict.fromkeys(each for attempt in found for each in attempt.item_version_ids))
        items = await queries.items(self._ctx, ids)
        prompts = {each: item.content.prompt_html for each, item in zip(ids, items, strict=True)}
        return [
            OpenAttempt(
                lesson_id=attempt.lesson_id,
                graded=attempt.rules.graded,
                questions=tuple(prompts[each] for each in attempt.item_version_ids),
            )
            for attempt in found
        ]


class Questions:
    """`CourseQuestions` over the tables of items."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def of(self, course_id: UUID) -> Sequence[str]:
        """What the items of a course's current quizzes and checks ask, as HTML."""
        return await queries.questions(self._ctx, course_id)
