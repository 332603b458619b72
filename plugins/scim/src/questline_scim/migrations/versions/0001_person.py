"""What SCIM says of people beyond their accounts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision = "0001"
down_revision = None

SCHEMA = "scim"


def upgrade() -> None:
    create_schema(SCHEMA)
    create_tenant_table(
        "person",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("user_name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("emails", JSONB, nullable=False),
        sa.Column("preferred_language", sa.Text),
        sa.Column("locale", sa.Text),
        sa.Column("time_zone", sa.Text),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        refs.user(name="fk_person_user"),
        sa.UniqueConstraint("tenant_id", "name_key", name="uq_person_name_key"),
        schema=SCHEMA,
        key=("user_id",),
    )


def downgrade() -> None:
    op.drop_table("person", schema=SCHEMA)
    drop_schema(SCHEMA)
