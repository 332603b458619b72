"""A site whose plugins are changed, and how to tell that nothing of it is different afterwards."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from questline_core.generations.children import Children
from questline_core.generations.operations import Outcome, change
from questline_core.generations.request import ChangeRequest
from questline_core.settings import Settings
from questline_core.testing import TestSite

OWN = "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname NOT LIKE 'pg_temp%'"
CATALOGUE = {
    "schemas": f"SELECT n.nspname, n.nspacl::text FROM pg_namespace n WHERE {OWN} ORDER BY 1",
    "tables": "SELECT n.nspname, c.relname, c.relkind::text, c.relrowsecurity, c.relacl::text FROM pg_class c"
    f" JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OWN} ORDER BY 1, 2",
    "columns": "SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a"
    f" JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OWN}"
    " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, 2, 3",
    "generations": "SELECT number, parent, plan, hidden, heads, state FROM core.generation ORDER BY 1",
    "wheels": "SELECT sha256, filename FROM core.wheel ORDER BY 1",
    "wanted": "SELECT generation FROM core.wanted",
    "enabled": "SELECT * FROM core.tenant_plugin ORDER BY 1, 2",
    "settings": "SELECT * FROM core.plugin_setting ORDER BY 1, 2",
    "jobs": "SELECT id, entrypoint, payload, status::text FROM queue.pgqueuer ORDER BY 1",
    "parked": "SELECT * FROM core.parked_job ORDER BY 1, 2",
}


class Told:
    """Remembers what a change said."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.notes: list[str] = []

    def begin(self, step: str) -> None:
        """A step."""
        self.steps.append(step)

    def detail(self, text: str) -> None:
        """Not of interest."""

    def note(self, text: str) -> None:
        """Something besides."""
        self.notes.append(text)


class PluginSite:
    """A running site, its home, and a wheelhouse."""

    def __init__(
        self, site: TestSite, wheelhouse: Path, superuser: "asyncpg.Connection[Any]", children: Children
    ) -> None:
        self.children = children
        self.site = site
        self.wheelhouse = wheelhouse
        self.superuser = superuser
        self.told = Told()

    @classmethod
    @asynccontextmanager
    async def open(cls, wheelhouse: Path) -> AsyncIterator["PluginSite"]:
        """Run a site, and the process that trials fork from."""
        async with TestSite.open() as site, Children() as children:
            superuser = await asyncpg.connect(str(site.services.postgres.dsn("superuser")))
            try:
                yield cls(site, wheelhouse, superuser, children)
            finally:
                await superuser.close()

    @property
    def settings(self) -> Settings:
        """The site's settings."""
        return self.site.host.settings

    @property
    def environment(self) -> dict[str, str]:
        """The settings for a command."""
        names = ("home", "database_url", "owner_database_url", "redis_url", "secret_key")
        return {f"QUESTLINE_{name.upper()}": str(getattr(self.settings, name)) for name in names}

    async def change(self, kind: str = "install", *, settings: Settings | None = None, **request: Any) -> Outcome:
        """Make a change from the wheelhouse, saying yes."""
        self.told = Told()
        asked = ChangeRequest(kind=kind, command=f"plugin {kind}", **{"wheelhouse": self.wheelhouse, **request})
        return await change(settings or self.settings, asked, self.told, lambda _: True, children=self.children)

    async def snapshot(self, home: Path | None = None) -> dict[str, Any]:
        """Everything that a change could leave behind: files, catalogue, revisions, rows, jobs."""
        found: dict[str, Any] = {"files": _files((home or self.settings.home_path) / "generations")}
        for name, query in CATALOGUE.items():
            found[name] = [tuple(row) for row in await self.superuser.fetch(query)]
        versioned = [schema for schema, table, *_ in found["tables"] if table == "alembic_version"]
        for schema in versioned:
            rows = await self.superuser.fetch(f'SELECT version_num FROM "{schema}".alembic_version')
            found[f"revision of {schema}"] = [row[0] for row in rows]
        return found

    async def unfinished(self) -> int:
        """How many operations the journal says are under way."""
        count = await self.superuser.fetchval("SELECT count(*) FROM core.plugin_operation WHERE finished_at IS NULL")
        return int(count)

    async def step(self) -> str | None:
        """The step of the operation under way."""
        found: str | None = await self.superuser.fetchval(
            "SELECT step FROM core.plugin_operation WHERE finished_at IS NULL"
        )
        return found

    async def wanted(self) -> int:
        """The wanted generation."""
        return int(await self.superuser.fetchval("SELECT generation FROM core.wanted"))


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def renamed(settings: Settings, home: Path) -> Settings:
    """The same site from another machine, which has a home of its own."""
    return msgspec.structs.replace(settings, home=str(home))
