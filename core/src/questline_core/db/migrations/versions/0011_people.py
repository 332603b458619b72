"""People: names, custom profile fields, imports from files, and sessions that somebody opened for somebody else."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_tenant_table

revision = "0011"
down_revision = "0010"

SCHEMA = "core"
TIME = sa.DateTime(timezone=True)
LINKS = "'sign_up', 'invitation', 'verify_email', 'password_reset', 'email_change', 'spent'"


def upgrade() -> None:
    for name in ("given_name", "family_name", "external_id"):
        op.add_column("user_account", sa.Column(name, sa.Text), schema=SCHEMA)
    op.create_index(
        "uq_user_account_external_id",
        "user_account",
        ["tenant_id", "external_id"],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("external_id IS NOT NULL"),
    )
    op.drop_constraint("ck_account_token_kind", "account_token", schema=SCHEMA)
    op.create_check_constraint("ck_account_token_kind", "account_token", f"kind IN ({LINKS}, 'welcome')", schema=SCHEMA)

    op.add_column("auth_session", sa.Column("impersonator_id", sa.Uuid), schema=SCHEMA)
    op.add_column("auth_session", sa.Column("impersonation_reason", sa.Text), schema=SCHEMA)
    op.create_foreign_key(
        "fk_auth_session_impersonator",
        "auth_session",
        "user_account",
        ["tenant_id", "impersonator_id"],
        ["tenant_id", "id"],
        source_schema=SCHEMA,
        referent_schema=SCHEMA,
        ondelete="CASCADE",
    )
    op.create_index("ix_auth_session_impersonator", "auth_session", ["tenant_id", "impersonator_id"], schema=SCHEMA)

    create_tenant_table(
        "profile_value",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("value", JSONB, nullable=False),
        refs.user(name="fk_profile_value_user"),
        schema=SCHEMA,
        key=("user_id", "field"),
    )
    create_tenant_table(
        "user_import",
        sa.Column("user_id", sa.Uuid),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("options", JSONB, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("problem", sa.Text),
        sa.Column("rows", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Integer, nullable=False, server_default="0")
            for name in ("done", "created", "updated", "unchanged", "refused")
        ),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("finished_at", TIME),
        refs.user(name="fk_user_import_user"),
        sa.CheckConstraint("state IN ('running', 'finished', 'failed', 'stopped')", name="ck_user_import_state"),
        schema=SCHEMA,
    )
    op.create_index("ix_user_import_user", "user_import", ["tenant_id", "user_id"], schema=SCHEMA)
    create_tenant_table(
        "user_import_problem",
        sa.Column("import_id", sa.Uuid, nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("column", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "import_id"],
            ["core.user_import.tenant_id", "core.user_import.id"],
            name="fk_user_import_problem_import",
            ondelete="CASCADE",
        ),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_user_import_problem_line", "user_import_problem", ["tenant_id", "import_id", "line", "id"], schema=SCHEMA
    )


def downgrade() -> None:
    for table in ("user_import_problem", "user_import", "profile_value"):
        op.drop_table(table, schema=SCHEMA)
    op.drop_index("ix_auth_session_impersonator", "auth_session", schema=SCHEMA)
    op.drop_constraint("fk_auth_session_impersonator", "auth_session", schema=SCHEMA)
    op.drop_column("auth_session", "impersonation_reason", schema=SCHEMA)
    op.drop_column("auth_session", "impersonator_id", schema=SCHEMA)
    op.execute("DELETE FROM core.account_token WHERE kind = 'welcome'")
    op.drop_constraint("ck_account_token_kind", "account_token", schema=SCHEMA)
    op.create_check_constraint("ck_account_token_kind", "account_token", f"kind IN ({LINKS})", schema=SCHEMA)
    op.drop_index("uq_user_account_external_id", "user_account", schema=SCHEMA)
    for name in ("external_id", "family_name", "given_name"):
        op.drop_column("user_account", name, schema=SCHEMA)
