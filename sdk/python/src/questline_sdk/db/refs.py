"""References into core: the only columns of other owners that a plugin's foreign keys may name.

Each takes the plugin's own column (paired with its `tenant_id`) to a promised key of core. Deleting the row there
deletes the plugin's rows with it.
"""

from sqlalchemy import ForeignKeyConstraint

PROMISED = {
    "user": ("core.user_account.tenant_id", "core.user_account.id"),
    "course": ("core.course.tenant_id", "core.course.id"),
    "lesson": ("core.lesson.tenant_id", "core.lesson.id"),
}


def user(column: str = "user_id", *, name: str | None = None) -> ForeignKeyConstraint:
    """Foreign key to a user of the same tenant; put it in a migration's `create_table`."""
    return _reference("user", column, name)


def course(column: str = "course_id", *, name: str | None = None) -> ForeignKeyConstraint:
    """Foreign key to a course of the same tenant."""
    return _reference("course", column, name)


def lesson(column: str = "lesson_id", *, name: str | None = None) -> ForeignKeyConstraint:
    """Foreign key to a lesson of the same tenant."""
    return _reference("lesson", column, name)


def _reference(target: str, column: str, name: str | None) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant_id", column], PROMISED[target], name=name, ondelete="CASCADE")
