"""A word planted in every personal column of core and of every plugin: all in the archive, nothing left afterwards.

The columns come from the declarations, so a new table is in here without anybody writing it down.
"""

import json
import re
import secrets
import zipfile

import asyncpg
import msgspec
import pytest
import pytest_asyncio

from questline_core.audit.verify import verify
from questline_core.auth.accounts import get_user
from questline_core.people.avatars import avatar_key
from questline_core.people.pictures import LARGE, SMALL
from questline_core.plugins.personal import declarations, mapped_tables
from questline_core.privacy.archives import archive_key
from questline_core.privacy.models import PrivacyRequest
from questline_core.privacy.register import packages
from questline_core.privacy.requests import request_erasure, request_export
from questline_core.privacy.settings import PrivacyRules, change_rules
from questline_core.testing.conformance.rows import Filler
from questline_core.testing.conformance.tables import of_persons, read_tables
from questline_sdk.db.personal import PersonalData

ACCOUNT = "user_account"
LEDGERS = {"audit_entry", "event"}
"""Filled by hand: whose they are stands in JSON, or in several columns."""
HOLDING = ("text", "citext", "character", "json", "bytea", "xml")


class Planted:
    """A person with the marker in every personal column."""

    def __init__(self, client, marker):
        self.client, self.marker, self.words = client, marker, {}


@pytest_asyncio.fixture(loop_scope="session")
async def superuser(site):
    connection = await asyncpg.connect(site.services.postgres.dsn("superuser"))
    yield connection
    await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def planted(site, tenant, as_user, superuser):
    client = await as_user("learner")
    marker = f"zqx{secrets.token_hex(5)}"
    person = Planted(client, marker)
    for owner, package in packages(site.host.registry).items():
        await plant(site, tenant, superuser, person, owner, package)
    await plant_account(site, tenant, superuser, person)
    await plant_elsewhere(site, tenant, superuser, person)
    return person


async def plant(site, tenant, connection, person, owner, package):
    """A row in each table that is a person's, the marker in each of its personal columns that takes a text."""
    tables = await read_tables(connection, owner)
    own = {"privacy_request": {"state": "cancelled", "archive": archive_key(tenant.id, tenant.id)}}
    examples = own if owner == "core" else site.host.registry.records[owner].manifest.conformance.examples
    filler = Filler(connection, tenant_id=tenant.id, user_id=person.client.user_id, examples=examples)
    filler.marker = f"{person.marker}{owner.replace('_', '')}"
    said = declarations(mapped_tables(package))
    wanted = {name.split(".")[1] for name, what in said.items() if isinstance(what, PersonalData)}
    for table in tables:
        if table.name not in wanted & of_persons(tables) - LEDGERS - {ACCOUNT}:
            continue
        row = await filler.row(table)
        for column, word in row.words.items():
            if isinstance(said.get(f"{owner}.{table.name}.{column}"), PersonalData):
                person.words[f"{owner}.{table.name}.{column}"] = word


async def plant_account(site, tenant, connection, person):
    """The account's own columns, and a picture."""
    person.email = f"{person.marker}@example.test"
    name = f"{secrets.token_hex(32)}"
    for side in (SMALL, LARGE):
        key = avatar_key(tenant.id, f"{name}-{side}.webp")
        await site.host.store.put(key, person.marker.encode(), content_type="image/webp")
    async with site.context(tenant.id) as ctx:
        user = await get_user(ctx, person.client.user_id)
        user.avatar_url = f"/api/v1/avatars/{name}-{SMALL}.webp"
    await connection.execute(
        "UPDATE core.user_account SET email = $2, display_name = $3, given_name = $3, family_name = $3,"
        " external_id = $3 WHERE id = $1",
        person.client.user_id,
        person.email,
        f"Ada {person.marker}",
    )
    person.words["core.user_account.email"] = person.email


async def plant_elsewhere(site, tenant, connection, person):
    """The ledgers, the queue, a dead letter, and what Valkey holds."""
    user_id, marker = person.client.user_id, person.marker
    await connection.execute(f"SET questline.tenant_id = '{tenant.id}'")  # the audit log's trigger obeys the tenant
    data = {"user_id": str(user_id), "course_slug": marker, "nested": [{"note": marker}]}
    others = {"user_id": str(tenant.id), "told_by": person.email}
    for each in (data, others):
        await connection.execute(
            "INSERT INTO core.event (tenant_id, type, data) VALUES ($1, 'test.marker.planted.v1', $2)",
            tenant.id,
            json.dumps(each),
        )
    for actor, kind, subject, details in (
        (user_id, "user", str(user_id), {"before": {"name": marker}}),
        (None, "invitation", person.email, {"after": {"to": person.email}}),
        (None, "thing", None, {"after": {"owner": f"Ada {marker}"}}),
    ):
        await connection.execute(
            "INSERT INTO core.audit_entry (tenant_id, at, actor_id, action, subject_type, subject_id, details, address,"
            " request_id) VALUES ($1, now(), $2, 'test.planted', $3, $4, $5, $6, $6)",
            tenant.id,
            actor,
            kind,
            subject,
            json.dumps(details),
            marker if actor else None,
        )
    message = {"id": str(tenant.id), "tenant_id": str(tenant.id), "plugin_id": "none", "kind": "job", "name": "x"}
    await connection.execute(
        "INSERT INTO queue.pgqueuer (priority, entrypoint, payload, status) VALUES (0, 'none', $1, 'queued'),"
        " (0, 'none', $2, 'failed')",
        msgspec.json.encode(message | {"data": {"user_id": str(user_id), "note": marker}}),
        msgspec.json.encode(message | {"data": {"to": person.email}}),
    )
    redis, prefix = site.host.redis, f"questline:{tenant.id}"
    await redis.set(f"{prefix}:points:{user_id}", 1)
    await redis.set(f"{prefix}:page", f"hello {person.email}")
    await redis.zadd(f"{prefix}:board", {str(user_id): 5, str(tenant.id): 6})
    await redis.hset(f"{prefix}:names", mapping={"a": person.email, "b": "other"})


def pattern_of(person):
    """The marker as it stands in what is personal; rows that the person's refer to, courses say, have others."""
    planted = "|".join(word.removeprefix(person.marker) for word in person.words.values() if "@" not in word)
    return f"{person.marker}(({planted})|(?![a-z0-9]))"


async def found(connection, site, pattern):
    """Every place in the database, the store and Valkey that a pattern is found in."""
    columns = await connection.fetch(
        "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns"
        " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
    )
    places = []
    for schema, table, column, kind in columns:
        if not kind.startswith(HOLDING):
            continue
        name = f'"{schema}"."{table}"'
        shown = f"encode(\"{column}\", 'escape')" if kind == "bytea" else f'"{column}"::text'
        if await connection.fetchval(f"SELECT EXISTS (SELECT FROM {name} WHERE {shown} ~ $1)", pattern):
            places.append(f"{schema}.{table}.{column}")
    wanted = re.compile(pattern.encode())
    blobs = {each.key: await site.host.store.get(each.key) async for each in site.host.store.list("")}
    places += [f"blob {key}" for key, content in blobs.items() if wanted.search(key.encode() + content)]
    redis = site.host.redis
    async for key in redis.scan_iter():
        name = key.encode() if isinstance(key, str) else key
        if wanted.search(name + await contents(redis, key)):
            places.append(f"valkey {name.decode()}")
    return places


async def contents(redis, key):
    """What a key of Valkey holds, as text."""
    kind = await redis.type(key)
    kind = kind.decode() if isinstance(kind, bytes) else kind
    read = {
        "string": redis.get,
        "hash": redis.hgetall,
        "set": redis.smembers,
        "zset": lambda name: redis.zrange(name, 0, -1),
        "list": lambda name: redis.lrange(name, 0, -1),
        "stream": redis.xrange,
    }
    return repr(await read[kind](key)).encode() if kind in read else b""


@pytest.fixture
def read_archive(site, tenant):
    async def read(request_id):
        async with site.context(tenant.id) as ctx:
            request = await ctx.session.get(PrivacyRequest, (tenant.id, request_id))
            assert request.state == "done", (request.state, request.problem)
            content = await site.host.store.get(request.archive)
        path = site.host.settings.home_path / f"{request_id}.zip"
        path.write_bytes(content)
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    return read


async def test_everything_is_in_the_archive_and_nothing_is_left_of_an_erased_person(
    site, tenant, planted, superuser, drain, read_archive, as_user
):
    other = await as_user("learner", name="Somebody Else")
    before = await found(superuser, site, pattern_of(planted))
    assert {"core.user_account.email", "core.event.data", "core.audit_entry.details"} <= set(before)
    assert any(place.startswith("blob") for place in before)
    assert len(planted.words) > 20
    async with site.context(tenant.id) as ctx:
        await change_rules(ctx, PrivacyRules(grace_days=0))
        wanted = (await request_export(ctx, planted.client.user_id)).id
    await drain()
    content = b"".join((await read_archive(wanted)).values()).decode("utf-8", "replace")
    assert sorted(name for name, word in planted.words.items() if word not in content) == []
    async with site.context(tenant.id) as ctx:
        erasure = (await request_erasure(ctx, planted.client.user_id)).id
    await drain()
    async with site.context(tenant.id) as ctx:
        request = await ctx.session.get(PrivacyRequest, (tenant.id, erasure))
        assert request.state == "done", (request.state, request.problem)
        assert (request.user_id, request.requested_by, request.left_over) == (None, None, {})
    assert await found(superuser, site, pattern_of(planted)) == []
    assert (await verify(site.owner_engine, tenant.id, tenant.slug)).flaws == []
    left = await found(superuser, site, str(planted.client.user_id))
    assert set(left) <= {"core.event.data", "core.audit_entry.subject_id", "core.audit_entry.details"}
    assert [
        row["table"] for row in request.report["tables"] if (row["kept"] or row["pseudonymised"]) and not row["why"]
    ] == []
    assert request.report["elsewhere"]["queue"] == 2
    assert request.report["elsewhere"]["cached"] >= 4
    assert await superuser.fetchval("SELECT count(*) FROM core.user_account WHERE id = $1", other.user_id) == 1
