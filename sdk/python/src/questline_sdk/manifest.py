"""The manifest: `plugin.toml` in a plugin's package, readable without importing the plugin."""

import re
from typing import Any, Literal

import msgspec

ID_PATTERN = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class Conformance(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the conformance suite must know of a plugin: `[conformance]` in `plugin.toml`.

    Args:
        exempt: Checks that cannot hold, by name, each with the reason.
        ui_budget_kb: What the plugin's pages may weigh, in kB (1,000 bytes) gzipped: all their code and styles.
        examples: Values for columns of the plugin's tables, by table and column, where made-up ones are refused;
            `{marker}` in a text stands for a word that the suite looks for.
    """

    exempt: dict[str, str] = {}
    ui_budget_kb: int = 60
    examples: dict[str, dict[str, Any]] = {}


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a plugin says of itself.

    Args:
        id: Entry-point name, URL prefix, SQL schema and locale namespace at once: `[a-z][a-z0-9_]*`.
        title: Name shown to people.
        summary: One sentence shown in lists.
        scope: `tenant` plugins are switched on per tenant, `system` plugins are on everywhere.
        requires: Ids of plugins that must be active.
        optional: Ids of plugins that are used when active.
        capabilities: What it asks of the host beyond its own schema, e.g. `network`.
        schema_head: Alembic revision its code expects; none for a plugin without tables.
        irreversible_revisions: Revisions whose downgrade loses data.
        releases: The schema revision that each released version expected, by version.
        conformance: What the conformance suite must know.
    """

    id: str
    title: str
    summary: str = ""
    scope: Literal["tenant", "system"] = "tenant"
    requires: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    schema_head: str | None = None
    irreversible_revisions: tuple[str, ...] = ()
    releases: dict[str, str] = {}
    conformance: Conformance = Conformance()

    @classmethod
    def decode(cls, text: bytes) -> "Manifest":
        """Read a `plugin.toml`; raises `ValueError` naming the wrong field."""
        try:
            manifest = msgspec.toml.decode(text, type=cls)
        except msgspec.DecodeError as error:
            raise ValueError(f"plugin.toml: {error}") from None
        if not ID_PATTERN.fullmatch(manifest.id):
            raise ValueError(f"plugin.toml: id {manifest.id!r} must match {ID_PATTERN.pattern}")
        return manifest
