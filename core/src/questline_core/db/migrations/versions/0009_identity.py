"""How people come in: sign-in settings, single-use links, second factors, passkeys, devices, signing keys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import APP_ROLE, create_tenant_table

revision = "0009"
down_revision = "0008"

SCHEMA = "core"
TIME = sa.DateTime(timezone=True)
TABLES = ("remembered_device", "passkey", "recovery_code", "totp", "account_token")


def upgrade() -> None:
    op.drop_constraint("ck_tenant_sign_up", "tenant", schema=SCHEMA)
    op.create_check_constraint(
        "ck_tenant_sign_up", "tenant", "sign_up IN ('open', 'invitation', 'domains', 'closed')", schema=SCHEMA
    )
    op.add_column("tenant", sa.Column("sign_in", JSONB, nullable=False, server_default="{}"), schema=SCHEMA)
    op.execute(f"GRANT UPDATE (sign_in) ON core.tenant TO {APP_ROLE}")
    op.add_column("user_account", sa.Column("email_verified_at", TIME), schema=SCHEMA)
    op.add_column("auth_session", sa.Column("authenticated_at", TIME), schema=SCHEMA)
    op.add_column("auth_session", sa.Column("second_factor_at", TIME), schema=SCHEMA)

    create_tenant_table(
        "account_token",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("user_id", sa.Uuid),
        sa.Column("email", sa.Text),
        sa.Column("data", JSONB, nullable=False, server_default="{}"),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        refs.user(name="fk_account_token_user"),
        sa.UniqueConstraint("tenant_id", "token_hash", name="uq_account_token_token_hash"),
        sa.CheckConstraint(
            "kind IN ('sign_up', 'invitation', 'verify_email', 'password_reset', 'email_change', 'spent')",
            name="ck_account_token_kind",
        ),
        schema=SCHEMA,
    )
    op.create_index("ix_account_token_kind", "account_token", ["tenant_id", "kind", "created_at"], schema=SCHEMA)
    op.create_index("ix_account_token_user", "account_token", ["tenant_id", "user_id"], schema=SCHEMA)
    op.create_index("ix_account_token_expires_at", "account_token", ["tenant_id", "expires_at"], schema=SCHEMA)

    create_tenant_table(
        "totp",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("confirmed_at", TIME),
        sa.Column("last_step", sa.BigInteger, nullable=False, server_default="0"),
        refs.user(name="fk_totp_user"),
        sa.UniqueConstraint("tenant_id", "user_id", name="uq_totp_user_id"),
        schema=SCHEMA,
    )
    create_tenant_table(
        "recovery_code",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("code_hash", sa.LargeBinary, nullable=False),
        sa.Column("used_at", TIME),
        refs.user(name="fk_recovery_code_user"),
        sa.UniqueConstraint("tenant_id", "user_id", "code_hash", name="uq_recovery_code_code_hash"),
        schema=SCHEMA,
    )
    create_tenant_table(
        "passkey",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("credential_id", sa.LargeBinary, nullable=False),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("sign_count", sa.BigInteger, nullable=False),
        sa.Column("transports", JSONB, nullable=False, server_default="[]"),
        sa.Column("backed_up", sa.Boolean, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("last_used_at", TIME),
        refs.user(name="fk_passkey_user"),
        sa.UniqueConstraint("tenant_id", "credential_id", name="uq_passkey_credential_id"),
        schema=SCHEMA,
    )
    op.create_index("ix_passkey_user", "passkey", ["tenant_id", "user_id"], schema=SCHEMA)
    create_tenant_table(
        "remembered_device",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        refs.user(name="fk_remembered_device_user"),
        sa.UniqueConstraint("tenant_id", "user_id", "token_hash", name="uq_remembered_device_token_hash"),
        schema=SCHEMA,
    )
    op.create_table(
        "signing_key",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("created_at", TIME, nullable=False, server_default=sa.text("now()")),
        sa.Column("active_from", TIME, nullable=False),
        schema=SCHEMA,
    )
    op.execute(f"GRANT SELECT ON core.signing_key TO {APP_ROLE}")


def downgrade() -> None:
    op.drop_table("signing_key", schema=SCHEMA)
    for table in TABLES:
        op.drop_table(table, schema=SCHEMA)
    op.drop_column("auth_session", "second_factor_at", schema=SCHEMA)
    op.drop_column("auth_session", "authenticated_at", schema=SCHEMA)
    op.drop_column("user_account", "email_verified_at", schema=SCHEMA)
    op.drop_column("tenant", "sign_in", schema=SCHEMA)
    op.execute("UPDATE core.tenant SET sign_up = 'closed' WHERE sign_up NOT IN ('open', 'closed')")
    op.drop_constraint("ck_tenant_sign_up", "tenant", schema=SCHEMA)
    op.create_check_constraint("ck_tenant_sign_up", "tenant", "sign_up IN ('open', 'closed')", schema=SCHEMA)
