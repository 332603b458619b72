"""The command that changes the plugins is killed at each step: the next run cleans up and says what it did."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from tests.integration.plugin_site import PluginSite, renamed

from questline_core.generations.errors import OperationError
from questline_core.generations.journal import Journal
from questline_core.generations.operations import owner_url
from questline_core.testing.made_plugins import plugin_wheel, script

GATE = 4711
"""An advisory lock that the journal's trigger waits for: so a step can be caught however short it is."""
TRIGGER = f"""
CREATE FUNCTION core.gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.step = TG_ARGV[0] AND OLD.step <> NEW.step THEN PERFORM pg_advisory_xact_lock({GATE}); END IF;
    RETURN NEW;
END $$;
"""
SLOW_NODE = (
    "INSERT INTO core.node (id, role, generation, state, seen_at)"
    " VALUES ('slow', 'server', $1, 'running', now() + interval '1 hour')"
)
"""A node that lives and does not follow."""
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[PluginSite]:
    """A site with a plugin that can be upgraded, which migrates it."""
    async with PluginSite.open(tmp_path_factory.mktemp("wheelhouse")) as changed:
        plugin_wheel(changed.wheelhouse, "steady", migrations=1)
        await changed.change(targets=("qlmade-steady",))
        plugin_wheel(changed.wheelhouse, "steady", "2.0", migrations=2, scripts={"0003_slow": script(3, SLOW)})
        plugin_wheel(changed.wheelhouse, "extra", migrations=1)
        await changed.superuser.execute(TRIGGER)
        yield changed


SLOW = """op.execute("SELECT count(*) FROM steady.thing_1")"""


@pytest.fixture
def upgrade(site: PluginSite, child_type: Any, children: list[Any], folder: Path) -> Any:
    """A command that upgrades one plugin and installs another, not started yet."""
    names = ("qlmade-steady==2.0", "qlmade-extra")
    options = ("--wheelhouse", str(site.wheelhouse), "--yes")
    child = child_type(folder, "plugin", "install", *names, *options, **site.environment)
    children.append(child)
    return child


@asynccontextmanager
async def gate(site: PluginSite, step: str) -> AsyncIterator[Callable[[], Awaitable[bool]]]:
    """Hold up whoever writes down that it begins a step; yields whether somebody is held up."""
    await site.superuser.execute(
        f"CREATE TRIGGER gate BEFORE UPDATE ON core.plugin_operation FOR EACH ROW EXECUTE FUNCTION core.gate('{step}')"
    )
    await site.superuser.execute("SELECT pg_advisory_lock($1)", GATE)

    async def held() -> bool:
        return bool(await site.superuser.fetchval(WAITING, GATE))

    try:
        yield held
    finally:
        await end_orphans(site)
        await site.superuser.execute("SELECT pg_advisory_unlock($1)", GATE)
        await site.superuser.execute("DROP TRIGGER gate ON core.plugin_operation")


async def end_orphans(site: PluginSite) -> None:
    """PostgreSQL notices only after its statement that a client is gone."""
    await site.superuser.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE wait_event = 'advisory'"
    )


def end(child: Any) -> None:
    """Send SIGKILL to the command, not to what it has started."""
    child.process.kill()
    child.process.wait(10)


async def next_run(site: PluginSite) -> str:
    """Change nothing, and return what was said of the run before."""
    await site.change(targets=("qlmade-steady==1.0",))
    (note,) = site.told.notes
    return note


@pytest.mark.parametrize("step", ["resolve", "build", "preflight", "health"])
async def test_killed_in_a_step(site: PluginSite, upgrade: Any, eventually: Any, step: str):
    before = await site.snapshot()
    upgrade.start()

    async def begun() -> bool:
        return await site.step() == step

    await eventually(begun, 180, what=f"the step {step}")
    end(upgrade)
    await check_undone(site, before, step)


@pytest.mark.parametrize(("following", "step"), [("build", "plan"), ("migrate", "preflight"), ("nodes", "switch")])
async def test_killed_at_the_end_of_a_step(site: PluginSite, upgrade: Any, eventually: Any, following: str, step: str):
    before = await site.snapshot()
    async with gate(site, following) as held:
        upgrade.start()
        await eventually(held, 180, what=f"the end of {step}")
        assert await site.step() == step
        end(upgrade)
    await check_undone(site, before, step)


async def test_killed_while_a_migration_runs(site: PluginSite, upgrade: Any, eventually: Any):
    before = await site.snapshot()
    holder = await asyncpg.connect(str(site.site.services.postgres.dsn("superuser")))
    try:
        async with holder.transaction():
            await holder.execute("LOCK TABLE steady.thing_1 IN ACCESS EXCLUSIVE MODE")
            upgrade.start()

            async def migrating() -> bool:
                waiting = "SELECT count(*) FROM pg_locks WHERE relation = 'steady.thing_1'::regclass AND NOT granted"
                return bool(await site.superuser.fetchval(waiting))

            await eventually(migrating, 180, what="the migration waits for its table")
            assert await site.step() == "migrate"
            end(upgrade)
            await check_undone(site, before, "migrate", look=False)
    finally:
        await holder.close()
    assert await site.snapshot() == before


async def check_undone(site: PluginSite, before: dict[str, Any], step: str, *, look: bool = True) -> None:
    """The next run undoes what was begun, and says so."""
    note = await next_run(site)
    assert f"was cut off in its step {step}; it is undone now: the site runs generation" in note
    assert "`questline plugin install qlmade-steady==2.0 qlmade-extra" in note
    if look:
        assert await site.snapshot() == before
    assert await site.unfinished() == 0
    assert await site.superuser.fetchval("SELECT count(*) FROM core.plugin_operation WHERE outcome LIKE 'undone%'")


async def test_killed_on_one_machine_it_is_undone_from_another(
    site: PluginSite, upgrade: Any, eventually: Any, tmp_path: Path
):
    before = await site.snapshot()
    async with gate(site, "nodes") as held:
        upgrade.start()
        await eventually(held, 180, what="everything is migrated")
        assert await site.superuser.fetchval("SELECT version_num FROM steady.alembic_version") == "0003"
        end(upgrade)
    await site.change(targets=("qlmade-steady==1.0",), settings=renamed(site.settings, tmp_path))
    assert "it is undone now" in site.told.notes[0]
    await site.change(targets=("qlmade-steady==1.0",))
    assert site.told.notes == []
    assert await site.snapshot() == before


async def test_a_second_run_says_who_is_at_it(site: PluginSite, upgrade: Any, eventually: Any):
    async with gate(site, "build") as held:
        upgrade.start()
        await eventually(held, 180, what="the first run is under way")
        with pytest.raises(OperationError) as raised:
            await site.change(targets=("qlmade-extra",))
        assert f"process {upgrade.pid} on " in str(raised.value)
        assert "`questline plugin install qlmade-steady==2.0 qlmade-extra" in str(raised.value)
        end(upgrade)
    await next_run(site)


async def test_killed_after_the_switch_it_is_undone_where_a_node_cannot_follow(
    site: PluginSite, upgrade: Any, eventually: Any
):
    before = await site.snapshot()
    await site.superuser.execute(SLOW_NODE, await site.wanted())
    upgrade.start()

    async def waiting() -> bool:
        return await site.step() == "nodes"

    await eventually(waiting, 180, what="the command waits for the node")
    end(upgrade)
    reason = f"generation {await site.wanted()}: no memory"
    await site.superuser.execute("UPDATE core.node SET state = 'failed', reason = $1", reason)
    note = await next_run(site)
    await site.superuser.execute("DELETE FROM core.node")
    assert "was cut off in its step nodes; it is undone now" in note
    assert f"node slow cannot run {reason}" in note
    assert await site.snapshot() == before


async def test_killed_after_the_switch_it_is_finished_by_the_next_run(site: PluginSite, upgrade: Any, eventually: Any):
    """Last: it leaves the site upgraded. A node that does not follow keeps the command waiting."""
    before = await site.wanted()
    await site.superuser.execute(SLOW_NODE, before)
    upgrade.start()

    async def waiting() -> bool:
        return await site.step() == "nodes"

    await eventually(waiting, 180, what="the command waits for the node")
    end(upgrade)
    await site.superuser.execute("DELETE FROM core.node")
    await site.change(targets=("qlmade-steady",))
    (note,) = site.told.notes
    assert "was cut off in its step nodes; it is finished now" in note
    assert await site.wanted() > before
    assert await site.unfinished() == 0


async def test_killed_while_it_migrates_down_it_is_finished_by_the_next_run(
    site: PluginSite, child_type: Any, children: list[Any], folder: Path, eventually: Any
):
    """After the one before: from version 2.0 back to 1.0."""
    child = child_type(folder, "plugin", "rollback", "--yes", **site.environment)
    children.append(child)
    holder = await asyncpg.connect(str(site.site.services.postgres.dsn("superuser")))
    try:
        async with holder.transaction():
            await holder.execute("LOCK TABLE steady.thing_2 IN ACCESS EXCLUSIVE MODE")
            child.start()

            async def migrating() -> bool:
                waiting = "SELECT count(*) FROM pg_locks WHERE relation = 'steady.thing_2'::regclass AND NOT granted"
                return await site.step() == "contract" and bool(await site.superuser.fetchval(waiting))

            await eventually(migrating, 180, what="the migration waits for its table")
            end(child)
    finally:
        await holder.close()
    note = await next_run(site)
    assert "`questline plugin rollback` was cut off in its step contract; it is finished now" in note
    assert await site.superuser.fetchval("SELECT version_num FROM steady.alembic_version") == "0001"


async def test_the_lock_is_free_after_a_change(site: PluginSite):
    async with Journal.open(owner_url(site.settings)):
        pass
