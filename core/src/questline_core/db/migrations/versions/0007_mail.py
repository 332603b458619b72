"""Mails that the site writes."""

import sqlalchemy as sa
from alembic import op

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_tenant_table

revision = "0007"
down_revision = "0006"

SCHEMA = "core"
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_tenant_table(
        "mail",
        sa.Column("user_id", sa.Uuid),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("state", sa.Text, nullable=False, server_default="queued"),
        sa.Column("answer", sa.Text),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("finished_at", TIME),
        refs.user(name="fk_mail_user"),
        sa.CheckConstraint("state IN ('queued', 'sent', 'refused', 'kept')", name="ck_mail_state"),
        schema=SCHEMA,
    )
    op.create_index("ix_mail_created_at", "mail", ["tenant_id", "created_at"], schema=SCHEMA)
    op.create_index("ix_mail_user", "mail", ["tenant_id", "user_id"], schema=SCHEMA)


def downgrade() -> None:
    op.drop_table("mail", schema=SCHEMA)
