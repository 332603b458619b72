"""`doctor`: looks for what would keep the site from running, and says how to mend it."""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator

import msgspec
import typer
from sqlalchemy.exc import DBAPIError

from questline_cli.encryption import places
from questline_cli.output import Json, show_findings, show_json
from questline_cli.site import run, with_services
from questline_core.db.migrate import CORE, current_revision
from questline_core.encryption.usage import ring_usage
from questline_core.host import Host
from questline_core.plugins.registry import State
from questline_core.services import ServiceError, running_services
from questline_core.services.binaries import find_postgres, find_valkey
from questline_core.settings import Settings, load_settings
from questline_core.ui.bundles import DIST

LEAST_DISK_MB = 500


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    check: str
    ok: bool
    detail: str


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(as_json: Json = False) -> None:
    """Check settings, disk, binaries, services, migrations, plugins and the built pages.

    Exit 1 if something is wrong.
    """
    findings = run(_collect(load_settings()))
    if as_json:
        show_json(findings)
    else:
        show_findings([(each.check, each.ok, each.detail) for each in findings])
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


async def _collect(settings: Settings) -> list[Finding]:
    findings = [*_machine(settings)]
    findings += [finding async for finding in _site(settings)]
    return findings


def _machine(settings: Settings) -> list[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    where = settings.home_path if settings.home_path.exists() else settings.home_path.parent
    free = shutil.disk_usage(where).free // 1_000_000
    built = (DIST / "index.html").is_file()
    return [
        Finding(check="Python", ok=sys.version_info >= (3, 11), detail=version),
        Finding(check="disk", ok=free > LEAST_DISK_MB, detail=f"{free} MB free at {where}"),
        _binary("PostgreSQL", settings.database_url is not None, find_postgres),
        _binary("Valkey", settings.redis_url is not None, find_valkey),
        Finding(check="pages", ok=built, detail="built" if built else "not built; run `make setup`"),
    ]


def _binary(name: str, external: bool, find: object) -> Finding:
    if external:
        return Finding(check=name, ok=True, detail="given by its address")
    try:
        found = find()  # type: ignore[operator]
    except ServiceError as error:
        return Finding(check=name, ok=False, detail=str(error))
    return Finding(check=name, ok=True, detail=str(getattr(found, "root", found)))


async def _site(settings: Settings) -> AsyncIterator[Finding]:
    complete = settings
    if not (settings.database_url and settings.redis_url):
        running = await asyncio.to_thread(running_services, settings.home_path)
        if running is None:
            yield Finding(
                check="site", ok=True, detail=f"not running in {settings.home_path}; `questline up` starts it"
            )
            return
        complete = with_services(settings, running)
    host = Host(complete)
    try:
        yield await _answers("database", host.database.ping())
        for name, database in host.database.shards.items():
            yield await _answers(f"database {name}", database.ping())
        yield await _answers("cache", host.redis.ping())
        async with host.running():
            async with host.database.engine.connect() as connection:
                revision = await current_revision(connection, CORE.schema)
            yield Finding(
                check="core schema", ok=revision == CORE.head(), detail=f"at {revision}, code has {CORE.head()}"
            )
            async for finding in _shards(host):
                yield finding
            yield await _encryption(host)
            for record in host.registry.records.values():
                detail = f"{record.version} {record.state.value}" + (f": {record.reason}" if record.reason else "")
                yield Finding(check=f"plugin {record.id}", ok=record.state is State.ACTIVE, detail=detail)
    finally:
        await host.database.close()


async def _encryption(host: Host) -> Finding:
    async with places(host) as where:
        usage = await ring_usage(where, host.vault.ring)
    if usage.missing:
        detail = f"the key ring lacks {', '.join(usage.missing)}: what it wraps cannot be read"
    elif usage.interrupted:
        detail = "a rotation was interrupted; `questline keys rotate --encrypt` finishes it"
    else:
        spare = f"; may be removed from the ring: {', '.join(usage.unused)}" if usage.unused else ""
        detail = f"{host.vault.ring.active} wraps the data keys{spare}"
    return Finding(check="encryption", ok=not (usage.missing or usage.interrupted), detail=detail)


async def _shards(host: Host) -> AsyncIterator[Finding]:
    """Whether every database has the schema of the code, and whether each tenant's is known."""
    for name, database in host.database.shards.items():
        try:
            async with database.engine.connect() as connection:
                revision = await current_revision(connection, CORE.schema)
                behind = [
                    record.id
                    for record in host.registry.active
                    if record.owner is not None and await current_revision(connection, record.id) != record.owner.head()
                ]
        except (DBAPIError, OSError) as error:
            yield Finding(check=f"schema of {name}", ok=False, detail=str(error).splitlines()[0])
            continue
        plugins = f"; not migrated: {', '.join(behind)}" if behind else ", every plugin migrated"
        detail = f"core at {revision}{plugins}"
        yield Finding(check=f"schema of {name}", ok=revision == CORE.head() and not behind, detail=detail)
    for tenant in await host.tenants.all():
        if tenant.shard and tenant.shard not in host.database.shards:
            yield Finding(check=f"tenant {tenant.slug}", ok=False, detail=f"lives in {tenant.shard}, which is not set")
        if tenant.read_only:
            detail = "is read-only: it is being moved, or a move was lost; `questline tenant move` again undoes it"
            yield Finding(check=f"tenant {tenant.slug}", ok=False, detail=detail)


async def _answers(name: str, call: object) -> Finding:
    try:
        await call  # type: ignore[misc]
    except Exception as error:  # noqa: BLE001  reported as the finding
        return Finding(check=name, ok=False, detail=str(error).splitlines()[0])
    return Finding(check=name, ok=True, detail="answers")
