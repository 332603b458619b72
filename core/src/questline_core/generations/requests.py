"""What is asked of a child process, and what it answers."""

import msgspec

from questline_core.settings import Settings


class Inspect(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Import every plugin and put the application together."""


class Migrate(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Bring plugins to revisions (`head`, `base` or one by name)."""

    revisions: dict[str, str]
    application_name: str
    """Marks the connections, so that those of an operation that was killed can be ended."""


class Health(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Start the application on the real database."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of work for a child."""

    settings: Settings
    generation: int
    work: Inspect | Migrate | Health
    seconds: float
    """How long it may take."""
    log: str
    """The file that everything it prints goes to."""


class PluginState(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a plugin in a process."""

    id: str
    version: str
    state: str
    reason: str | None = None
    pages: str | None = None
    """Why its pages are left out."""
    permissions: tuple[str, ...] = ()


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """A child's answer; `error` says what went wrong altogether."""

    error: str | None = None
    plugins: tuple[PluginState, ...] = ()
