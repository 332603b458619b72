"""What is published and who has learned what, as selects that a plugin joins with its own tables (provided by core).

Their columns are promised; the tables behind them are not. A plugin reads them in its own statements, so that one
statement can answer a page.
"""

from typing import Any, Protocol

from sqlalchemy import Select

LESSON_COLUMNS = (
    "tenant_id",
    "lesson_id",
    "course_id",
    "module_id",
    "course_slug",
    "course_title",
    "module_title",
    "title",
    "kind",
    "minutes",
    "position",
    "language",
    "level",
    "tags",
    "objectives",
    "blocks",
)
"""What `Learning.lessons` selects; `tags`, `objectives` and `blocks` are JSON lists."""
COMPLETION_COLUMNS = ("tenant_id", "user_id", "course_id", "lesson_id", "completed_at")
"""What `Learning.completions` selects."""
ENROLMENT_COLUMNS = ("tenant_id", "user_id", "course_id", "enrolled_at")
"""What `Learning.enrolments` selects."""


class Learning(Protocol):
    """The lessons of the published courses, and what learners did with them.

    Each answer is a new `Select` over the rows of the tenant; take `.subquery(name)` of it, and repeat `tenant_id`
    in joins, so that indexes are entered by their leading column. Nothing here asks what the acting user may read:
    `Reach.courses("content.course.read")` does.

    Example:
        lesson = ctx.service(Learning).lessons().subquery("lesson")
        titles = select(lesson.c.title).where(lesson.c.lesson_id == Bookmark.lesson_id)
    """

    def lessons(self) -> Select[*tuple[Any, ...]]:
        """The lessons of the courses' current versions: `LESSON_COLUMNS`."""
        ...

    def completions(self) -> Select[*tuple[Any, ...]]:
        """Who completed which lesson when, retired lessons included: `COMPLETION_COLUMNS`."""
        ...

    def enrolments(self) -> Select[*tuple[Any, ...]]:
        """Who takes which course now: `ENROLMENT_COLUMNS`."""
        ...
