"""Plugins as a tenant's admins see them: state, health, what they may, who needs them, what has changed."""

from collections.abc import Collection, Iterable

from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver

from questline_core.context import HostContext
from questline_core.events.queue import MESSAGE, connection_of, queries
from questline_core.packs.enabled import PackSet, read_packs
from questline_core.packs.loader import installed_packs
from questline_core.packs.plan import needed_by
from questline_core.plugins.documents import changelog_html
from questline_core.plugins.registry import PluginRecord, Registry, State
from questline_core.plugins.schemas import (
    HealthCheck,
    HealthSubject,
    InstalledPlugin,
    PluginDetails,
    PluginPermission,
)
from questline_core.plugins.service import enabled_now, find_plugin
from questline_core.plugins.settings import course_fields, settings_schema
from questline_core.ui.bundles import ui_folder, ui_problem

MOST_FAILED = 1000
"""Failed jobs, of all tenants, that are looked through for one plugin's."""


async def list_installed(ctx: HostContext) -> list[InstalledPlugin]:
    """Every installed plugin, by id."""
    on = await enabled_now(ctx)
    packs = await read_packs(ctx.session)
    records = sorted(ctx.host.registry.records.values(), key=lambda record: record.id)
    return [_summary(ctx.host.registry, record, on, packs) for record in records]


async def describe_plugin(ctx: HostContext, plugin_id: str) -> PluginDetails:
    """An installed plugin with all it brings; raises `NotFound`."""
    record = find_plugin(ctx, plugin_id)
    packs = await read_packs(ctx.session)
    summary = _summary(ctx.host.registry, record, await enabled_now(ctx), packs)
    own = record.contributions
    return PluginDetails(
        **{name: getattr(summary, name) for name in InstalledPlugin.__struct_fields__},
        optional=list(record.manifest.optional),
        capabilities=list(record.manifest.capabilities),
        health=[*_checks(record), await _jobs(ctx, plugin_id)],
        permission_details=_permissions(record, packs),
        listens_to=sorted({handler.event_type for handler in own.handlers}),
        block_types=[block.name for block in own.block_types],
        has_pages=ui_folder(record) is not None,
        changelog_html=changelog_html(record.package),
    )


def _summary(registry: Registry, record: PluginRecord, on: Collection[str], packs: PackSet) -> InstalledPlugin:
    enabled = record.id in on and record.state is State.ACTIVE
    settings_type = record.contributions.settings
    return InstalledPlugin(
        id=record.id,
        title=record.manifest.title,
        version=record.version,
        summary=record.manifest.summary,
        state=State.DISABLED if record.state is State.ACTIVE and not enabled else record.state,
        reason=record.reason or ui_problem(record),
        enabled=enabled,
        scope=record.manifest.scope,
        requires=list(record.manifest.requires),
        dependants=sorted(each.id for each in _dependants(registry, record) if each.id in on),
        packs=[pack.id for pack in packs.packs if record.id in needed_by(registry, installed_packs(), pack)],
        permissions=[permission.name for permission in record.contributions.permissions],
        has_settings=settings_type is not None,
        has_course_settings=settings_type is not None and bool(course_fields(settings_schema(settings_type))),
    )


def _dependants(registry: Registry, record: PluginRecord) -> Iterable[PluginRecord]:
    return (each for each in registry.records.values() if record.id in each.manifest.requires)


def _checks(record: PluginRecord) -> list[HealthCheck]:
    loaded = record.state not in (State.FAILED, State.INCOMPATIBLE, State.BLOCKED)
    checks = [HealthCheck(subject=HealthSubject.CODE, ok=loaded, detail=None if loaded else record.reason)]
    if record.owner is not None:
        migrated = record.state is not State.NEEDS_MIGRATION
        head = record.manifest.schema_head
        checks.append(
            HealthCheck(subject=HealthSubject.SCHEMA, ok=migrated, detail=head if migrated else record.reason)
        )
    if ui_folder(record) is not None:
        problem = ui_problem(record)
        checks.append(HealthCheck(subject=HealthSubject.PAGES, ok=problem is None, detail=problem))
    return checks


async def _jobs(ctx: HostContext, plugin_id: str) -> HealthCheck:
    """Whether jobs or event handlers of the plugin have failed for good for this tenant."""
    queue = queries(AsyncpgDriver(await connection_of(ctx.session)))
    messages = [MESSAGE.decode(job.payload) for job in await queue.list_failed_jobs(MOST_FAILED) if job.payload]
    failed = [each for each in messages if each.tenant_id == ctx.tenant_id and each.plugin_id == plugin_id]
    return HealthCheck(subject=HealthSubject.JOBS, ok=not failed, detail=str(len(failed)) if failed else None)


def _permissions(record: PluginRecord, packs: PackSet) -> list[PluginPermission]:
    return [
        PluginPermission(
            name=each.name,
            title=each.title,
            roles=sorted(each.roles | {role for role, name in packs.grants if name == each.name}),
        )
        for each in record.contributions.permissions
    ]
