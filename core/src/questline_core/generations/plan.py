"""What a change of the installed plugins will do, worked out before anything is done."""

from collections.abc import Iterable

import msgspec

from questline_core.generations.contents import ContentError, PluginContents, provided, read_plugin
from questline_core.generations.environment import SitePlugin
from questline_core.generations.schemas import LockedWheel
from questline_core.generations.wheels import WheelError, WheelFile


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What happens to one plugin, theme or pack."""

    id: str
    distribution: str
    before: str | None
    """The version it has; None where it is new."""
    after: str | None
    """The version it will have; None where it goes."""
    permissions_added: tuple[str, ...] = ()
    permissions_removed: tuple[str, ...] = ()
    capabilities_added: tuple[str, ...] = ()
    capabilities_removed: tuple[str, ...] = ()
    migrations: tuple[str, ...] = ()
    """Revisions that will be applied, in order."""
    undone: tuple[str, ...] = ()
    """Revisions that will be taken back after the switch, in order."""
    undone_to: str = ""
    """The revision that is left then; `base` for none."""
    irreversible: tuple[str, ...] = ()
    """Those among them that cannot be taken back, or only with a loss of data."""

    @property
    def kind(self) -> str:
        """The change in one word."""
        if self.before is None:
            return "install"
        if self.after is None:
            return "uninstall"
        return "change" if self.before != self.after else "replace"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a change will do to the site."""

    kind: str
    generation_before: int
    changes: tuple[Change, ...]
    wheels: tuple[LockedWheel, ...]
    """All wheels of the new generation."""
    hidden: tuple[str, ...]
    heads: dict[str, str] = {}
    """The revision that each plugin's schema is at in the new generation."""
    dependencies: tuple[str, ...] = ()
    """Third-party distributions that come or change, with their version."""
    warnings: tuple[str, ...] = ()


class NewPlugin(msgspec.Struct, frozen=True, kw_only=True):
    """A plugin, theme or pack as a wheel brings it."""

    id: str
    distribution: str
    version: str
    contents: PluginContents | None = None
    """None for themes and packs."""


def new_plugins(wheels: Iterable[WheelFile]) -> dict[str, NewPlugin]:
    """What wheels add to a site, by id; raises `WheelError` for a plugin whose files cannot be right."""
    found: dict[str, NewPlugin] = {}
    for wheel in wheels:
        try:
            for plugin_id, package in provided(wheel.entry_points).items():
                if plugin_id in found:
                    raise ContentError(f"{found[plugin_id].distribution} is a plugin {plugin_id!r}, too")
                contents = None if ":" in plugin_id else read_plugin(wheel, package, plugin_id)
                found[plugin_id] = NewPlugin(
                    id=plugin_id, distribution=wheel.name, version=wheel.version, contents=contents
                )
        except ContentError as error:
            raise WheelError(f"{wheel.filename} is refused: {error}") from None
    return found


def lock(wheels: Iterable[WheelFile], asked: Iterable[str], before: Iterable[LockedWheel]) -> tuple[LockedWheel, ...]:
    """Pin wheels by their hashes; `asked` are the distributions the operator named."""
    named, sources = set(asked), {wheel.name: wheel.source for wheel in before}
    return tuple(
        LockedWheel(
            name=wheel.name,
            version=wheel.version,
            sha256=wheel.sha256,
            filename=wheel.filename,
            plugin_ids=tuple(provided(wheel.entry_points)),
            source="asked for" if wheel.name in named else sources.get(wheel.name, "dependency"),
        )
        for wheel in sorted(wheels, key=lambda each: each.name)
    )


def describe(before: SitePlugin | None, after: NewPlugin | None, revision: str | None) -> Change:
    """What becomes of one plugin, of which at least one side is there; `revision` is the one its schema is at."""
    old = before.contents if before else None
    new = after.contents if after else None
    forward, backward = _steps(old, new, revision)
    irreversible = {*_irreversible(old), *_irreversible(new)}
    return Change(
        id=after.id if after else before.id if before else "",
        distribution=after.distribution if after else before.distribution if before else "",
        before=before.version if before else None,
        after=after.version if after else None,
        permissions_added=_difference(_permissions(new), _permissions(old)),
        permissions_removed=_difference(_permissions(old), _permissions(new)),
        capabilities_added=_difference(_capabilities(new), _capabilities(old)),
        capabilities_removed=_difference(_capabilities(old), _capabilities(new)),
        migrations=forward,
        undone=backward,
        undone_to=_kept(old, new, backward),
        irreversible=tuple(each for each in (*forward, *backward) if each in irreversible),
    )


def _steps(
    old: PluginContents | None, new: PluginContents | None, revision: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The revisions to apply, and those to take back because the new code does not know them."""
    if new is None:
        return (), ()
    if revision is None:
        return new.revisions, ()
    if revision in new.revisions:
        return new.revisions[new.revisions.index(revision) + 1 :], ()
    known = old.revisions if old else ()
    if revision not in known:
        return (), ()
    done = known[: known.index(revision) + 1]
    return (), tuple(each for each in reversed(done) if each not in new.revisions)


def _kept(old: PluginContents | None, new: PluginContents | None, undone: tuple[str, ...]) -> str:
    if not undone or not old or not new:
        return ""
    before = [each for each in old.revisions[: old.revisions.index(undone[-1])] if each in new.revisions]
    return before[-1] if before else "base"


def _permissions(contents: PluginContents | None) -> Iterable[str]:
    return contents.permissions if contents else ()


def _capabilities(contents: PluginContents | None) -> Iterable[str]:
    return contents.manifest.capabilities if contents else ()


def _irreversible(contents: PluginContents | None) -> Iterable[str]:
    return contents.manifest.irreversible_revisions if contents else ()


def _difference(first: Iterable[str], second: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(first) - set(second)))
