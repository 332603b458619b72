"""The audit log: append-only, and each entry of a tenant carries the hash of the one before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db.migrations import APP_ROLE, create_tenant_table

revision = "0008"
down_revision = "0007"

SCHEMA = "core"

# The database numbers and chains the entries itself, as the owner: the application can neither choose a number nor
# write a hash. The head is kept apart from the entries, so that entries cut off at the end are missed.
DIGEST = """
CREATE FUNCTION core.audit_digest(entry core.audit_entry) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256(entry.previous || convert_to(jsonb_build_array(
        entry.tenant_id, entry.number, (extract(epoch FROM entry.at) * 1000000)::bigint, entry.actor_id,
        entry.on_behalf_of, entry.action, entry.subject_type, entry.subject_id, entry.details, entry.address,
        entry.request_id)::text, 'UTF8'))
$$
"""
CHAIN = """
CREATE FUNCTION core.audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    head core.audit_head;
BEGIN
    INSERT INTO core.audit_head (tenant_id, number, hash)
        VALUES (NEW.tenant_id, 0, sha256(convert_to(NEW.tenant_id::text, 'UTF8'))) ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM core.audit_head WHERE tenant_id = NEW.tenant_id FOR UPDATE;
    NEW.number := head.number + 1;
    NEW.previous := head.hash;
    NEW.hash := core.audit_digest(NEW);
    UPDATE core.audit_head SET number = NEW.number, hash = NEW.hash WHERE tenant_id = NEW.tenant_id;
    RETURN NEW;
END
$$
"""


def upgrade() -> None:
    create_tenant_table(
        "audit_entry",
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid),
        sa.Column("on_behalf_of", sa.Uuid),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject_type", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Text),
        sa.Column("details", JSONB, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("request_id", sa.Text),
        sa.Column("previous", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        schema=SCHEMA,
        key=("number",),
        append_only=True,
    )
    op.execute(f"REVOKE DELETE ON core.audit_entry FROM {APP_ROLE}")
    for name, columns in (
        ("actor", "tenant_id, actor_id, number"),
        ("subject", "tenant_id, subject_type, subject_id, number"),
        ("action", "tenant_id, action, number"),
    ):
        op.execute(f"CREATE INDEX ix_audit_entry_{name} ON core.audit_entry ({columns})")
    create_tenant_table(
        "audit_head",
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        schema=SCHEMA,
        key=(),
    )
    op.execute(f"REVOKE INSERT, UPDATE, DELETE ON core.audit_head FROM {APP_ROLE}")
    op.execute(DIGEST)
    op.execute(CHAIN)
    op.execute(
        "CREATE TRIGGER chain BEFORE INSERT ON core.audit_entry FOR EACH ROW EXECUTE FUNCTION core.audit_chain()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER chain ON core.audit_entry")
    op.execute("DROP FUNCTION core.audit_chain")
    op.execute("DROP FUNCTION core.audit_digest")
    for table in ("audit_head", "audit_entry"):
        op.drop_table(table, schema=SCHEMA)
