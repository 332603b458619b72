"""Who may do what: custom roles, grants of roles within a scope, service accounts, API keys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_tenant_table

revision = "0012"
down_revision = "0011"

SCHEMA = "core"
TIME = sa.DateTime(timezone=True)
SUBJECT = "num_nonnulls(user_id, service_account_id) = 1"


def upgrade() -> None:
    create_tenant_table(
        "role",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False, server_default=""),
        sa.Column("permissions", JSONB, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.UniqueConstraint("tenant_id", "slug", name="uq_role_slug"),
        sa.CheckConstraint(
            "slug NOT IN ('owner', 'admin', 'author', 'instructor', 'learner', 'guest')", name="ck_role_slug"
        ),
        schema=SCHEMA,
    )
    create_tenant_table(
        "service_account",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False, server_default=""),
        sa.Column("status", sa.Text, nullable=False, server_default="active"),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.Uuid),
        sa.UniqueConstraint("tenant_id", "name", name="uq_service_account_name"),
        sa.CheckConstraint("status IN ('active', 'suspended')", name="ck_service_account_status"),
        schema=SCHEMA,
    )
    create_tenant_table(
        "role_grant",
        sa.Column("user_id", sa.Uuid),
        sa.Column("service_account_id", sa.Uuid),
        sa.Column("subject_id", sa.Uuid, sa.Computed("coalesce(user_id, service_account_id)", persisted=True)),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("course_id", sa.Uuid),
        sa.Column("group_id", sa.Uuid),
        sa.Column("scope_id", sa.Uuid, sa.Computed("coalesce(course_id, group_id)", persisted=True)),
        sa.Column("granted_by", sa.Uuid),
        sa.Column("granted_at", TIME, nullable=False),
        refs.user(name="fk_role_grant_user"),
        refs.course(name="fk_role_grant_course"),
        _service_account("fk_role_grant_service_account"),
        sa.UniqueConstraint(
            "tenant_id",
            "subject_id",
            "role",
            "scope",
            "scope_id",
            name="uq_role_grant_what",
            postgresql_nulls_not_distinct=True,
        ),
        sa.CheckConstraint(SUBJECT, name="ck_role_grant_subject"),
        sa.CheckConstraint(
            "CASE scope WHEN 'tenant' THEN num_nonnulls(course_id, group_id) = 0"
            " WHEN 'course' THEN course_id IS NOT NULL AND group_id IS NULL"
            " WHEN 'group' THEN group_id IS NOT NULL AND course_id IS NULL ELSE false END",
            name="ck_role_grant_scope",
        ),
        sa.CheckConstraint("role <> 'owner'", name="ck_role_grant_role"),
        schema=SCHEMA,
    )
    for name in ("user_id", "service_account_id", "course_id", "group_id", "role"):
        op.create_index(f"ix_role_grant_{name}", "role_grant", ["tenant_id", name], schema=SCHEMA)
    create_tenant_table(
        "api_key",
        sa.Column("user_id", sa.Uuid),
        sa.Column("service_account_id", sa.Uuid),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("key_hash", sa.LargeBinary, nullable=False),
        sa.Column("permissions", JSONB),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.Uuid),
        sa.Column("expires_at", TIME),
        sa.Column("revoked_at", TIME),
        sa.Column("last_used_at", TIME),
        sa.Column("successor_id", sa.Uuid),
        refs.user(name="fk_api_key_user"),
        _service_account("fk_api_key_service_account"),
        sa.UniqueConstraint("tenant_id", "key_hash", name="uq_api_key_key_hash"),
        sa.CheckConstraint(SUBJECT, name="ck_api_key_subject"),
        schema=SCHEMA,
    )
    for name in ("user_id", "service_account_id"):
        op.create_index(f"ix_api_key_{name}", "api_key", ["tenant_id", name], schema=SCHEMA)


def downgrade() -> None:
    for table in ("api_key", "role_grant", "service_account", "role"):
        op.drop_table(table, schema=SCHEMA)


def _service_account(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", "service_account_id"],
        ["core.service_account.tenant_id", "core.service_account.id"],
        name=name,
        ondelete="CASCADE",
    )
