"""What the API says of packs."""

import enum
from typing import Any

import msgspec

from questline_core.packs.plan import SwitchPlan
from questline_sdk.permissions import Role


class PackState(enum.StrEnum):
    """How a pack is for a tenant; `incomplete` is on, but something of it is not."""

    AVAILABLE = "available"
    ENABLED = "enabled"
    INCOMPLETE = "incomplete"
    UNAVAILABLE = "unavailable"


class PackPlugin(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin that a pack names; `problem` says why it does not serve the pack here."""

    id: str
    title: str
    versions: str
    required: bool
    version: str | None
    enabled: bool
    problem: str | None


class PackTheme(msgspec.Struct, frozen=True, kw_only=True):
    """The theme that a pack brings."""

    id: str
    title: str


class PackCard(msgspec.Struct, frozen=True, kw_only=True):
    """A pack in the catalogue; `reason` says what is wrong with it, `outdated` that a newer version is installed."""

    id: str
    title: str
    version: str
    summary: str
    state: PackState
    reason: str | None
    enabled: bool
    enabled_version: str | None
    outdated: bool
    plugins: list[PackPlugin]
    theme: PackTheme | None


class PackPreset(msgspec.Struct, frozen=True, kw_only=True):
    """A value that a pack sets; `overridden` where the tenant has one of its own, which wins."""

    plugin_id: str
    field: str
    title: str
    value: Any
    overridden: bool


class PackGrant(msgspec.Struct, frozen=True, kw_only=True):
    """A permission that a role holds while the pack is on."""

    role: Role
    permission: str
    title: str


class PackDetails(PackCard, frozen=True, kw_only=True):
    """A pack with all it brings, and what its switch would do now."""

    presets: list[PackPreset]
    grants: list[PackGrant]
    plan: SwitchPlan
    onboarding_html: str
    changelog_html: str | None


class PackList(msgspec.Struct, frozen=True, kw_only=True):
    """Every installed pack, by id, and those that are on although they were uninstalled."""

    packs: list[PackCard]


class SetPackEnabled(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the tenant has the pack on; with `keep_theme` the look stays as it is."""

    enabled: bool
    keep_theme: bool = False


class PacksChanged(msgspec.Struct, frozen=True, kw_only=True):
    """Live message `packs.changed`: a pack was switched for the tenant."""

    pack_id: str
    enabled: bool
