"""Privacy: requests, legal holds, consents and choices; an audit log from which what tells of a person can be taken."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import APP_ROLE, create_tenant_table

revision = "0016"
down_revision = "0015"

SCHEMA = "core"
TIME = sa.DateTime(timezone=True)
TABLES = ("privacy_settings", "privacy_choice", "consent", "consent_document", "legal_hold", "privacy_request")
COMMITMENTS = ("details_salt", "details_digest", "origin_salt", "origin_digest")

# The chain holds salted hashes of what may have to be erased one day. Without its salt a hash says nothing of what was
# hashed, and the chain is as good as before. Entries from before these columns are hashed as they were.
# The functions are STABLE as what they call: PostgreSQL then writes them into a check's statement, four times as fast.
DETAILS = """
CREATE FUNCTION core.audit_details_digest(entry core.audit_entry) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(entry.details_salt || convert_to(jsonb_build_array(entry.subject_id, entry.details)::text, 'UTF8'))
$$
"""
ORIGIN = """
CREATE FUNCTION core.audit_origin_digest(entry core.audit_entry) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(entry.origin_salt || convert_to(jsonb_build_array(entry.address, entry.request_id)::text, 'UTF8'))
$$
"""
INTACT = """
CREATE FUNCTION core.audit_intact(entry core.audit_entry) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT entry.hash = core.audit_digest(entry) AND (entry.details_digest IS NULL OR (
        CASE WHEN entry.details_salt IS NULL THEN entry.details = '{}'::jsonb
            ELSE entry.details_digest = core.audit_details_digest(entry) END
        AND CASE WHEN entry.origin_salt IS NULL THEN entry.address IS NULL AND entry.request_id IS NULL
            ELSE entry.origin_digest = core.audit_origin_digest(entry) END))
$$
"""
DIGEST = """
CREATE OR REPLACE FUNCTION core.audit_digest(entry core.audit_entry) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(entry.previous || convert_to(CASE WHEN entry.details_digest IS NULL THEN jsonb_build_array(
        entry.tenant_id, entry.number, (extract(epoch FROM entry.at) * 1000000)::bigint, entry.actor_id,
        entry.on_behalf_of, entry.action, entry.subject_type, entry.subject_id, entry.details, entry.address,
        entry.request_id)
    ELSE jsonb_build_array(
        entry.tenant_id, entry.number, (extract(epoch FROM entry.at) * 1000000)::bigint, entry.actor_id,
        entry.on_behalf_of, entry.action, entry.subject_type, encode(entry.details_digest, 'hex'),
        encode(entry.origin_digest, 'hex'))
    END::text, 'UTF8'))
$$
"""
FORMER_DIGEST = """
CREATE OR REPLACE FUNCTION core.audit_digest(entry core.audit_entry) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256(entry.previous || convert_to(jsonb_build_array(
        entry.tenant_id, entry.number, (extract(epoch FROM entry.at) * 1000000)::bigint, entry.actor_id,
        entry.on_behalf_of, entry.action, entry.subject_type, entry.subject_id, entry.details, entry.address,
        entry.request_id)::text, 'UTF8'))
$$
"""
SEAL = """
    NEW.details_salt := uuid_send(gen_random_uuid());
    NEW.details_digest := core.audit_details_digest(NEW);
    NEW.origin_salt := uuid_send(gen_random_uuid());
    NEW.origin_digest := core.audit_origin_digest(NEW);
"""
CHAIN = """
CREATE OR REPLACE FUNCTION core.audit_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    head core.audit_head;
BEGIN
    INSERT INTO core.audit_head (tenant_id, number, hash)
        VALUES (NEW.tenant_id, 0, sha256(convert_to(NEW.tenant_id::text, 'UTF8'))) ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM core.audit_head WHERE tenant_id = NEW.tenant_id FOR UPDATE;
    NEW.number := head.number + 1;
    NEW.previous := head.hash;{seal}
    NEW.hash := core.audit_digest(NEW);
    UPDATE core.audit_head SET number = NEW.number, hash = NEW.hash WHERE tenant_id = NEW.tenant_id;
    RETURN NEW;
END
$$
"""
# The application may take out what tells of a person only once the person has no account, and never the deed itself.
FORGET = """
CREATE FUNCTION core.audit_forget(person uuid, phrases text[]) RETURNS TABLE (details bigint, origins bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    tenant uuid := nullif(current_setting('questline.tenant_id', true), '')::uuid;
BEGIN
    IF tenant IS NULL OR EXISTS (SELECT FROM core.user_account u WHERE u.tenant_id = tenant AND u.id = person) THEN
        RAISE EXCEPTION 'the audit log forgets only who has no account';
    END IF;
    UPDATE core.audit_entry e SET origin_salt = NULL, address = NULL, request_id = NULL
        WHERE e.tenant_id = tenant AND (e.actor_id = person OR e.on_behalf_of = person)
        AND e.details_digest IS NOT NULL AND e.origin_salt IS NOT NULL;
    GET DIAGNOSTICS origins = ROW_COUNT;
    UPDATE core.audit_entry e SET details_salt = NULL, details = '{}'::jsonb,
            subject_id = CASE WHEN EXISTS (
                SELECT FROM unnest(phrases) phrase WHERE position(trim('"' FROM phrase) IN e.subject_id) > 0)
                THEN NULL ELSE e.subject_id END
        WHERE e.tenant_id = tenant AND e.details_digest IS NOT NULL AND e.details_salt IS NOT NULL
        AND ((e.subject_type = 'user' AND e.subject_id = person::text)
            OR EXISTS (SELECT FROM unnest(phrases) phrase
                WHERE position(phrase IN e.details::text) > 0 OR position(trim('"' FROM phrase) IN e.subject_id) > 0));
    GET DIAGNOSTICS details = ROW_COUNT;
    RETURN NEXT;
END
$$
"""


def upgrade() -> None:
    create_tenant_table(
        "privacy_request",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("user_id", sa.Uuid),
        sa.Column("requested_by", sa.Uuid),
        sa.Column("requested_at", TIME, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("started_at", TIME),
        sa.Column("finished_at", TIME),
        sa.Column("expires_at", TIME),
        sa.Column("step", sa.Text),
        sa.Column("done", sa.Integer, nullable=False, server_default="0"),
        sa.Column("total", sa.Integer, nullable=False, server_default="0"),
        sa.Column("archive", sa.Text),
        sa.Column("archive_bytes", sa.BigInteger),
        sa.Column("archive_sha256", sa.Text),
        sa.Column("left_over", JSONB, nullable=False, server_default="{}"),
        sa.Column("report", JSONB),
        sa.Column("problem", sa.Text),
        sa.ForeignKeyConstraint(
            ["tenant_id", "user_id"],
            ["core.user_account.tenant_id", "core.user_account.id"],
            name="fk_privacy_request_user",
            ondelete="SET NULL (user_id)",
        ),
        sa.CheckConstraint("kind IN ('export', 'erasure')", name="ck_privacy_request_kind"),
        sa.CheckConstraint(
            "state IN ('waiting', 'held', 'running', 'done', 'failed', 'cancelled', 'expired')",
            name="ck_privacy_request_state",
        ),
        schema=SCHEMA,
    )
    op.create_index("ix_privacy_request_user", "privacy_request", ["tenant_id", "user_id"], schema=SCHEMA)
    op.create_index("ix_privacy_request_state", "privacy_request", ["tenant_id", "state", "due_at"], schema=SCHEMA)
    op.execute(
        "CREATE UNIQUE INDEX uq_privacy_request_open ON core.privacy_request (tenant_id, user_id, kind) "
        "WHERE state IN ('waiting', 'held', 'running')"
    )
    create_tenant_table(
        "legal_hold",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("set_by", sa.Uuid),
        sa.Column("set_at", TIME, nullable=False),
        sa.Column("lifted_by", sa.Uuid),
        sa.Column("lifted_at", TIME),
        sa.Column("lift_reason", sa.Text),
        refs.user(name="fk_legal_hold_user"),
        schema=SCHEMA,
    )
    op.create_index("ix_legal_hold_user", "legal_hold", ["tenant_id", "user_id"], schema=SCHEMA)
    create_tenant_table(
        "consent_document",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("required", sa.Boolean, nullable=False),
        sa.Column("renews", sa.Boolean, nullable=False, server_default="true"),
        sa.Column("texts", JSONB, nullable=False),
        sa.Column("published_at", TIME),
        sa.Column("retired_at", TIME),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("changed_by", sa.Uuid),
        sa.UniqueConstraint("tenant_id", "kind", "version", name="uq_consent_document_version"),
        schema=SCHEMA,
    )
    create_tenant_table(
        "consent",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("given", sa.Boolean, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.CheckConstraint("source IN ('sign_up', 'gate', 'privacy_page', 'admin')", name="ck_consent_source"),
        refs.user(name="fk_consent_user"),
        schema=SCHEMA,
    )
    op.create_index("ix_consent_user", "consent", ["tenant_id", "user_id", "kind", "at"], schema=SCHEMA)
    create_tenant_table(
        "privacy_choice",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("do_not_sell", sa.Boolean, nullable=False, server_default="false"),
        sa.Column("do_not_sell_source", sa.Text),
        sa.Column("do_not_sell_at", TIME),
        sa.Column("parental_consent", sa.Boolean, nullable=False, server_default="false"),
        sa.Column("parental_consent_at", TIME),
        sa.Column("parental_consent_by", sa.Uuid),
        sa.CheckConstraint("do_not_sell_source IN ('person', 'browser', 'admin')", name="ck_privacy_choice_source"),
        refs.user(name="fk_privacy_choice_user"),
        schema=SCHEMA,
        key=("user_id",),
    )
    create_tenant_table(
        "privacy_settings",
        sa.Column("grace_days", sa.Integer, nullable=False, server_default="14"),
        sa.Column("archive_days", sa.Integer, nullable=False, server_default="7"),
        sa.Column("minors", sa.Boolean, nullable=False, server_default="false"),
        sa.Column("parental_consent_needed", sa.Boolean, nullable=False, server_default="false"),
        sa.Column("retention", JSONB, nullable=False, server_default="{}"),
        sa.Column("contact", sa.Text, nullable=False, server_default=""),
        sa.Column("changed_at", TIME, nullable=False),
        sa.Column("changed_by", sa.Uuid),
        schema=SCHEMA,
        key=(),
    )
    op.execute(f"GRANT UPDATE (data) ON core.event TO {APP_ROLE}")
    for name in COMMITMENTS:
        op.add_column("audit_entry", sa.Column(name, sa.LargeBinary), schema=SCHEMA)
    for statement in (DETAILS, ORIGIN, DIGEST, INTACT, CHAIN.replace("{seal}", SEAL), FORGET):
        op.execute(statement)
    op.execute("REVOKE EXECUTE ON FUNCTION core.audit_forget FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION core.audit_forget TO {APP_ROLE}")


def downgrade() -> None:
    op.execute("DROP FUNCTION core.audit_forget")
    op.execute("DROP FUNCTION core.audit_intact")
    op.execute(CHAIN.replace("{seal}", ""))
    op.execute(FORMER_DIGEST)
    op.execute("DROP FUNCTION core.audit_details_digest")
    op.execute("DROP FUNCTION core.audit_origin_digest")
    for name in COMMITMENTS:
        op.drop_column("audit_entry", name, schema=SCHEMA)
    op.execute(f"REVOKE UPDATE (data) ON core.event FROM {APP_ROLE}")
    for table in TABLES:
        op.drop_table(table, schema=SCHEMA)
