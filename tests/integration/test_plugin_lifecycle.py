"""Plugins are installed, upgraded, brought back, taken away and purged, and their data stays as long as it should."""

import asyncio
import contextlib
import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest
import pytest_asyncio
from tests.integration.plugin_site import PluginSite, Told

from questline_core.generations.build import BuildError, ensure_built
from questline_core.generations.environment import site_entries
from questline_core.generations.errors import OperationError
from questline_core.generations.journal import connect
from questline_core.generations.operations import change, owner_url, preview
from questline_core.generations.overview import check, generations
from questline_core.generations.purge import export, remains_of, remove
from questline_core.generations.request import ChangeRequest
from questline_core.settings import PluginChoices
from questline_core.testing.made_plugins import CODE, plugin_wheel, script, wheel


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[PluginSite]:
    """A site that runs its base, and a wheelhouse."""
    async with PluginSite.open(tmp_path_factory.mktemp("wheelhouse")) as changed:
        plugin_wheel(changed.wheelhouse, "made", "1.0", migrations=1)
        plugin_wheel(changed.wheelhouse, "made", "2.0", migrations=2)
        yield changed


async def revision(site: PluginSite, plugin_id: str = "made") -> str | None:
    found: str | None = await site.superuser.fetchval(f"SELECT version_num FROM {plugin_id}.alembic_version")
    return found


async def versions(site: PluginSite) -> dict[str, str]:
    """The plugins the site runs, with their versions."""
    number = await site.wanted()
    hidden = await site.superuser.fetchval("SELECT hidden FROM core.generation WHERE number = $1", number)
    found = site_entries(site.settings.home_path, number, msgspec.json.decode(hidden or b"[]"))
    return {each.id: each.version for each in found.values()}


async def test_a_plugin_is_installed_upgraded_and_brought_back(site: PluginSite):
    first = await site.change(targets=("qlmade-made==1.0",))
    assert (first.changed, first.nodes) == (True, 0)
    assert ((await versions(site))["made"], await revision(site)) == ("1.0", "0001")
    assert site.told.steps == ["resolve", "plan", "build", "preflight", "migrate", "health", "switch", "nodes"]

    again = await site.change(targets=("qlmade-made==1.0",))
    assert not again.changed

    await site.change("upgrade", targets=("qlmade-made",))
    assert ((await versions(site))["made"], await revision(site)) == ("2.0", "0002")

    await site.change("downgrade", targets=("qlmade-made==1.0",))
    assert ((await versions(site))["made"], await revision(site)) == ("1.0", "0001")
    assert site.told.steps[-1] == "contract"

    await site.change("rollback")
    assert ((await versions(site))["made"], await revision(site)) == ("2.0", "0002")
    await site.change("rollback", generation=first.generation)
    assert ((await versions(site))["made"], await revision(site)) == ("1.0", "0001")
    with pytest.raises(OperationError, match=f"runs generation {first.generation} already"):
        await site.change("rollback", generation=first.generation)
    states = await site.superuser.fetch("SELECT state FROM core.generation WHERE state = 'wanted'")
    assert len(states) == 1


async def test_a_preview_changes_nothing(site: PluginSite):
    before = await site.snapshot()
    request = ChangeRequest(
        kind="upgrade", command="plugin upgrade", targets=("qlmade-made",), wheelhouse=site.wheelhouse
    )
    plan = await preview(site.settings, request, Told())
    (only,) = plan.changes
    assert (only.id, only.before, only.after, only.migrations) == ("made", "1.0", "2.0", ("0002",))
    assert await site.snapshot() == before


async def test_saying_no_changes_nothing(site: PluginSite):
    before = await site.snapshot()
    request = ChangeRequest(
        kind="upgrade", command="plugin upgrade", targets=("qlmade-made",), wheelhouse=site.wheelhouse
    )
    with pytest.raises(OperationError, match="declined; nothing was changed"):
        await change(site.settings, request, Told(), lambda _: False, children=site.children)
    assert await site.snapshot() == before


async def test_permissions_that_the_plan_did_not_show_are_asked_for(site: PluginSite, tmp_path: Path):
    code = CODE.format(id="sly", version="1.0").replace('"sly.things.read"', '"sly." + "things.rule"')
    plugin_wheel(tmp_path, "sly", code=code)
    before = await site.snapshot()
    asked: list[Any] = []

    def once(plan: Any) -> bool:
        asked.append(plan)
        return len(asked) == 1

    told = Told()
    request = ChangeRequest(kind="install", command="plugin install", targets=("qlmade-sly",), wheelhouse=tmp_path)
    with pytest.raises(OperationError, match="declined"):
        await change(site.settings, request, told, once, children=site.children)
    assert len(asked) == 2
    assert "sly.things.rule" in told.notes[0]
    assert await site.snapshot() == before


async def test_a_plugin_of_the_base_is_hidden_and_comes_back_with_its_data(site: PluginSite):
    tenant = await site.site.new_tenant()
    with pytest.raises(OperationError, match="leaderboards requires points; uninstall leaderboards, too"):
        await site.change("uninstall", removed=("points",))
    essential = msgspec.structs.replace(site.settings, plugins=PluginChoices(essential=["badges"]))
    with pytest.raises(OperationError, match="badges is essential"):
        await site.change("uninstall", removed=("badges",), settings=essential)

    outcome = await site.change("uninstall", removed=("badges",))
    assert "badges is on for 1 tenant" in outcome.plan.warnings[0]
    assert "badges" not in await versions(site)
    assert "points" in await versions(site)
    assert await site.superuser.fetchval("SELECT to_regclass('badges.alembic_version') IS NOT NULL")

    await site.change(targets=("questline-badges",))
    assert "badges" in await versions(site)
    kept = "SELECT enabled FROM core.tenant_plugin WHERE tenant_id = $1 AND plugin_id = 'badges'"
    assert await site.superuser.fetchval(kept, tenant.id)


async def test_dependencies_come_and_go_with_who_needs_them(site: PluginSite, tmp_path: Path):
    name, content = wheel("qlmade-library", "3.1", {"qlmade_library/__init__.py": "ANSWER = 42\n"})
    (tmp_path / name).write_bytes(content)
    code = "import qlmade_library\n" + CODE.format(id="reader", version="1.0")
    plugin_wheel(tmp_path, "reader", code=code, requires=("questline-sdk>=0.1,<0.2", "qlmade-library>=3"))
    outcome = await site.change(targets=("qlmade-reader",), wheelhouse=tmp_path)
    assert outcome.plan.dependencies == ("qlmade-library 3.1",)
    outcome = await site.change("uninstall", removed=("reader",), wheelhouse=None)
    assert outcome.plan.dependencies == ("qlmade-library goes",)
    assert "reader" not in await versions(site)


async def test_what_is_not_allowed_is_refused(site: PluginSite, tmp_path: Path):
    plugin_wheel(tmp_path, "stranger")
    narrow = msgspec.structs.replace(site.settings, plugins=PluginChoices(allow=["questline-*"]))
    with pytest.raises(OperationError, match="qlmade-stranger is not in the allow-list"):
        await site.change(targets=("qlmade-stranger",), wheelhouse=tmp_path, settings=narrow)


async def test_a_revision_that_loses_data_is_taken_back_only_when_told(site: PluginSite, tmp_path: Path):
    plugin_wheel(tmp_path, "lossy", "1.0", migrations=1)
    scripts = {"0002_drop": script(2, 'op.execute("UPDATE lossy.thing_1 SET name = NULL")')}
    plugin_wheel(
        tmp_path, "lossy", "2.0", migrations=1, scripts=scripts, manifest='irreversible_revisions = ["0002"]\n'
    )
    await site.change(targets=("qlmade-lossy==2.0",), wheelhouse=tmp_path)
    with pytest.raises(OperationError, match="taking back revision 0002 loses data; add --accept-data-loss"):
        await site.change("downgrade", targets=("qlmade-lossy==1.0",), wheelhouse=tmp_path)
    await site.change("downgrade", targets=("qlmade-lossy==1.0",), wheelhouse=tmp_path, accept_loss=True)
    assert await revision(site, "lossy") == "0001"


async def test_a_purge_writes_everything_down_and_leaves_nothing(site: PluginSite, tmp_path: Path):
    tenants = [await site.site.new_tenant(plugins=[]) for _ in range(2)]
    for tenant in tenants:
        await site.superuser.execute("INSERT INTO made.thing_1 (tenant_id, name) VALUES ($1, 'kept')", tenant.id)
        await site.superuser.execute(
            "INSERT INTO core.tenant_plugin (tenant_id, plugin_id, enabled) VALUES ($1, 'made', true)", tenant.id
        )
    await site.change("uninstall", removed=("made",))
    connection = await connect(owner_url(site.settings))
    try:
        assert (await remains_of(connection, "made")).tables == {"thing_1": 2}
        target = tmp_path / "made.zip"
        written = await export(connection, "made", target)
        await remove(connection, "made")
        remains = await remains_of(connection, "made")
    finally:
        await connection.close()
    assert (written.revision, written.tables["thing_1"]) == ("0001", 2)
    with zipfile.ZipFile(target) as archive:
        rows = [json.loads(line) for line in archive.read("thing_1.jsonl").splitlines()]
        assert json.loads(archive.read("manifest.json"))["plugin"] == "made"
    assert {row["tenant_id"] for row in rows} == {str(tenant.id) for tenant in tenants}
    assert (remains.schema, remains.jobs) == (False, 0)
    assert not await site.superuser.fetchval("SELECT count(*) FROM core.tenant_plugin WHERE plugin_id = 'made'")


async def test_a_node_that_cannot_run_it_brings_the_site_back(site: PluginSite, tmp_path: Path):
    plugin_wheel(tmp_path, "unlucky", migrations=1)
    before_number = await site.wanted()
    before = await site.snapshot()
    node = asyncio.create_task(_node_that_refuses(site, before_number))
    try:
        with pytest.raises(OperationError, match=r"node n1 cannot run generation \d+: no memory"):
            await site.change(targets=("qlmade-unlucky",), wheelhouse=tmp_path)
    finally:
        node.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await node
        await site.superuser.execute("DELETE FROM core.node")
    assert await site.snapshot() == before


async def _node_that_refuses(site: PluginSite, runs: int) -> None:
    """What a node writes that never manages to run anything else."""
    connection = await asyncpg.connect(str(site.site.services.postgres.dsn("superuser")))
    try:
        while True:
            wanted = await connection.fetchval("SELECT generation FROM core.wanted")
            state, reason = ("running", None) if wanted == runs else ("failed", f"generation {wanted}: no memory")
            await connection.execute(
                "INSERT INTO core.node (id, role, generation, state, reason) VALUES ('n1', 'server', $1, $2, $3)"
                " ON CONFLICT (id) DO UPDATE SET state = $2, reason = $3, seen_at = now()",
                *(runs, state, reason),
            )
            await asyncio.sleep(0.01)
    finally:
        await connection.close()


async def test_another_machine_builds_the_same_generation(site: PluginSite, tmp_path: Path):
    await site.change(targets=("qlmade-made==2.0",))
    number = await site.wanted()
    url = site.settings.require("database_url")
    await asyncio.gather(*(ensure_built(tmp_path, url, number) for _ in range(3)))
    assert site_entries(tmp_path, number, ())["made"].version == "2.0"
    assert [path.name for path in (tmp_path / "generations").iterdir()] == [str(number)]
    with pytest.raises(BuildError, match="there is no generation 99999"):
        await ensure_built(tmp_path, url, 99_999)


async def test_content_that_was_tampered_with_is_not_built(site: PluginSite, tmp_path: Path):
    number = await site.wanted()
    async with site.superuser.transaction():
        sha256 = await site.superuser.fetchval(
            "SELECT p ->> 'sha256' FROM core.generation, jsonb_array_elements(plan) p WHERE number = $1", number
        )
        right = await site.superuser.fetchval("SELECT content FROM core.wheel WHERE sha256 = $1", sha256)
    await site.superuser.execute("UPDATE core.wheel SET content = $2 WHERE sha256 = $1", sha256, right + b"\0")
    try:
        with pytest.raises(BuildError, match=f"cannot build generation {number}"):
            await ensure_built(tmp_path, site.settings.require("database_url"), number)
    finally:
        await site.superuser.execute("UPDATE core.wheel SET content = $2 WHERE sha256 = $1", sha256, right)
    assert list((tmp_path / "generations").iterdir()) == []


async def test_the_state_of_a_site_can_be_looked_at(site: PluginSite, tmp_path: Path):
    connection = await connect(owner_url(site.settings))
    try:
        rows = await generations(connection)
        findings = await check(connection, site.settings, tmp_path / "log")
    finally:
        await connection.close()
    assert rows[0].plugins[0].startswith("lossy") or "made 2.0" in rows[0].plugins
    assert all(finding.ok for finding in findings), findings
    assert {"made", "points", "generation"} <= {finding.subject for finding in findings}


async def test_a_site_is_brought_to_its_configuration(
    site: PluginSite, child_type: Any, children: list[Any], folder: Path, tmp_path: Path
):
    plugin_wheel(tmp_path, "wished", "1.0")
    plugin_wheel(tmp_path, "wished", "1.5")
    config = folder / "questline.toml"
    wishes = f'[plugins]\nwheelhouse = "{tmp_path}"\nwanted = {{ qlmade-wished = "<1.5" }}\n'
    config.write_text(wishes)

    def sync(*options: str, status: int = 0) -> str:
        child = child_type(folder, "sync", "--yes", *options, name=f"sync{len(children)}", **site.environment)
        children.append(child)
        assert child.start().process.wait(120) == status, child.output()
        return str(child.output())

    assert "Done." in sync()
    found = await versions(site)
    assert found["wished"] == "1.0"
    assert "made" not in found, "what is not wished for goes"
    assert "points" in found, "the base stays"
    lock = (folder / "questline.lock").read_text()
    assert "nothing was changed" in sync()
    plugin_wheel(tmp_path, "wished", "1.4")
    assert "nothing was changed" in sync(), "the lock decides"
    assert (folder / "questline.lock").read_text() == lock
    sync("--upgrade")
    assert (await versions(site))["wished"] == "1.4"
    (folder / "questline.lock").write_text((folder / "questline.lock").read_text().replace('sha256 = "', 'sha256 = "0'))
    output = sync(status=1)
    assert "is not the wheel of questline.lock" in output
    assert "error: " in output.splitlines()[-1]
