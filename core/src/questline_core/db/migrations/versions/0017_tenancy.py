"""Tenants' life cycle, domains, limits and usage, tasks, and where a tenant lives."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db.base import TENANT
from questline_sdk.db.migrations import APP_ROLE, create_tenant_table

revision = "0017"
down_revision = "0016"

SCHEMA = "core"
TIME = sa.DateTime(timezone=True)
ADDED = (
    sa.Column("state", sa.Text, nullable=False, server_default="active"),
    sa.Column("state_reason", sa.Text),
    sa.Column("state_since", TIME),
    sa.Column("delete_at", TIME),
    sa.Column("limits", JSONB, nullable=False, server_default="{}"),
    sa.Column("shard", sa.Text),
    sa.Column("read_only", sa.Boolean, nullable=False, server_default=sa.false()),
)

# The application may schedule a deletion, but not for at once: a deletion takes the audit log with it.
GRACE = """
CREATE FUNCTION core.keep_grace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.delete_at < now() + interval '23 hours' AND NEW.delete_at IS DISTINCT FROM OLD.delete_at AND NOT
        pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = 'core.tenant'::regclass), 'MEMBER')
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied to delete a tenant at once';
    END IF;
    RETURN NEW;
END
$$
"""
# A tenant that is being moved, or lives in another database by now, can be read here but not changed. The move says so
# first and then waits until nobody holds the shared lock: whoever has taken it since has seen what the move said.
ENTER = """
CREATE FUNCTION core.enter() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    wanted uuid := nullif(current_setting('questline.tenant_id', true), '')::uuid;
BEGIN
    IF EXISTS (SELECT FROM core.tenant WHERE id = wanted AND NOT read_only) THEN
        PERFORM pg_advisory_xact_lock_shared(7262027, hashtext(wanted::text));
        IF EXISTS (SELECT FROM core.tenant WHERE id = wanted AND NOT read_only) THEN
            RETURN;
        END IF;
    END IF;
    PERFORM set_config('transaction_read_only', 'on', true);
END
$$
"""
# A copy of a tenant has the log's entries as they were chained. Only the owner can write them so: for the application,
# a hash that it brings along is one more reason to chain the entry.
RESTORING = """
CREATE FUNCTION core.restoring() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'core.audit_entry'::regclass), 'MEMBER')
$$
"""
# Counted where the rows are, so that no way of making an account or keeping a file goes past a limit. The usage row
# is locked until the transaction ends: of two that would go past the limit together, the second is refused.
USE = """
CREATE FUNCTION core.use(tenant uuid, thing text, more bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    total bigint;
    most bigint;
BEGIN
    IF more <= 0 THEN
        UPDATE core.tenant_usage SET amount = greatest(amount + more, 0) WHERE tenant_id = tenant AND what = thing
            RETURNING amount INTO total;
        RETURN coalesce(total, 0);
    END IF;
    INSERT INTO core.tenant_usage AS usage (tenant_id, what, amount) VALUES (tenant, thing, more)
        ON CONFLICT (tenant_id, what) DO UPDATE SET amount = usage.amount + excluded.amount
        RETURNING amount INTO total;
    SELECT coalesce(own.limits -> split_part(thing, ':', 1), site.limits -> split_part(thing, ':', 1))::text::bigint
        INTO most FROM core.tenant AS own LEFT JOIN core.site_limits AS site ON true
        WHERE own.id = tenant AND NOT own.read_only;
    IF total > most THEN
        RAISE EXCEPTION USING ERRCODE = 'QL001', MESSAGE = format('the limit of %s for %s is reached', most, thing),
            DETAIL = format('{"limit": "%s", "most": %s, "wanted": %s}', split_part(thing, ':', 1), most, total);
    END IF;
    RETURN total;
END
$$
"""
COUNT_USERS = """
CREATE FUNCTION core.count_users() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sign integer := CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END;
BEGIN
    PERFORM core.use(tenant_id, 'users', sign * count(*)) FROM changed GROUP BY tenant_id ORDER BY tenant_id;
    RETURN NULL;
END
$$
"""
COUNT_BLOBS = """
CREATE FUNCTION core.count_blobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM core.use(OLD.tenant_id, 'storage_bytes', -OLD.size);
    ELSE
        PERFORM core.use(NEW.tenant_id, 'storage_bytes', NEW.size - CASE TG_OP WHEN 'UPDATE' THEN OLD.size ELSE 0 END);
    END IF;
    RETURN NULL;
END
$$
"""
# The last step of a deletion, in the database because the application may never delete an audit entry.
REMOVE = """
CREATE FUNCTION core.remove_tenant(report jsonb) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    gone core.tenant;
    log core.audit_head;
BEGIN
    SELECT * INTO gone FROM core.tenant
        WHERE id = nullif(current_setting('questline.tenant_id', true), '')::uuid
            AND state = 'deleting' AND delete_at <= clock_timestamp() FOR UPDATE;
    IF NOT FOUND THEN
        RAISE insufficient_privilege USING MESSAGE = 'permission denied: the tenant is not due to be deleted';
    END IF;
    SELECT * INTO log FROM core.audit_head WHERE tenant_id = gone.id;
    DELETE FROM core.audit_entry WHERE tenant_id = gone.id;
    DELETE FROM core.audit_head WHERE tenant_id = gone.id;
    INSERT INTO core.removed_tenant (id, slug, name, removed_at, audit_number, audit_hash, report)
        VALUES (gone.id, gone.slug, gone.name, clock_timestamp(), log.number, log.hash, report)
        ON CONFLICT (id) DO UPDATE SET report = excluded.report, removed_at = excluded.removed_at;
    DELETE FROM core.tenant WHERE id = gone.id;
END
$$
"""
FILL = """
DO $$
DECLARE
    tenant uuid;
BEGIN
    FOR tenant IN SELECT id FROM core.tenant LOOP
        PERFORM set_config('questline.tenant_id', tenant::text, true);
        INSERT INTO core.tenant_usage (tenant_id, what, amount)
            SELECT tenant_id, 'users', count(*) FROM core.user_account GROUP BY tenant_id;
    END LOOP;
    PERFORM set_config('questline.tenant_id', '', true);
END
$$
"""


def upgrade() -> None:
    for column in ADDED:
        op.add_column("tenant", column, schema=SCHEMA)
    op.create_check_constraint(
        "ck_tenant_state", "tenant", "state IN ('active', 'suspended', 'deleting')", schema=SCHEMA
    )
    op.create_check_constraint(
        "ck_tenant_delete_at", "tenant", "(state = 'deleting') = (delete_at IS NOT NULL)", schema=SCHEMA
    )
    op.execute(f"GRANT UPDATE (state, state_reason, state_since, delete_at) ON core.tenant TO {APP_ROLE}")
    op.execute(GRACE)
    op.execute("CREATE TRIGGER grace BEFORE UPDATE ON core.tenant FOR EACH ROW EXECUTE FUNCTION core.keep_grace()")
    op.execute(ENTER)
    op.execute(RESTORING)
    op.execute("DROP TRIGGER chain ON core.audit_entry")
    op.execute(
        "CREATE TRIGGER chain BEFORE INSERT ON core.audit_entry FOR EACH ROW"
        " WHEN (NEW.hash IS NULL OR NOT core.restoring()) EXECUTE FUNCTION core.audit_chain()"
    )
    _shared_tables()
    _tenant_tables()
    op.execute(USE)
    op.execute(COUNT_USERS)
    op.execute(COUNT_BLOBS)
    for event, table in (("INSERT", "NEW"), ("DELETE", "OLD")):
        op.execute(
            f"CREATE TRIGGER count_{event.lower()} AFTER {event} ON core.user_account"
            f" REFERENCING {table} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION core.count_users()"
        )
    op.execute(
        "CREATE TRIGGER count AFTER INSERT OR UPDATE OR DELETE ON core.blob"
        " FOR EACH ROW EXECUTE FUNCTION core.count_blobs()"
    )
    op.execute(FILL)
    op.execute(REMOVE)
    op.execute("REVOKE ALL ON FUNCTION core.remove_tenant(jsonb) FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION core.remove_tenant(jsonb) TO {APP_ROLE}")


def _shared_tables() -> None:
    """What is read before a tenant is known, and what outlives one; none of it has a `tenant_id`."""
    op.create_table(
        "domain",
        sa.Column("host", sa.Text, primary_key=True),
        sa.Column("holder", sa.Uuid, sa.ForeignKey("core.tenant.id", ondelete="CASCADE"), nullable=False),
        sa.Column("is_primary", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("redirects", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("verified_at", TIME, nullable=False),
        sa.CheckConstraint("NOT (is_primary AND redirects)", name="ck_domain_primary_serves"),
        schema=SCHEMA,
    )
    op.create_index(
        "uq_domain_primary", "domain", ["holder"], unique=True, schema=SCHEMA, postgresql_where=sa.text("is_primary")
    )
    op.execute("ALTER TABLE core.domain ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY directory ON core.domain FOR SELECT USING (true)")
    op.execute(f"CREATE POLICY own ON core.domain FOR ALL USING (holder = {TENANT}) WITH CHECK (holder = {TENANT})")
    op.execute(f"GRANT SELECT, INSERT, DELETE, UPDATE (is_primary, redirects) ON core.domain TO {APP_ROLE}")
    op.create_table(
        "site_limits",
        sa.Column("one", sa.Boolean, primary_key=True, server_default=sa.true()),
        sa.Column("limits", JSONB, nullable=False),
        sa.CheckConstraint("one", name="ck_site_limits_one"),
        schema=SCHEMA,
    )
    op.execute(f"GRANT SELECT ON core.site_limits TO {APP_ROLE}")
    op.create_table(
        "removed_tenant",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("removed_at", TIME, nullable=False),
        sa.Column("audit_number", sa.BigInteger),
        sa.Column("audit_hash", sa.LargeBinary),
        sa.Column("report", JSONB, nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "tenant_move",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("attempt", sa.Uuid, nullable=False),
        sa.Column("report", JSONB, nullable=False, server_default="{}"),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("changed_at", TIME, nullable=False),
        sa.CheckConstraint("step IN ('copying', 'window', 'switched', 'moved')", name="ck_tenant_move_step"),
        schema=SCHEMA,
    )


def _tenant_tables() -> None:
    create_tenant_table(
        "domain_claim",
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("checked_at", TIME),
        sa.Column("answer", sa.Text),
        schema=SCHEMA,
        key=("host",),
    )
    create_tenant_table(
        "tenant_usage",
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.CheckConstraint("amount >= 0", name="ck_tenant_usage_amount"),
        schema=SCHEMA,
        key=("what",),
    )
    create_tenant_table(
        "blob",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        schema=SCHEMA,
        key=("name",),
    )
    create_tenant_table(
        "tenant_task",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="waiting"),
        sa.Column("step", sa.Text),
        sa.Column("done", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("total", sa.BigInteger),
        sa.Column("result", JSONB, nullable=False, server_default="{}"),
        sa.Column("error", sa.Text),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.Uuid),
        sa.Column("finished_at", TIME),
        sa.CheckConstraint("kind IN ('export', 'delete')", name="ck_tenant_task_kind"),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name="ck_tenant_task_state"
        ),
        schema=SCHEMA,
    )


def downgrade() -> None:
    for event in ("insert", "delete"):
        op.execute(f"DROP TRIGGER count_{event} ON core.user_account")
    for table in ("tenant_task", "blob", "tenant_usage", "domain_claim"):
        op.drop_table(table, schema=SCHEMA)
    for table in ("tenant_move", "removed_tenant", "site_limits", "domain"):
        op.drop_table(table, schema=SCHEMA)
    op.execute("DROP TRIGGER chain ON core.audit_entry")
    op.execute(
        "CREATE TRIGGER chain BEFORE INSERT ON core.audit_entry FOR EACH ROW EXECUTE FUNCTION core.audit_chain()"
    )
    op.execute("DROP FUNCTION core.restoring()")
    op.execute("DROP TRIGGER grace ON core.tenant")
    for function in ("remove_tenant(jsonb)", "count_blobs()", "count_users()", "use", "enter()", "keep_grace()"):
        op.execute(f"DROP FUNCTION core.{function}")
    op.execute(f"REVOKE UPDATE (state, state_reason, state_since, delete_at) ON core.tenant FROM {APP_ROLE}")
    for column in ADDED:
        op.drop_column("tenant", column.name, schema=SCHEMA)
