"""`questline user`: people listed, shown, suspended and imported."""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL

import asyncpg
import pytest
from sqlalchemy import func, select

from questline_core.auth.accounts import create_user
from questline_core.auth.models import User
from questline_core.people.imports.service import CHUNK
from questline_core.people.models import UserImport

ROWS = CHUNK * 4


@pytest.fixture
def people(tmp_path):
    """A file of many people."""
    file = tmp_path / "people.csv"
    file.write_text("email,name\n" + "".join(f"p{n}@example.test,Person {n}\n" for n in range(ROWS)))
    return file


async def test_people_are_listed_shown_suspended_and_let_in_again(site, tenant, questline) -> None:
    async with site.context(tenant.id) as ctx:
        await create_user(ctx, email="ada@example.test", display_name="Ada", password=None)
        await create_user(ctx, email="boss@example.test", display_name="Boss", password=None, role="admin")
    own = ("--tenant", tenant.slug)
    assert "ada@example.test" in (await questline("user", "list", *own)).stdout
    admins = json.loads((await questline("user", "list", "--role", "admin", "--json", *own)).stdout)
    assert [each["email"] for each in admins] == ["boss@example.test"]
    shown = json.loads((await questline("user", "show", "ada@example.test", "--json", *own)).stdout)
    assert (shown["display_name"], shown["role"], shown["status"]) == ("Ada", "learner", "active")
    assert (await questline("user", "suspend", "ada@example.test", *own)).stdout == "ada@example.test is suspended.\n"
    done = await questline("user", "reactivate", "ada@example.test", "--json", *own)
    assert json.loads(done.stdout)["status"] == "active"
    unknown = await questline("user", "show", "nobody@example.test", *own)
    assert (unknown.returncode, unknown.stderr) == (1, "error: There is no such user.\n")


async def test_a_file_is_tried_imported_and_imported_again(tenant, questline, tmp_path) -> None:
    file, rejects = tmp_path / "people.csv", tmp_path / "rejects.csv"
    file.write_text("email,name\nada@example.test,Ada\nwrong,Bob\n")
    own = ("--tenant", tenant.slug)
    tried = await questline("user", "import", str(file), "--dry-run", *own)
    assert tried.stdout == "1 would be created, 0 would be updated, 0 unchanged, 1 refused.\n"
    assert "line 3, column email: is not an e-mail address" in tried.stderr
    done = await questline("user", "import", str(file), "--rejects", str(rejects), *own)
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "1 created, 0 updated, 0 unchanged, 1 refused.")
    assert "3,email is not an e-mail address" in rejects.read_text(encoding="utf-8-sig")
    file.write_text("email,name\nada@example.test,Ada\n")
    again = await questline("user", "import", str(file), *own)
    assert (again.returncode, again.stdout.splitlines()[-1]) == (
        0,
        "Nothing to change: everybody is as the file says.",
    )
    file.write_text("emial\nx\n")
    refused = await questline("user", "import", str(file), *own)
    assert refused.returncode == 1
    assert "line 1, column emial: is not known; did you mean email?" in refused.stderr


async def test_an_import_that_is_killed_goes_on_and_doubles_nothing(
    site, tenant, questline, people, environment
) -> None:
    gate = await asyncpg.connect(site.services.postgres.dsn("superuser"))
    try:
        # The second chunk waits here, however fast the machine is.
        await gate.execute(
            "CREATE FUNCTION core.hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF NEW.done > OLD.done AND OLD.done > 0 THEN PERFORM pg_advisory_xact_lock(4712); END IF;"
            " RETURN NEW; END $$"
        )
        await gate.execute(
            "CREATE TRIGGER hold BEFORE UPDATE ON core.user_import FOR EACH ROW EXECUTE FUNCTION core.hold()"
        )
        await gate.execute("SELECT pg_advisory_lock(4712)")
        argv = [sys.executable, "-m", "questline_cli", "user", "import", str(people), "--tenant", tenant.slug]
        process = await asyncio.create_subprocess_exec(*argv, env=environment, stdout=DEVNULL, stderr=DEVNULL)
        waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 4712 AND NOT granted"
        while process.returncode is None and not await gate.fetchval(waiting):
            pass
        process.kill()
        await process.wait()
        await gate.execute("SELECT pg_advisory_unlock(4712)")
        await gate.execute("DROP TRIGGER hold ON core.user_import")
    finally:
        await gate.close()
    async with site.context(tenant.id) as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(User)) == CHUNK
    done = await questline("user", "import", str(people), "--tenant", tenant.slug)
    assert done.stdout.splitlines() == [
        f"Going on behind row {CHUNK:,}.",
        f"{ROWS:,} created, 0 updated, 0 unchanged, 0 refused.",
    ]
    async with site.context(tenant.id) as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(User)) == ROWS
        (row,) = await ctx.session.scalars(select(UserImport))
        assert (row.state, row.created) == ("finished", ROWS)
