"""The prompt library with its votes, and appeals against scores."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_tenant_table

revision = "0002"
down_revision = "0001"

SCHEMA = "ai_lab"


def upgrade() -> None:
    create_tenant_table(
        "library_prompt",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("tags", JSONB, nullable=False, server_default="[]"),
        sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        refs.user(name="fk_library_prompt_user_id"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_library_prompt_tenant_id_user_id",
        "library_prompt",
        ["tenant_id", "user_id", "created_at", "id"],
        schema=SCHEMA,
    )
    op.create_index(
        "ix_library_prompt_tenant_id_shared",
        "library_prompt",
        ["tenant_id", "created_at", "id"],
        schema=SCHEMA,
        postgresql_where=sa.text("shared"),
    )
    create_tenant_table(
        "vote",
        sa.Column("prompt_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.UniqueConstraint("tenant_id", "prompt_id", "user_id", name="uq_vote_tenant_id_prompt_id_user_id"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "prompt_id"],
            [f"{SCHEMA}.library_prompt.tenant_id", f"{SCHEMA}.library_prompt.id"],
            name="fk_vote_prompt_id",
            ondelete="CASCADE",
        ),
        refs.user(name="fk_vote_user_id"),
        schema=SCHEMA,
    )
    op.create_index("ix_vote_tenant_id_user_id", "vote", ["tenant_id", "user_id"], schema=SCHEMA)
    _create_appeals()


def _create_appeals() -> None:
    create_tenant_table(
        "appeal",
        sa.Column("answer_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("appealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("score", sa.Integer),
        sa.Column("comment", sa.Text),
        sa.Column("decided_by", sa.Uuid),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name="ck_appeal_score"),
        sa.CheckConstraint("(score IS NULL) = (decided_at IS NULL)", name="ck_appeal_decided_at"),
        sa.UniqueConstraint("tenant_id", "answer_id", name="uq_appeal_tenant_id_answer_id"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "answer_id"],
            [f"{SCHEMA}.answer.tenant_id", f"{SCHEMA}.answer.id"],
            name="fk_appeal_answer_id",
            ondelete="CASCADE",
        ),
        refs.user(name="fk_appeal_user_id"),
        schema=SCHEMA,
    )
    op.create_index("ix_appeal_tenant_id_appealed_at", "appeal", ["tenant_id", "appealed_at", "id"], schema=SCHEMA)
    op.create_index("ix_appeal_tenant_id_user_id", "appeal", ["tenant_id", "user_id"], schema=SCHEMA)


def downgrade() -> None:
    for table in ("appeal", "vote", "library_prompt"):
        op.drop_table(table, schema=SCHEMA)
