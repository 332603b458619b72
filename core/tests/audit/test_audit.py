"""The audit log: written with the change, kept as it was written, and found out where it was not."""

import asyncio

import msgspec
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from questline_core.audit.formats import cef_line, csv_line
from questline_core.audit.queries import list_entries
from questline_core.audit.schemas import AuditFilter, AuditRecord
from questline_core.audit.verify import verify
from questline_core.auth.accounts import set_role
from questline_sdk.errors import Conflict


@pytest_asyncio.fixture(loop_scope="session")
async def tenant(site):
    """A tenant without plugins, whose log is empty."""
    return await site.new_tenant(plugins=[])


async def write(site, tenant, *actions):
    async with site.context(tenant.id) as ctx:
        for action in actions:
            await ctx.audit(action, subject=("thing", "t-1"), before={"colour": "red"}, after={"colour": action})


async def check(site, tenant):
    return await verify(site.owner_engine, tenant.id, tenant.slug)


async def tamper(site, tenant, *statements):
    """Change the log as only the owner of the tables can."""
    async with site.owner_engine.begin() as connection:
        await connection.execute(text(f"SET LOCAL questline.tenant_id = '{tenant.id}'"))
        for statement in statements:
            await connection.execute(text(statement))


async def test_an_entry_says_who_what_and_from_where(site, tenant, as_user):
    admin = await as_user("admin")
    sent = {"x-request-id": "order-4711-again"}
    assert (await admin.get("/api/v1/audit/export?format=jsonl", headers=sent)).status_code == 200
    (entry,) = (await admin.get("/api/v1/audit")).json()["items"]
    assert entry["number"] == 1
    assert entry["action"] == "tenant.audit.exported"
    assert entry["actor_id"] == str(admin.user_id)
    assert entry["actor_name"] == "Admin"
    assert entry["details"] == {"after": {"format": "jsonl"}}
    assert entry["request_id"] == "order-4711-again"
    assert entry["address"]


async def test_a_change_that_fails_leaves_no_entry(site, tenant):
    async def change():
        async with site.context(tenant.id) as ctx:
            await ctx.audit("thing.changed", subject=("thing", None))
            raise Conflict("no")

    with pytest.raises(Conflict):
        await change()
    assert (await check(site, tenant)).entries == 0


async def test_entries_are_found_by_what_they_are_about(site, tenant, as_user):
    await write(site, tenant, "a.done", "b.done", "a.done")
    admin = await as_user("admin")
    found = (await admin.get("/api/v1/audit?action=a.done&limit=1")).json()
    assert [entry["number"] for entry in found["items"]] == [3]
    rest = (await admin.get("/api/v1/audit", params={"action": "a.done", "cursor": found["next_cursor"]})).json()
    assert [entry["number"] for entry in rest["items"]] == [1]
    assert rest["next_cursor"] is None
    assert (await admin.get("/api/v1/audit?until=2001-01-01T00:00:00Z")).json()["items"] == []


async def test_what_administrators_do_is_in_it(site, tenant, as_user):
    admin = await as_user("admin")
    for enabled in (True, False):
        await admin.put("/api/v1/plugins/points/enabled", json={"enabled": enabled})
    await admin.put("/api/v1/plugins/ai_openai/enabled", json={"enabled": True})
    await admin.put("/api/v1/plugins/ai_openai/settings", json={"api_key": "sk-secret", "api": "chat_completions"})
    await admin.put("/api/v1/tenant/theme", json={"theme": "press"})
    async with site.context(tenant.id) as ctx:
        await set_role(ctx, admin.user_id, "owner")
    entries = (await admin.get("/api/v1/audit")).json()["items"]
    assert [(entry["action"], entry["subject_id"]) for entry in reversed(entries)] == [
        ("tenant.plugin.enabled", "points"),
        ("tenant.plugin.disabled", "points"),
        ("tenant.plugin.enabled", "ai_openai"),
        ("tenant.plugin_settings.changed", "ai_openai"),
        ("tenant.theme.chosen", "press"),
        ("identity.role.changed", str(admin.user_id)),
    ]
    assert "sk-secret" not in str(entries)
    assert entries[0]["details"] == {"before": {"role": "admin"}, "after": {"role": "owner"}}
    assert entries[2]["details"]["after"]["api"] == "chat_completions"


async def test_learners_do_not_read_it(as_user):
    assert (await (await as_user("learner")).get("/api/v1/audit")).status_code == 403


async def test_exports_hold_every_entry(site, tenant, as_user):
    await write(site, tenant, *(f"step.{number}" for number in range(1200)))
    admin = await as_user("admin")
    lines = (await admin.get("/api/v1/audit/export?format=jsonl")).text.splitlines()
    actions = [msgspec.json.decode(line)["action"] for line in lines]
    assert actions[:1200] == [f"step.{number}" for number in range(1200)]
    rows = (await admin.get("/api/v1/audit/export?format=csv")).text.splitlines()
    assert rows[0].startswith("number,at,actor_id")
    assert len(rows) > 1200
    assert "CEF:0|Questline|" in (await admin.get("/api/v1/audit/export?format=cef")).text


def test_no_cell_is_a_formula_and_no_field_ends_a_cef_record():
    entry = msgspec.convert(
        {
            "number": 1,
            "at": "2026-01-01T00:00:00Z",
            "actor_id": None,
            "actor_name": "=cmd()|x=1\nCEF:0|forged",
            "on_behalf_of": None,
            "action": "a|b",
            "subject_type": "thing",
            "subject_id": "+1",
            "details": {},
            "address": None,
            "request_id": None,
            "hash": "00",
        },
        AuditRecord,
    )
    assert "'=cmd()" in csv_line(entry)
    assert "'+1" in csv_line(entry)
    line = cef_line(entry)
    assert line.count("\n") == 1
    assert r"suser=\=cmd()|x\=1\nCEF:0|forged" in line
    assert r"|a\|b|" in line


async def test_the_application_can_neither_change_nor_remove_nor_place_an_entry(site, tenant):
    await write(site, tenant, "one")
    for statement in (
        "UPDATE core.audit_entry SET action = 'two'",
        "DELETE FROM core.audit_entry",
        "UPDATE core.audit_head SET number = 0",
        "DELETE FROM core.audit_head",
    ):
        async with site.context(tenant.id) as ctx:
            with pytest.raises(ProgrammingError, match="permission denied"):
                await ctx.session.execute(text(statement))
            await ctx.session.rollback()
    async with site.context(tenant.id) as ctx:
        await ctx.session.execute(
            text(
                "INSERT INTO core.audit_entry (number, at, action, subject_type, details, previous, hash)"
                " VALUES (99, now(), 'forged', 'thing', '{}', '', '')"
            )
        )
    async with site.context(tenant.id) as ctx:
        newest = (await list_entries(ctx, AuditFilter(), cursor=None, limit=1)).items[0]
    assert newest.number == 2
    assert (await check(site, tenant)).flaws == []


async def test_a_sound_log_is_found_sound(site, tenant, monkeypatch):
    monkeypatch.setattr("questline_core.audit.verify.STEP", 2)
    await write(site, tenant, *"abcde")
    found = await check(site, tenant)
    assert (found.entries, found.flaws) == (5, [])
    async with site.context(tenant.id) as ctx:
        assert found.head == (await list_entries(ctx, AuditFilter(), cursor=None, limit=1)).items[0].hash


REHASH = "UPDATE core.audit_entry AS entry SET hash = core.audit_digest(entry) WHERE number = 3"


@pytest.mark.parametrize("step", [2, 100])
@pytest.mark.parametrize(
    ("statements", "number", "problem"),
    [
        (["UPDATE core.audit_entry SET action = 'x' WHERE number = 3"], 3, "altered"),
        (["UPDATE core.audit_entry SET action = 'x' WHERE number = 3", REHASH], 4, "does not follow"),
        (["UPDATE core.audit_entry SET details = '{}' WHERE number = 3", REHASH], 3, "altered"),
        (["UPDATE core.audit_entry SET address = '192.0.2.1', origin_salt = NULL WHERE number = 3"], 3, "altered"),
        (["DELETE FROM core.audit_entry WHERE number = 3"], 4, "missing"),
        (["DELETE FROM core.audit_entry WHERE number = 5"], 5, "missing"),
        (["UPDATE core.audit_entry SET number = CASE number WHEN 3 THEN -3 ELSE -4 END WHERE number IN (3, 4)",
          "UPDATE core.audit_entry SET number = CASE number WHEN -3 THEN 4 ELSE 3 END WHERE number IN (-3, -4)"],
         3, "altered"),
        (["UPDATE core.audit_head SET number = 4"], 4, "not the one"),
        (["DELETE FROM core.audit_head"], 1, "added behind"),
    ],
)  # fmt: skip
async def test_a_log_that_was_tampered_with_is_found_out(site, tenant, monkeypatch, step, statements, number, problem):
    monkeypatch.setattr("questline_core.audit.verify.STEP", step)
    await write(site, tenant, *"abcde")
    await tamper(site, tenant, *statements)
    flaws = {flaw.number: flaw.problem for flaw in (await check(site, tenant)).flaws}
    assert problem in flaws[number], flaws


async def test_entries_of_one_moment_are_numbered_one_by_one(site, tenant):
    await asyncio.gather(*(write(site, tenant, f"at.once.{number}") for number in range(20)))
    found = await check(site, tenant)
    assert (found.entries, found.flaws) == (20, [])
