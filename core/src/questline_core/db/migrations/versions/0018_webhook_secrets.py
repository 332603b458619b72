"""The secrets of webhooks, sealed as all others."""

from alembic import op

from questline_sdk.db.sealed import DOMAIN

revision = "0018"
down_revision = "0017"

COLUMNS = ("secret", "previous_secret")


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE core.webhook_endpoint ALTER COLUMN {column} TYPE {DOMAIN}")


def downgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE core.webhook_endpoint ALTER COLUMN {column} TYPE bytea")
