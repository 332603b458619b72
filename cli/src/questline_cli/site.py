"""Reaching the site a command is about: the settings' services, those that run already, or ones started for it."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from sqlalchemy.ext.asyncio import AsyncEngine

from questline_cli.preflight import require_services
from questline_core.db.engine import make_engine
from questline_core.db.shards import MAIN
from questline_core.db.upgrade import upgrade_all
from questline_core.generations.build import activate_wanted
from questline_core.observability.logging import configure_logging
from questline_core.services import EmbeddedServices, ServiceError, running_services
from questline_core.services.state import explain, make_directory, write_private
from questline_core.settings import Settings, load_settings
from questline_core.tenancy.limits import write_default_limits
from questline_core.tenancy.schemas import TenantInfo

if TYPE_CHECKING:  # not every command opens a host, whose modules take most of a second
    from questline_core.host import Host

T = TypeVar("T")


class Site(msgspec.Struct, frozen=True):
    """An open host and the owner's engine, for one command."""

    host: "Host"
    owner_engine: AsyncEngine

    @asynccontextmanager
    async def owner(self, shard: str) -> AsyncIterator[AsyncEngine]:
        """The owner's engine of another database, for the block."""
        engine = make_engine(self.host.settings.owner_urls[shard], pool_size=1)
        try:
            yield engine
        finally:
            await engine.dispose()

    async def tenant(self, slug: str | None) -> TenantInfo:
        """The tenant a command names, or the only or default one."""
        return await self.host.tenants.resolve(slug=slug, host="")


def run(command: Coroutine[Any, Any, T]) -> T:
    """Run a command's coroutine."""
    return asyncio.run(command)


def secret_key(home: Path) -> str:
    """The site's secret, made at first use and kept in a file only its owner reads."""
    path = home / "secret_key"
    try:
        if path.exists():
            return path.read_text(encoding="ascii").strip()
        make_directory(home)
        key = secrets.token_hex(32)
        write_private(path, key)
    except OSError as error:
        raise explain(error, path) from error
    return key


def with_services(settings: Settings, services: EmbeddedServices) -> Settings:
    """The settings with the services' addresses and the site's secret filled in."""
    return msgspec.structs.replace(
        settings,
        database_url=services.database_url,
        owner_database_url=services.owner_database_url,
        redis_url=services.redis_url,
        secret_key=settings.secret_key or secret_key(settings.home_path),
    )


def services_of(settings: Settings, **options: Any) -> EmbeddedServices:
    """The embedded services that the settings do not replace by addresses."""
    return EmbeddedServices(
        settings.home_path,
        database_url=settings.database_url,
        owner_database_url=settings.owner_database_url,
        redis_url=settings.redis_url,
        **options,
    )


@asynccontextmanager
async def reachable(settings: Settings) -> AsyncIterator[Settings]:
    """The settings with every address known, services started for the duration where none run."""
    services = services_of(settings)
    if not services.services:
        await require_services(with_services(settings, services))
        yield with_services(settings, services)
        return
    running = await asyncio.to_thread(running_services, settings.home_path)
    if running is not None:
        yield with_services(settings, running)
        return
    if not settings.home_path.exists():
        raise ServiceError(f"there is no site in {settings.home_path}; start one with `questline up`")
    async with services:
        yield with_services(settings, services)


@asynccontextmanager
async def opened(settings: Settings | None = None) -> AsyncIterator[Site]:
    """A migrated site with an open host, for a command that works on data."""
    from questline_core.host import Host

    settings = settings or load_settings()
    configure_logging(msgspec.structs.replace(settings, log_level="error", log_format="console"))
    async with reachable(settings) as complete:
        await activate_wanted(complete.home_path, complete.require("database_url"))
        host = Host(complete)
        engine = make_engine(complete.owner_database_url or complete.require("database_url"), pool_size=2)
        try:
            async with host.running():
                yield Site(host, engine)
        finally:
            await engine.dispose()


async def migrate_site(settings: Settings, on_step: Callable[[str, str], None] | None = None) -> list[Any]:
    """Migrate core and every plugin of the wanted generation; the settings must name every address."""
    from questline_cli.encryption import places, seal_open_values
    from questline_core.host import Host

    await activate_wanted(settings.home_path, settings.require("database_url"))
    host = Host(settings)
    try:
        reports = [
            report
            for name, url in settings.owner_urls.items()
            for report in await _migrate_one(name, url, settings, host, on_step)
        ]
        async with places(host) as where:
            await seal_open_values(host, where, only_pending=True)
        return reports
    finally:
        await host.database.close()


async def _migrate_one(
    name: str, url: str, settings: Settings, host: "Host", on_step: Callable[[str, str], None] | None
) -> list[Any]:
    engine = make_engine(url, pool_size=2)
    try:
        reports = await upgrade_all(engine, host.registry.records.values(), on_step=on_step)
        await write_default_limits(engine, settings)
    finally:
        await engine.dispose()
    if name == MAIN:
        return reports
    return [msgspec.structs.replace(report, owner=f"{name}: {report.owner}") for report in reports]
