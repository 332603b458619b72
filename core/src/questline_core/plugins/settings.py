"""A plugin's settings as they hold for a tenant or one of its courses, kept in memory as the plugin's own Struct."""

from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import select

from questline_core.packs.enabled import TenantPacks
from questline_core.plugins.cascade import Layer, Level, Source, build
from questline_core.plugins.models import PluginCourseSetting, PluginSetting
from questline_core.plugins.registry import Registry
from questline_sdk import PluginSettings
from questline_sdk.db import SealedError
from questline_sdk.settings import PER_COURSE

if TYPE_CHECKING:
    from questline_core.context import HostContext

S = TypeVar("S", bound=PluginSettings)
(COURSE_MARK,) = PER_COURSE
ANEW = {"populate_existing": True}
log = structlog.get_logger()
Values = dict[str, dict[str, Any]]
"""Values by plugin id."""


class TenantSettings(msgspec.Struct):
    """What is remembered of a tenant: the stored values, and the Structs built of them so far."""

    tenant: Values
    courses: dict[UUID, Values] = {}
    built: dict[tuple[str, UUID | None], PluginSettings] = {}


class PluginSettingsCache:
    """The settings that tenants have changed, kept in memory until the database says they changed again."""

    def __init__(self, registry: Registry, packs: TenantPacks, system: Values) -> None:
        self._registry = registry
        self._packs = packs
        self._system = system
        self._tenants: dict[UUID, TenantSettings] = {}
        self._forgotten = 0

    def forget(self, tenant_id: UUID | None = None) -> None:
        """Read again at the next look-up: one tenant's, or all."""
        self._forgotten += 1
        if tenant_id is None:
            self._tenants.clear()
        else:
            self._tenants.pop(tenant_id, None)

    async def get(self, ctx: "HostContext", settings_type: type[S], course_id: UUID | None = None) -> S:
        """The settings of a tenant or course; a stored value that no longer fits gives way to what is below it."""
        plugin_id = self._registry.settings_owner(settings_type)
        known = await self._known(ctx)
        key = (plugin_id, course_id)
        found = known.built.get(key)
        if not isinstance(found, settings_type):
            found = known.built[key] = build(settings_type, await self.layers(ctx, plugin_id, course_id))
        return found

    async def layers(self, ctx: "HostContext", plugin_id: str, course_id: UUID | None = None) -> list[Layer]:
        """What the operator, packs, the tenant and the course have set, weakest first; last what was asked for."""
        known = await self._known(ctx)
        packs = await self._packs.of(ctx.tenant_id, session=ctx.session if ctx.uncommitted else None)
        layers = [
            Layer(source=Source(level=Level.SYSTEM), values=self._system.get(plugin_id, {})),
            *(
                Layer(source=Source(level=Level.PACK, pack=pack.id), values=pack.settings[plugin_id])
                for pack in packs.packs
                if plugin_id in pack.settings
            ),
            Layer(source=Source(level=Level.TENANT), values=known.tenant.get(plugin_id, {})),
        ]
        if course_id is not None:
            values = (await self._course(ctx, known, course_id)).get(plugin_id, {})
            layers.append(Layer(source=Source(level=Level.COURSE), values=values))
        return layers

    async def _known(self, ctx: "HostContext") -> TenantSettings:
        if ctx.uncommitted:  # what this transaction has changed is nobody else's yet
            return TenantSettings(tenant=await self._read(ctx))
        known = self._tenants.get(ctx.tenant_id)
        if known is None:
            forgotten = self._forgotten
            known = TenantSettings(tenant=await self._read(ctx))
            if forgotten == self._forgotten:  # else what was read may be older than the change
                self._tenants[ctx.tenant_id] = known
        return known

    async def _read(self, ctx: "HostContext") -> Values:
        return {
            row.plugin_id: whole(row)
            for row in await ctx.session.scalars(select(PluginSetting), execution_options=ANEW)
        }

    async def _course(self, ctx: "HostContext", known: TenantSettings, course_id: UUID) -> Values:
        values = known.courses.get(course_id)
        if values is None:
            statement = select(PluginCourseSetting).where(PluginCourseSetting.course_id == course_id)
            rows = await ctx.session.scalars(statement, execution_options=ANEW)
            values = known.courses[course_id] = {row.plugin_id: whole(row) for row in rows}
        return values


def whole(row: PluginSetting | PluginCourseSetting) -> dict[str, Any]:
    """The stored values with the secrets among them; those whose key is gone count as not set."""
    try:
        return {**row.values, **(row.secrets or {})}
    except SealedError as error:
        log.error("a plugin's secrets do not open", plugin=row.plugin_id, reason=str(error))  # noqa: TRY400
        return row.values


def course_fields(schema: dict[str, Any]) -> set[str]:
    """The names of the properties that a course may set for itself."""
    return {name for name, field in schema.get("properties", {}).items() if field.get(COURSE_MARK)}


def settings_schema(settings_type: type[PluginSettings]) -> dict[str, Any]:
    """The JSON Schema of a settings Struct, its definition inlined at the top."""
    (schema,), components = msgspec.json.schema_components([settings_type], ref_template="#/$defs/{name}")
    top = components.pop(schema["$ref"].rpartition("/")[2])
    return {**top, "$defs": components} if components else top
