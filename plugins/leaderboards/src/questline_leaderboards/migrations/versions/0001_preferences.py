"""Who does not want to be ranked, or only under another name."""

import sqlalchemy as sa
from alembic import op

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision = "0001"
down_revision = None

SCHEMA = "leaderboards"


def upgrade() -> None:
    create_schema(SCHEMA)
    create_tenant_table(
        "preference",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("opted_out", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("pseudonym", sa.Text),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        refs.user(name="fk_preference_user_id"),
        schema=SCHEMA,
        key=("user_id",),
    )
    op.create_index(
        "uq_preference_tenant_id_pseudonym",
        "preference",
        ["tenant_id", sa.text("lower(pseudonym)")],
        unique=True,
        schema=SCHEMA,
    )


def downgrade() -> None:
    op.drop_table("preference", schema=SCHEMA)
    drop_schema(SCHEMA)
