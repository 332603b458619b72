"""Archives of personal data count towards a tenant's storage, but a full store keeps nobody from theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

USE = """
CREATE OR REPLACE FUNCTION core.use(tenant uuid, thing text, more bigint) RETURNS bigint LANGUAGE plpgsql AS $$
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
    IF total > most{unless} THEN
        RAISE EXCEPTION USING ERRCODE = 'QL001', MESSAGE = format('the limit of %s for %s is reached', most, thing),
            DETAIL = format('{{"limit": "%s", "most": %s, "wanted": %s}}', split_part(thing, ':', 1), most, total);
    END IF;
    RETURN total;
END
$$
"""
OVER = " AND current_setting('questline.over_limit', true) IS DISTINCT FROM 'on'"
# Those that are there already; each tenant on its own, for the owner too sees only the rows of one.
COUNT = """
INSERT INTO core.blob (tenant_id, name, size, created_at)
SELECT tenant_id, substr(archive, length(tenant_id::text) + 2), archive_bytes, finished_at
FROM core.privacy_request WHERE archive IS NOT NULL AND archive_bytes IS NOT NULL
ON CONFLICT DO NOTHING
"""


def upgrade() -> None:
    op.execute(USE.format(unless=OVER))
    for tenant_id in op.get_bind().scalars(sa.text("SELECT id FROM core.tenant")).all():
        op.execute(f"SELECT set_config('questline.tenant_id', '{tenant_id}', true)")
        op.execute("SELECT set_config('questline.over_limit', 'on', true)")
        op.execute(COUNT)
    op.execute("SELECT set_config('questline.tenant_id', '', true), set_config('questline.over_limit', '', true)")


def downgrade() -> None:
    op.execute(USE.format(unless=""))
