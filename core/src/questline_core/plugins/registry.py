"""What the installed plugins contribute, and the state each of them is in."""

import enum
from pathlib import Path
from typing import Any

import msgspec

from questline_core.db.migrate import Owner
from questline_sdk import EventHandler, Job, Manifest, Permission, Plugin, PluginSettings, Schedule
from questline_sdk.ai import AIProvider
from questline_sdk.ai_calls import PromptTemplate
from questline_sdk.blocks import BlockType
from questline_sdk.events import ANY_EVENT, CORE_EVENTS, EventData
from questline_sdk.payments import PaymentProvider
from questline_sdk.profiles import ProfileField
from questline_sdk.services import Service
from questline_sdk.sign_in import SignInProvider


class State(enum.StrEnum):
    """Why a plugin runs or does not; `disabled` is a tenant's choice, the others the installation's."""

    ACTIVE = "active"
    DISABLED = "disabled"
    INCOMPATIBLE = "incompatible"
    FAILED = "failed"
    BLOCKED = "blocked"
    NEEDS_MIGRATION = "needs_migration"


class Contributions(msgspec.Struct, kw_only=True):
    """Everything one plugin registered."""

    routes: list[Any] = []
    permissions: list[Permission] = []
    settings: type[PluginSettings] | None = None
    handlers: list[EventHandler] = []
    jobs: list[Job] = []
    schedules: list[Schedule] = []
    block_types: list[BlockType] = []
    services: list[Service] = []
    ai_providers: list[AIProvider] = []
    ai_templates: list[PromptTemplate] = []
    payment_providers: list[PaymentProvider] = []
    sign_in_providers: list[SignInProvider] = []
    profile_fields: list[ProfileField] = []
    event_types: list[type[EventData]] = []


class PluginRecord(msgspec.Struct, kw_only=True):
    """An installed plugin: its manifest (or what stands in for one that cannot be read), state and contributions."""

    manifest: Manifest
    version: str
    package: Path | None = None
    state: State = State.ACTIVE
    reason: str | None = None
    plugin: Plugin | None = None
    contributions: Contributions = msgspec.field(default_factory=Contributions)

    @property
    def id(self) -> str:
        """The plugin's id."""
        return self.manifest.id

    @property
    def owner(self) -> Owner | None:
        """The plugin as an owner of migrations; None without tables."""
        if self.package is None or not (self.package / "migrations" / "versions").is_dir():
            return None
        return Owner(schema=self.id, scripts=self.package / "migrations")

    def fail(self, state: State, reason: str) -> None:
        """Take the plugin out of service and say why."""
        self.state, self.reason = state, reason


CORE = "core"
"""The owner of core's own jobs; no plugin can have this id, for its schema is core's."""


class Registry:
    """The installed plugins in load order, with look-ups over those that are active; and core's own jobs."""

    def __init__(self, records: list[PluginRecord], core: Contributions | None = None) -> None:
        self.records = {record.id: record for record in records}
        self.core = core or Contributions()

    @property
    def active(self) -> list[PluginRecord]:
        """The plugins in service, in load order."""
        return [record for record in self.records.values() if record.state is State.ACTIVE]

    @property
    def active_ids(self) -> frozenset[str]:
        """The ids of the plugins in service."""
        return frozenset(record.id for record in self.active)

    def is_active(self, plugin_id: str) -> bool:
        """Say whether a plugin is in service."""
        record = self.records.get(plugin_id)
        return record is not None and record.state is State.ACTIVE

    def subscriptions(self, event_type: str, publisher: str | None) -> list[tuple[str, EventHandler]]:
        """The handlers of an event type as (plugin id, handler); a plugin's catch-all skips its own events."""
        return [
            (record.id, handler)
            for record in self.active
            for handler in record.contributions.handlers
            if handler.event_type == event_type or (handler.event_type == ANY_EVENT and record.id != publisher)
        ]

    def handler(self, plugin_id: str, name: str) -> EventHandler | None:
        """An event handler by name."""
        found = (h for h in self._contributions(plugin_id).handlers if h.name == name)
        return next(found, None)

    def job(self, plugin_id: str, name: str) -> Job | None:
        """A job by name."""
        return next((job for job in self._contributions(plugin_id).jobs if job.name == name), None)

    def job_owner(self, job: Job) -> str:
        """The id of the plugin that registered a job; raises `LookupError`."""
        if job in self.core.jobs:
            return CORE
        for record in self.active:
            if job in record.contributions.jobs:
                return record.id
        raise LookupError(f"job {job.name!r} is not registered by any active plugin")

    def settings_owner(self, settings_type: type[PluginSettings]) -> str:
        """The id of the plugin that registered a settings Struct; raises `LookupError`."""
        for record in self.active:
            if record.contributions.settings is settings_type:
                return record.id
        raise LookupError(f"{settings_type.__name__} is not registered by any active plugin")

    def block_types(self) -> dict[str, tuple[str, BlockType]]:
        """Every block type by name, with its plugin's id."""
        return {kind.name: (record.id, kind) for record in self.active for kind in record.contributions.block_types}

    def event_types(self) -> dict[str, type[EventData]]:
        """Every event type that core or an active plugin publishes, by name."""
        own = [kind for record in self.active for kind in record.contributions.event_types]
        return {kind.event_type: kind for kind in (*CORE_EVENTS, *own)}

    def schedules(self) -> list[tuple[str, Schedule]]:
        """Every schedule with its owner's id."""
        owners = [(CORE, self.core), *((record.id, record.contributions) for record in self.active)]
        return [(owner, schedule) for owner, contributions in owners for schedule in contributions.schedules]

    def _contributions(self, plugin_id: str) -> Contributions:
        if plugin_id == CORE:
            return self.core
        record = self.records.get(plugin_id)
        return record.contributions if record and record.state is State.ACTIVE else Contributions()
