"""The base class of every plugin."""

from pathlib import Path
from typing import ClassVar

from questline_sdk.manifest import Manifest


class Plugin:
    """A plugin: a class whose `@hookimpl` methods are its contributions.

    Point the entry-point group `questline.plugins.v1` at an instance. `plugin.toml`, `migrations/` and `ui_dist/`
    lie in the package beside the module that defines the class.
    """

    manifest: ClassVar[Manifest]
    package: ClassVar[Path]
    event_types: ClassVar[tuple[type, ...]] = ()
    """The `EventData` classes this plugin publishes."""

    def __repr__(self) -> str:
        manifest = getattr(self, "manifest", None)
        return f"<plugin {manifest.id if manifest else type(self).__name__}>"
