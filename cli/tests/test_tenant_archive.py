"""A tenant's archive from the command line: asked for, made by a worker, fetched and verified."""

import json


async def test_an_archive_is_asked_for_fetched_and_verified(questline, tenant, drain, tmp_path) -> None:
    asked = await questline("tenant", "export", tenant.slug, "--json")
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["state"] == "waiting"
    await drain()
    fetched = await questline("tenant", "download", tenant.slug, "t.zip")
    assert fetched.returncode == 0, fetched.stderr
    assert (tmp_path / "t.zip").stat().st_size > 1000
    verified = await questline("tenant", "verify", "t.zip", "--json")
    assert verified.returncode == 0, verified.stderr
    assert json.loads(verified.stdout)["slug"] == tenant.slug
