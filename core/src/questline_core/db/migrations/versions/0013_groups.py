"""Groups and cohorts: their members, and the courses that these are enrolled in."""

import sqlalchemy as sa
from alembic import op

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_tenant_table

revision = "0013"
down_revision = "0012"

SCHEMA = "core"
TIME = sa.DateTime(timezone=True)
TABLES = ("user_group_course", "user_group_member", "user_group")


def of_group(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", "group_id"],
        ["core.user_group.tenant_id", "core.user_group.id"],
        name=f"fk_{table}_group",
        ondelete="CASCADE",
    )


def upgrade() -> None:
    create_tenant_table(
        "user_group",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False, server_default=""),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("starts_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        sa.Column("external_id", sa.Text),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.UniqueConstraint("tenant_id", "slug", name="uq_user_group_slug"),
        sa.CheckConstraint("kind IN ('group', 'cohort')", name="ck_user_group_kind"),
        sa.CheckConstraint(
            "kind = 'cohort' OR (starts_on IS NULL AND ends_on IS NULL)", name="ck_user_group_dates_of_cohort"
        ),
        sa.CheckConstraint("starts_on <= ends_on", name="ck_user_group_dates"),
        schema=SCHEMA,
    )
    op.create_index(
        "uq_user_group_external_id",
        "user_group",
        ["tenant_id", "external_id"],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("external_id IS NOT NULL"),
    )
    create_tenant_table(
        "user_group_member",
        sa.Column("group_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("manager", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("source", sa.Text, nullable=False, server_default="manual"),
        sa.Column("added_at", TIME, nullable=False),
        of_group("user_group_member"),
        refs.user(name="fk_user_group_member_user"),
        schema=SCHEMA,
        key=("group_id", "user_id"),
    )
    op.create_index("ix_user_group_member_user", "user_group_member", ["tenant_id", "user_id"], schema=SCHEMA)
    create_tenant_table(
        "user_group_course",
        sa.Column("group_id", sa.Uuid, nullable=False),
        sa.Column("course_id", sa.Uuid, nullable=False),
        sa.Column("assigned_at", TIME, nullable=False),
        of_group("user_group_course"),
        refs.course(name="fk_user_group_course_course"),
        schema=SCHEMA,
        key=("group_id", "course_id"),
    )
    op.create_index("ix_user_group_course_course", "user_group_course", ["tenant_id", "course_id"], schema=SCHEMA)
    op.create_foreign_key(
        "fk_role_grant_group",
        "role_grant",
        "user_group",
        ["tenant_id", "group_id"],
        ["tenant_id", "id"],
        source_schema=SCHEMA,
        referent_schema=SCHEMA,
        ondelete="CASCADE",
    )


def downgrade() -> None:
    op.drop_constraint("fk_role_grant_group", "role_grant", schema=SCHEMA)
    for table in TABLES:
        op.drop_table(table, schema=SCHEMA)
