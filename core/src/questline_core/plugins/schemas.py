"""What the API says of plugins."""

import enum
from typing import Any, Literal
from uuid import UUID

import msgspec

from questline_core.plugins.cascade import Source
from questline_core.plugins.registry import State


class InstalledPlugin(msgspec.Struct, frozen=True, kw_only=True):
    """An installed plugin as a tenant's admin sees it; `reason` says why it, or its pages, are out of service."""

    id: str
    title: str
    version: str
    summary: str
    state: State
    reason: str | None
    enabled: bool
    scope: Literal["system", "tenant"]
    requires: list[str]
    dependants: list[str]
    """Plugins that are on and cannot do without it."""
    packs: list[str]
    """Packs that are on and need it."""
    permissions: list[str]
    has_settings: bool
    has_course_settings: bool


class HealthSubject(enum.StrEnum):
    """What a health check looks at."""

    CODE = "code"
    SCHEMA = "schema"
    PAGES = "pages"
    JOBS = "jobs"


class HealthCheck(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is well or not; `detail` is the revision, the number of failed jobs, or what is wrong."""

    subject: HealthSubject
    ok: bool
    detail: str | None


class PluginPermission(msgspec.Struct, frozen=True, kw_only=True):
    """A permission and the roles that hold it here, by themselves or through a pack."""

    name: str
    title: str
    roles: list[str]


class PluginDetails(InstalledPlugin, frozen=True, kw_only=True):
    """An installed plugin with all it brings."""

    optional: list[str]
    capabilities: list[str]
    health: list[HealthCheck]
    permission_details: list[PluginPermission]
    listens_to: list[str]
    block_types: list[str]
    has_pages: bool
    changelog_html: str | None


class PluginList(msgspec.Struct, frozen=True, kw_only=True):
    """Every installed plugin, by id."""

    plugins: list[InstalledPlugin]


class SetPluginEnabled(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the tenant has the plugin on; `with_others` also switches what it requires on, or its dependants off."""

    enabled: bool
    with_others: bool = False


class PluginSettingsForm(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin's settings for the tenant, or for one course: the JSON Schema that draws the form, and what holds.

    Secrets are blank everywhere; `filled_secrets` names those that have a value. What is not in `own` is inherited:
    it follows `inherited`, and `sources` says from where that comes.
    """

    plugin_id: str
    course_id: UUID | None
    schema: dict[str, Any]
    values: dict[str, Any]
    inherited: dict[str, Any]
    own: list[str]
    sources: dict[str, Source]
    filled_secrets: list[str]


class PluginsChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Live message `plugins.changed`: a plugin was switched for the tenant."""

    plugin_id: str
    enabled: bool
