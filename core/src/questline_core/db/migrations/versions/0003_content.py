"""Courses, their published versions, enrolments and progress."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_tenant_table

revision = "0003"
down_revision = "0002"

SCHEMA = "core"
TABLES = ("lesson_progress", "enrolment", "lesson_version", "lesson", "module", "course_version", "course")


def text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


def uuid(name: str, *, nullable: bool = False) -> "sa.Column[sa.Uuid[object]]":
    return sa.Column(name, sa.Uuid, nullable=nullable)


def number(name: str, default: str | None = None) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=default)


def json_list(name: str) -> sa.Column[object]:
    return sa.Column(name, JSONB, nullable=False)


def time(name: str, *, now: bool = False) -> sa.Column[object]:
    return sa.Column(
        name, sa.DateTime(timezone=True), nullable=not now, server_default=sa.text("now()") if now else None
    )


def within(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column], [f"core.{table}.tenant_id", f"core.{table}.id"], ondelete="CASCADE"
    )


def lesson_shape() -> Iterator[sa.Column[object]]:
    yield sa.Column("kind", sa.Text, sa.CheckConstraint("kind IN ('lesson', 'quiz')"), nullable=False)
    yield number("minutes")
    yield number("position")


def upgrade() -> None:
    create_tenant_table(
        "course",
        text("slug"),
        uuid("current_version_id", nullable=True),
        number("learner_count", "0"),
        time("created_at", now=True),
        sa.UniqueConstraint("tenant_id", "slug", name="uq_course_slug"),
        schema=SCHEMA,
    )
    create_tenant_table(
        "course_version",
        uuid("course_id"),
        number("number"),
        sa.Column(
            "status",
            sa.Text,
            sa.CheckConstraint("status IN ('published', 'superseded')"),
            nullable=False,
            server_default="published",
        ),
        text("title"),
        text("summary"),
        text("description_html"),
        text("level"),
        text("language"),
        json_list("tags"),
        json_list("objectives"),
        text("cover", nullable=True),
        number("minutes"),
        number("lesson_count"),
        json_list("outline"),
        text("search_text"),
        text("checksum"),
        time("published_at", now=True),
        within("course_id", "course"),
        sa.UniqueConstraint("tenant_id", "course_id", "number", name="uq_course_version_number"),
        schema=SCHEMA,
    )
    create_tenant_table(
        "module",
        uuid("course_id"),
        text("slug"),
        within("course_id", "course"),
        sa.UniqueConstraint("tenant_id", "course_id", "slug", name="uq_module_slug"),
        schema=SCHEMA,
    )
    create_tenant_table(
        "lesson",
        uuid("course_id"),
        uuid("module_id"),
        text("slug"),
        *lesson_shape(),
        sa.Column("retired", sa.Boolean, nullable=False, server_default=sa.false()),
        within("course_id", "course"),
        within("module_id", "module"),
        sa.UniqueConstraint("tenant_id", "course_id", "slug", name="uq_lesson_slug"),
        schema=SCHEMA,
    )
    create_tenant_table(
        "lesson_version",
        uuid("version_id"),
        uuid("lesson_id"),
        uuid("module_id"),
        text("module_title"),
        uuid("previous_id", nullable=True),
        uuid("next_id", nullable=True),
        text("title"),
        *lesson_shape(),
        json_list("objectives"),
        json_list("blocks"),
        within("version_id", "course_version"),
        within("lesson_id", "lesson"),
        schema=SCHEMA,
        key=("version_id", "lesson_id"),
    )
    create_tenant_table(
        "enrolment",
        uuid("user_id"),
        uuid("course_id"),
        time("enrolled_at", now=True),
        time("completed_at"),
        number("completed_lessons", "0"),
        sa.Column("completed_modules", ARRAY(sa.Uuid), nullable=False, server_default="{}"),
        uuid("last_lesson_id", nullable=True),
        uuid("resume_lesson_id", nullable=True),
        time("last_activity_at"),
        refs.user(),
        refs.course(),
        schema=SCHEMA,
        key=("user_id", "course_id"),
    )
    op.create_index("ix_enrolment_course_id", "enrolment", ["tenant_id", "course_id"], schema=SCHEMA)
    create_tenant_table(
        "lesson_progress",
        uuid("user_id"),
        uuid("course_id"),
        uuid("lesson_id"),
        sa.Column("status", sa.Text, sa.CheckConstraint("status IN ('started', 'completed')"), nullable=False),
        time("started_at", now=True),
        time("completed_at"),
        number("minutes"),
        text("block_id", nullable=True),
        refs.user(),
        refs.course(),
        refs.lesson(),
        sa.CheckConstraint("(status = 'completed') = (completed_at IS NOT NULL)", name="ck_lesson_progress_completed"),
        schema=SCHEMA,
        key=("user_id", "course_id", "lesson_id"),
    )
    op.create_index("ix_lesson_progress_lesson_id", "lesson_progress", ["tenant_id", "lesson_id"], schema=SCHEMA)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table, schema=SCHEMA)
