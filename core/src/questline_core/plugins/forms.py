"""The form of a plugin's settings for a tenant or a course: what is set there, and what it inherits."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from questline_core.content.models import Course
from questline_core.context import HostContext
from questline_core.encryption.vault import seal_value
from questline_core.plugins.cascade import Layer, default_values, find_problems, merge, sources
from questline_core.plugins.enablement import announce
from questline_core.plugins.models import PluginCourseSetting, PluginSetting
from questline_core.plugins.registry import State
from questline_core.plugins.schemas import PluginSettingsForm
from questline_core.plugins.secrets import Secrets, secrets_of
from questline_core.plugins.service import find_plugin, forget_after_commit
from questline_core.plugins.settings import course_fields, settings_schema
from questline_sdk import FieldError, Invalid, NotFound, PluginSettings


async def settings_form(ctx: HostContext, plugin_id: str, course_id: UUID | None = None) -> PluginSettingsForm:
    """What holds, what of it is set here, and what would hold without; raises `NotFound`."""
    settings_type = find_settings(ctx, plugin_id)
    schema = settings_schema(settings_type)
    shown = await _fields(ctx, schema, course_id)
    layers = await ctx.host.plugin_settings.layers(ctx, plugin_id, course_id)
    values = default_values(settings_type) | merge(layers)
    inherited = default_values(settings_type) | merge(layers[:-1])
    secrets = secrets_of(schema)
    return PluginSettingsForm(
        plugin_id=plugin_id,
        course_id=course_id,
        schema={**schema, "properties": {name: schema["properties"][name] for name in shown}},
        values=secrets.masked({name: values[name] for name in shown}),
        inherited=secrets.masked({name: inherited[name] for name in shown}),
        own=[name for name in shown if name in layers[-1].values],
        sources={name: source for name, source in sources(settings_type, layers[:-1]).items() if name in shown},
        filled_secrets=secrets.filled({name: values[name] for name in shown}),
    )


async def store_settings(
    ctx: HostContext, plugin_id: str, values: dict[str, Any], course_id: UUID | None = None
) -> None:
    """Keep these values as the tenant's or the course's own; what is left out is inherited again.

    Raises:
        Invalid: A value is wrong; each error names its field.
        NotFound: There is no such plugin, or it has no settings, or there is no such course.
    """
    settings_type = find_settings(ctx, plugin_id)
    schema = settings_schema(settings_type)
    shown = await _fields(ctx, schema, course_id)
    ctx.uncommitted = True
    layers = await ctx.host.plugin_settings.layers(ctx, plugin_id, course_id)
    secrets = secrets_of(schema)
    kept = secrets.with_stored(values, layers[-1].values)
    problems = _not_per_course(kept, schema, shown) or find_problems(settings_type, _over(layers, kept))
    if problems:
        raise Invalid(f"The settings of {plugin_id} are not valid.", errors=problems)
    before = layers[-1].values
    await _store(ctx, plugin_id, course_id, kept, secrets)
    changed = {name for name in {*before, *kept} if before.get(name) != kept.get(name)}
    await ctx.audit(
        "tenant.plugin_settings.changed",
        subject=("plugin", plugin_id) if course_id is None else ("course", course_id),
        before={"plugin": plugin_id} | secrets.masked({name: before[name] for name in changed & before.keys()}),
        after={"plugin": plugin_id} | secrets.masked({name: kept[name] for name in changed & kept.keys()}),
    )
    await announce(ctx.session, f"plugins:{ctx.tenant_id}")
    forget_after_commit(ctx)


def find_settings(ctx: HostContext, plugin_id: str) -> type[PluginSettings]:
    """The settings Struct of a plugin in service; raises `NotFound`."""
    record = find_plugin(ctx, plugin_id)
    settings_type = record.contributions.settings
    if settings_type is None or record.state is not State.ACTIVE:
        raise NotFound(f"{plugin_id} has no settings.", code="plugin_has_no_settings")
    return settings_type


async def _fields(ctx: HostContext, schema: dict[str, Any], course_id: UUID | None) -> list[str]:
    """The names of the fields that can be set here, in their author's order."""
    if course_id is None:
        return list(schema["properties"])
    known = await ctx.session.scalar(select(func.count()).select_from(Course).where(Course.id == course_id))
    own = course_fields(schema)
    if not known:
        raise NotFound("There is no such course.", code="course_not_found")
    if not own:
        raise NotFound("None of its settings can differ between courses.", code="plugin_has_no_settings")
    return [name for name in schema["properties"] if name in own]


async def _store(
    ctx: HostContext, plugin_id: str, course_id: UUID | None, values: dict[str, Any], secrets: Secrets
) -> None:
    """Keep the values in the open and the secrets sealed."""
    row: dict[str, Any] = {"plugin_id": plugin_id} | ({"course_id": course_id} if course_id else {})
    table = PluginCourseSetting if course_id else PluginSetting
    hidden = {name: value for name, value in values.items() if name in secrets.sealed}
    changes = {
        "values": {name: value for name, value in values.items() if name not in secrets.sealed},
        "secrets": await seal_value(ctx, table.secrets, row, hidden or None),
        "changed_at": ctx.now,
    }
    statement = insert(table).values(**row, **changes)
    await ctx.session.execute(statement.on_conflict_do_update(index_elements=["tenant_id", *row], set_=changes))


def _not_per_course(values: dict[str, Any], schema: dict[str, Any], shown: list[str]) -> list[FieldError]:
    return [
        FieldError(name, "is set for the whole site")
        for name in values
        if name in schema["properties"] and name not in shown
    ]


def _over(layers: list[Layer], values: dict[str, Any]) -> dict[str, Any]:
    """What would hold with these values; layers below that no longer fit the code do not stand in the way."""
    return merge(layers[:-1]) | values
