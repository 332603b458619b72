"""`key` and `user explain` on a running site."""

import json

from questline_core.auth.accounts import create_user


async def test_a_key_is_made_listed_used_and_revoked(site, tenant, questline):
    here = ("--tenant", tenant.slug)
    made = await questline("key", "create", "reports", "--service", "Reporter", "--role", "admin", *here, "--json")
    assert made.returncode == 0, made.stderr
    key = json.loads(made.stdout)
    async with site.client(authorization=f"Bearer {key['key']}") as client:
        assert (await client.get("/api/v1/users")).status_code == 200
    listed = json.loads((await questline("key", "list", *here, "--json")).stdout)
    assert [(each["owner"], each["state"]) for each in listed] == [("Reporter", "active")]
    assert key["key"] not in json.dumps(listed)
    ended = await questline("key", "revoke", key["card"]["prefix"], "--yes", *here)
    assert ended.returncode == 0, ended.stderr
    again = await questline("key", "revoke", "qlk_000000000000", "--yes", *here)
    assert (again.returncode, again.stdout) == (1, "")


async def test_why_somebody_may_do_something_is_told(site, tenant, questline):
    async with site.context(tenant.id) as ctx:
        await create_user(ctx, email="ada@example.test", display_name="Ada", password=None, role="author")
    told = await questline("user", "explain", "ada@example.test", "content.course.manage", "--tenant", tenant.slug)
    assert told.returncode == 0, told.stderr
    assert "Ada may: Import and publish courses" in told.stdout
    assert "role author, everywhere" in told.stdout
    told = await questline("user", "explain", "ada@example.test", "tenant.audit.read", "--tenant", tenant.slug)
    assert "may not" in told.stdout
    assert "admin, owner" in told.stdout
