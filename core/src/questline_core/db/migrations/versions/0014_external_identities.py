"""Accounts elsewhere that people sign in with, and answers of their providers that wait for the browser."""

import sqlalchemy as sa
from alembic import op

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_tenant_table

revision = "0014"
down_revision = "0013"

SCHEMA = "core"
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("auth_session", sa.Column("second_factor_by", sa.Text), schema=SCHEMA)
    create_tenant_table(
        "external_identity",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("linked_at", TIME, nullable=False),
        sa.Column("last_used_at", TIME, nullable=False),
        refs.user(name="fk_external_identity_user"),
        sa.UniqueConstraint("tenant_id", "provider", "issuer", "subject", name="uq_external_identity_subject"),
        schema=SCHEMA,
    )
    op.create_index("ix_external_identity_user", "external_identity", ["tenant_id", "user_id"], schema=SCHEMA)
    create_tenant_table(
        "provider_answer",
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.UniqueConstraint("tenant_id", "token_hash", name="uq_provider_answer_token_hash"),
        schema=SCHEMA,
    )
    op.create_index("ix_provider_answer_expires_at", "provider_answer", ["tenant_id", "expires_at"], schema=SCHEMA)


def downgrade() -> None:
    op.drop_table("provider_answer", schema=SCHEMA)
    op.drop_table("external_identity", schema=SCHEMA)
    op.drop_column("auth_session", "second_factor_by", schema=SCHEMA)
