"""Parents are asked by mail: whom a learner named, when, and what the parent answered."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

SCHEMA = "core"
LINKS = "'sign_up', 'invitation', 'verify_email', 'password_reset', 'email_change', 'spent', 'welcome'"
ADDED = (
    sa.Column("parent_email", sa.Text),
    sa.Column("parent_asked_at", sa.DateTime(timezone=True)),
    sa.Column("parent_answer", sa.Text),
)


def upgrade() -> None:
    for column in ADDED:
        op.add_column("privacy_choice", column, schema=SCHEMA)
    op.create_check_constraint(
        "ck_privacy_choice_parent_answer",
        "privacy_choice",
        "parent_answer IN ('agreed', 'refused')",
        schema=SCHEMA,
    )
    _links(f"{LINKS}, 'parent'")


def downgrade() -> None:
    op.execute("DELETE FROM core.account_token WHERE kind = 'parent'")
    _links(LINKS)
    op.drop_constraint("ck_privacy_choice_parent_answer", "privacy_choice", schema=SCHEMA)
    for column in ADDED:
        op.drop_column("privacy_choice", column.name, schema=SCHEMA)


def _links(kinds: str) -> None:
    op.drop_constraint("ck_account_token_kind", "account_token", schema=SCHEMA)
    op.create_check_constraint("ck_account_token_kind", "account_token", f"kind IN ({kinds})", schema=SCHEMA)
