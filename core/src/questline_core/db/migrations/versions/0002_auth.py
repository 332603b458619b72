"""Accounts, sessions and refresh tokens."""

import sqlalchemy as sa
from alembic import op

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_tenant_table

revision = "0002"
down_revision = "0001"

SCHEMA = "core"
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_tenant_table(
        "user_account",
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("locale", sa.Text, nullable=False, server_default="en"),
        sa.Column("time_zone", sa.Text, nullable=False, server_default="UTC"),
        sa.Column("avatar_url", sa.Text),
        sa.Column("status", sa.Text, nullable=False, server_default="active"),
        sa.Column("created_at", TIME, nullable=False, server_default=sa.text("now()")),
        sa.Column("last_seen_at", TIME),
        sa.UniqueConstraint("tenant_id", "email", name="uq_user_account_tenant_id_email"),
        sa.CheckConstraint("email = lower(email)", name="ck_user_account_email"),
        sa.CheckConstraint(
            "role IN ('owner', 'admin', 'author', 'instructor', 'learner', 'guest')", name="ck_user_account_role"
        ),
        sa.CheckConstraint("status IN ('active', 'suspended')", name="ck_user_account_status"),
        schema=SCHEMA,
    )
    # The orders in which the people of a tenant are listed.
    for name, key in (("name", "lower(display_name)"), ("created_at", "created_at"), ("role", "role")):
        op.execute(f"CREATE INDEX ix_user_account_{name} ON core.user_account (tenant_id, {key}, id)")

    create_tenant_table(
        "auth_session",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("last_used_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("revoked_at", TIME),
        sa.Column("revoke_reason", sa.Text),
        sa.Column("user_agent", sa.Text),
        sa.Column("address", sa.Text),
        refs.user(name="fk_auth_session_user"),
        sa.CheckConstraint("(revoked_at IS NULL) = (revoke_reason IS NULL)", name="ck_auth_session_revoked"),
        schema=SCHEMA,
    )
    op.create_index("ix_auth_session_user", "auth_session", ["tenant_id", "user_id"], schema=SCHEMA)

    create_tenant_table(
        "refresh_token",
        sa.Column("session_id", sa.Uuid, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("issued_at", TIME, nullable=False),
        sa.Column("used_at", TIME),
        sa.ForeignKeyConstraint(
            ["tenant_id", "session_id"],
            ["core.auth_session.tenant_id", "core.auth_session.id"],
            name="fk_refresh_token_session",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("tenant_id", "session_id", "token_hash", name="uq_refresh_token_hash"),
        schema=SCHEMA,
    )
    op.create_index("ix_refresh_token_issued", "refresh_token", ["tenant_id", "session_id", "issued_at"], schema=SCHEMA)


def downgrade() -> None:
    for table in ("refresh_token", "auth_session", "user_account"):
        op.drop_table(table, schema=SCHEMA)
