"""The guestbook's entries."""

import sqlalchemy as sa
from alembic import op

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_schema("guestbook")
    create_tenant_table(
        "entry",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        refs.user(),
        schema="guestbook",
    )


def downgrade() -> None:
    op.drop_table("entry", schema="guestbook")
    drop_schema("guestbook")
