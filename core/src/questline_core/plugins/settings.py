"""A tenant's settings of a plugin: stored as JSON, read as the plugin's own Struct."""

from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from questline_core.plugins.enablement import announce
from questline_core.plugins.models import PluginSetting
from questline_core.plugins.registry import Registry
from questline_sdk import FieldError, Invalid, PluginSettings

if TYPE_CHECKING:
    from questline_core.context import HostContext

S = TypeVar("S", bound=PluginSettings)
MASK = ""
"""What stands for a stored secret in an answer; sent back unchanged, it keeps the secret."""


class PluginSettingsCache:
    """The settings that tenants have changed, kept in memory until the database says they changed again."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._values: dict[UUID, dict[str, dict[str, Any]]] = {}
        self._forgotten = 0

    def forget(self, tenant_id: UUID | None = None) -> None:
        """Read again at the next look-up: one tenant's, or all."""
        self._forgotten += 1
        if tenant_id is None:
            self._values.clear()
        else:
            self._values.pop(tenant_id, None)

    async def get(self, ctx: "HostContext", settings_type: type[S]) -> S:
        """The tenant's settings; a stored value that no longer fits gives way to its default."""
        stored = await self.stored(ctx, self._registry.settings_owner(settings_type))
        try:
            return msgspec.convert(stored, settings_type)
        except msgspec.ValidationError:
            return settings_type()

    async def stored(self, ctx: "HostContext", plugin_id: str) -> dict[str, Any]:
        """The values a tenant has stored for a plugin."""
        values = self._values.get(ctx.tenant_id)
        if values is None:
            forgotten = self._forgotten
            rows = (await ctx.session.execute(select(PluginSetting.plugin_id, PluginSetting.values))).all()
            values = {row.plugin_id: row.values for row in rows}
            if forgotten == self._forgotten:  # else what was read may be older than the change
                self._values[ctx.tenant_id] = values
        return values.get(plugin_id, {})


def secret_fields(schema: dict[str, Any]) -> set[str]:
    """The names of write-only properties in a JSON Schema."""
    return {name for name, field in schema.get("properties", {}).items() if field.get("writeOnly")}


def settings_schema(settings_type: type[PluginSettings]) -> dict[str, Any]:
    """The JSON Schema of a settings Struct, its definition inlined at the top."""
    (schema,), components = msgspec.json.schema_components([settings_type], ref_template="#/$defs/{name}")
    top = components.pop(schema["$ref"].rpartition("/")[2])
    return {**top, "$defs": components} if components else top


def shown_values(settings_type: type[PluginSettings], stored: dict[str, Any]) -> dict[str, Any]:
    """Defaults overlaid with what is stored, secrets blanked."""
    values: dict[str, Any] = msgspec.to_builtins(settings_type()) | stored
    for name in secret_fields(settings_schema(settings_type)):
        values[name] = MASK
    return values


async def store_settings(
    ctx: "HostContext", plugin_id: str, settings_type: type[PluginSettings], values: dict[str, Any]
) -> None:
    """Check and store a tenant's values; raises `Invalid` naming the wrong field."""
    stored = await ctx.host.plugin_settings.stored(ctx, plugin_id)
    for name in secret_fields(settings_schema(settings_type)):
        if values.get(name, MASK) == MASK:
            values = {key: value for key, value in values.items() if key != name}
            values |= {name: stored[name]} if name in stored else {}
    try:
        msgspec.convert(values, settings_type)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$.")
        raise Invalid(
            f"The settings of {plugin_id} are not valid.", errors=[FieldError(path.rstrip("`") or "values", message)]
        ) from None
    statement = insert(PluginSetting).values(plugin_id=plugin_id, values=values)
    await ctx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "plugin_id"], set_={"values": values, "changed_at": ctx.now}
        )
    )
    await announce(ctx.session, f"plugins:{ctx.tenant_id}")
