"""What an operator can ask of the installed plugins."""

from pathlib import Path

import msgspec

from questline_core.generations.wheels import WheelFile


class ChangeRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One change: what is to come, to go, or which generation to return to."""

    kind: str
    """`install`, `upgrade`, `downgrade`, `uninstall`, `rollback` or `sync`."""
    command: str
    """As it was typed, for the journal."""
    targets: tuple[str, ...] = ()
    """Requirements, e.g. `questline-badges>=1.2`."""
    every: bool = False
    """For `upgrade`: every plugin, theme and pack of the site is a target."""
    given: tuple[WheelFile, ...] = ()
    """Wheels given as files."""
    removed: tuple[str, ...] = ()
    """Ids of plugins (`theme:<id>`, `pack:<id>`) to take out of service."""
    only: frozenset[str] | None = None
    """For `sync`: the distributions that stay; others leave the generation (never the base)."""
    generation: int | None = None
    """For `rollback`: where to."""
    wheelhouse: Path | None = None
    hashes: dict[str, str] = {}
    """For `sync`: the SHA-256 that the lock file demands of each distribution."""
    accept_loss: bool = False
    """Whether revisions that cannot be taken back may be."""
