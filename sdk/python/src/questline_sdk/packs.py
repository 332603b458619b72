"""Feature packs: distributions that name plugins, presets, grants, a theme and a welcome, to be switched on as one."""

from typing import Any

import msgspec

from questline_sdk.manifest import ID_PATTERN
from questline_sdk.permissions import Role


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """A feature pack; point the entry-point group `questline.packs.v1` at an instance.

    Args:
        id: Entry-point name: `[a-z][a-z0-9_]*`, or with hyphens.
        title: Name shown to people.
        summary: One sentence shown in lists.
        plugins: Ids of the plugins it cannot do without, each with a version range (`">=0.1,<0.2"`, or `""` for any).
        optional: The same for plugins that it switches on where they are installed and fit, and leaves out where not.
        settings: Presets by plugin id: field to value. A tenant's own value wins over a preset.
        roles: Permissions of its plugins that roles hold beside their own while the pack is on.
        theme: Id of the theme the tenant wears while the pack is on; None leaves the look alone.
        onboarding: Markdown for the admin who has just switched it on: what to do first.

    Raises:
        ValueError: A field cannot work; the message names it and says why.

    Example:
        `Pack(id="quiz_night", title="Quiz night", plugins={"assessments": ">=0.1,<0.2"})`
    """

    id: str
    title: str
    summary: str = ""
    plugins: dict[str, str]
    optional: dict[str, str] = {}
    settings: dict[str, dict[str, Any]] = {}
    roles: dict[Role, tuple[str, ...]] = {}
    theme: str | None = None
    onboarding: str = ""

    def __post_init__(self) -> None:
        """Refuse what could never be switched on."""
        for field in msgspec.structs.fields(type(self)):
            try:
                msgspec.convert(getattr(self, field.name), field.type)
            except msgspec.ValidationError as error:
                raise ValueError(f"{field.name}: {error}") from None
        if not ID_PATTERN.fullmatch(self.id.replace("-", "_")):
            raise ValueError(f"id: {self.id!r} must match {ID_PATTERN.pattern}, hyphens allowed")
        if not self.title:
            raise ValueError("title: must not be empty")
        if not self.plugins:
            raise ValueError("plugins: name at least one plugin")
        for name in (*self.plugins, *self.optional):
            if not ID_PATTERN.fullmatch(name):
                raise ValueError(f"plugins: {name!r} is not a plugin id")
        self._check_references()

    def _check_references(self) -> None:
        named = self.plugins.keys() | self.optional.keys()
        both = sorted(self.plugins.keys() & self.optional.keys())
        if both:
            raise ValueError(f"optional: {both[0]} is required as well; name it once")
        for name in self.settings:
            if name not in named:
                raise ValueError(f"settings: {name} is not among the pack's plugins")
        for role, permissions in self.roles.items():
            for permission in permissions:
                if permission.partition(".")[0] not in named:
                    raise ValueError(f"roles: {role} is given {permission!r}, which is of none of the pack's plugins")
