"""A plugin under test: its record on a site of its own, and the checks run against it, each once."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import msgspec
import structlog

from questline_core.plugins.registry import PluginRecord, State
from questline_core.plugins.service import set_enabled
from questline_core.services import EmbeddedServices
from questline_core.tenancy.schemas import TenantInfo
from questline_core.testing.conformance.databases import Databases
from questline_core.testing.conformance.found import Found
from questline_core.testing.conformance.rows import Filler, Row
from questline_core.testing.conformance.tables import Table, read_tables
from questline_core.testing.conformance.verdict import Absent, Problem, Unchecked
from questline_sdk import QuestlineError
from questline_sdk.db.migrations import APP_ROLE
from questline_sdk.testing.promises import CHECKS, Outcome, Status

if TYPE_CHECKING:
    from questline_core.testing.site import TestSite

log = structlog.get_logger()
CheckFunction = Callable[["Subject"], Awaitable[None]]


class Planted(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant in which every table of the plugin has a row that belongs to a person."""

    tenant: TenantInfo
    user_id: UUID
    rows: list[Row]

    @property
    def marker(self) -> str:
        """The word in every made-up text."""
        return self.rows[0].filler.marker if self.rows else ""


class Subject:
    """A plugin under test."""

    def __init__(self, record: PluginRecord, found: Found, site: "TestSite", databases: Databases, name: str) -> None:
        self.record = record
        self.found = found
        self.site = site
        self.databases = databases
        self.database = name
        self._outcomes: dict[str, Outcome] = {}
        self._planted: Planted | None = None

    @classmethod
    @asynccontextmanager
    async def open(
        cls, found: Found, services: EmbeddedServices, *, databases: Databases | None = None
    ) -> AsyncIterator["Subject"]:
        """Run a site with the plugin and what it needs, on a database of its own, until the block ends.

        Several plugins under test may share the databases they start from.
        """
        from questline_core.testing.site import TestSite

        async with AsyncExitStack() as stack:
            pool = databases
            if pool is None:
                pool = await stack.enter_async_context(Databases.open(services))
            name = await stack.enter_async_context(pool.fresh())
            urls = {
                "database_url": pool.postgres.dsn("app", name),
                "owner_database_url": pool.postgres.dsn("owner", name),
            }
            async with TestSite.open(found.entries(), services=services, **urls) as site:
                yield cls(site.host.registry.records[found.id], found, site, pool, name)

    @property
    def id(self) -> str:
        """The plugin's id."""
        return self.record.id

    @property
    def schema(self) -> str:
        """The plugin's schema in the database."""
        return self.record.id

    async def run(self, name: str) -> Outcome:
        """Run a check, or give the outcome it had."""
        if name not in self._outcomes:
            self._outcomes[name] = await self._run(name)
        return self._outcomes[name]

    async def run_all(self, names: list[str]) -> list[Outcome]:
        """Run several checks one after the other."""
        return [await self.run(name) for name in names]

    async def _run(self, name: str) -> Outcome:
        from questline_core.testing.conformance.suite import FUNCTIONS

        check = next(each for each in CHECKS if each.name == name)
        exempt = self.record.manifest.conformance.exempt.get(name)

        def outcome(status: Status, detail: str = "") -> Outcome:
            return Outcome(check=name, tier=check.tier, status=status, detail=detail)

        if exempt is not None and check.exemptable and exempt.strip():
            return outcome(Status.EXEMPT, exempt)
        if exempt is not None:
            why = "needs a reason" if check.exemptable else "cannot be exempted; mend what it finds"
            return outcome(Status.FAILS, f"plugin.toml: [conformance.exempt] {name} {why}")
        if name != "loads" and self.record.state is not State.ACTIVE:
            return outcome(Status.NOT_CHECKED, "the plugin does not load")
        try:
            await FUNCTIONS[name](self)
        except Problem as problem:
            return outcome(Status.FAILS, str(problem))
        except Absent as absent:
            return outcome(Status.DOES_NOT_APPLY, str(absent))
        except Unchecked as unchecked:
            return outcome(Status.NOT_CHECKED, str(unchecked))
        except Exception as error:
            log.exception("a check broke off", check=name, plugin=self.id)
            return outcome(Status.FAILS, f"the check broke off: {type(error).__name__}: {error}")
        return outcome(Status.HOLDS)

    async def new_tenant(self, *, enabled: bool = True) -> TenantInfo:
        """A fresh tenant with everything on that the plugin can use, and the plugin itself if wanted.

        Raises:
            Unchecked: The plugin refuses to be switched on.
        """
        others = [record.id for record in self.site.host.registry.active if record.id != self.id]
        tenant = await self.site.new_tenant(plugins=others)
        if enabled and self.record.manifest.scope == "tenant":
            await self.switch_on(tenant)
        return tenant

    async def switch_on(self, tenant: TenantInfo) -> None:
        """Switch the plugin on; raises `Unchecked` where it refuses, which is for the check `switching` to report."""
        try:
            await self.switch(tenant, on=True)
        except QuestlineError as error:
            raise Unchecked(f"it cannot be switched on: {error.detail}") from None

    async def switch(self, tenant: TenantInfo, *, on: bool) -> None:
        """Switch the plugin for a tenant."""
        async with self.site.context(tenant.id) as ctx:
            await set_enabled(ctx, self.id, enabled=on)
        self.site.host.enablement.forget(tenant.id)

    async def tables(self) -> list[Table]:
        """The plugin's tables.

        Raises:
            Absent: It has none.
        """
        async with self.superuser() as connection:
            found = await read_tables(connection, self.schema)
        if not found:
            raise Absent("it has no tables")
        return found

    @asynccontextmanager
    async def superuser(self) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        """A connection to the site's database that sees every tenant."""
        async with self.databases.superuser(self.database) as connection:
            yield connection

    @asynccontextmanager
    async def as_application(self, tenant_id: UUID | None) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        """A transaction as the application has it, with a tenant set or none; rolled back at the end."""
        async with self.superuser() as connection:
            transaction = connection.transaction()
            await transaction.start()
            try:
                await connection.execute(f"SET LOCAL ROLE {APP_ROLE}")
                if tenant_id is not None:
                    await connection.execute(f"SET LOCAL questline.tenant_id = '{tenant_id}'")
                yield connection
            finally:
                await transaction.rollback()

    async def planted(self) -> Planted:
        """A tenant with a row in every table; made once."""
        if self._planted is None:
            tenant = await self.new_tenant()
            self._planted = await self.plant(tenant)
        return self._planted

    async def plant(self, tenant: TenantInfo) -> Planted:
        """Make a new person in a tenant, and rows of theirs in every table."""
        tables = await self.tables()
        async with await self.site.sign_in(tenant, "learner", name=f"Person {secrets.token_hex(3)}") as person:
            user_id = person.user_id
        async with self.superuser() as connection:
            examples = self.record.manifest.conformance.examples
            filler = Filler(connection, tenant_id=tenant.id, user_id=user_id, examples=examples)
            return Planted(tenant=tenant, user_id=user_id, rows=[await filler.row(table) for table in tables])

    async def snapshot(self, tenant_id: UUID) -> dict[str, str]:
        """What each of the plugin's tables says of a tenant."""
        async with self.superuser() as connection:
            return {
                str(table): await connection.fetchval(
                    f"SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') FROM {table.sql} t"  # noqa: S608
                    " WHERE tenant_id = $1",
                    tenant_id,
                )
                for table in await read_tables(connection, self.schema)
                if "tenant_id" in table.columns
            }
