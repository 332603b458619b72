"""What a plugin is can be read from its files without running them."""

from pathlib import Path

import pytest

from questline_core.generations.contents import ContentError, provided, read_plugin
from questline_core.generations.environment import site_entries
from questline_core.generations.plan import describe, new_plugins
from questline_core.generations.wheels import WheelError, WheelFile
from questline_core.testing.made_plugins import plugin_wheel, script


def read(path: Path, plugin_id: str = "made"):
    return read_plugin(WheelFile(path.name, path.read_bytes()), f"qlmade_{plugin_id}", plugin_id)


def test_permissions_and_migrations_are_found(tmp_path):
    found = read(plugin_wheel(tmp_path, "made", migrations=3))
    assert found.permissions == ("made.things.read",)
    assert found.revisions == ("0001", "0002", "0003")


def test_names_bound_to_constants_are_found(tmp_path):
    code = "READ = 'made.a'\nTITLE: str = 'made.b'\nx = [Permission(name=READ), sdk.Permission(name=TITLE)]\n"
    assert read(plugin_wheel(tmp_path, "made", code=code)).permissions == ("made.a", "made.b")


@pytest.mark.parametrize("plugin_id", ["core", "queue", "public", "pg_things"])
def test_schemas_of_the_site_are_reserved(tmp_path, plugin_id):
    path = plugin_wheel(tmp_path, plugin_id)
    with pytest.raises(WheelError, match=f"the id '{plugin_id}' is reserved"):
        new_plugins([WheelFile(path.name, path.read_bytes())])


@pytest.mark.parametrize(
    ("scripts", "words"),
    [
        ({"a": script(2, "pass")}, "'0001' as a predecessor"),
        ({"a": script(1, "pass"), "b": script(1, "pass").replace("0001", "1")}, "2 heads"),
        ({"a": "x = 1"}, "must say"),
        ({"a": "x ="}, "is not Python"),
    ],
)
def test_a_history_that_cannot_be_run_is_refused(tmp_path, scripts, words):
    with pytest.raises(ContentError, match=words):
        read(plugin_wheel(tmp_path, "made", scripts=scripts))


def test_a_manifest_has_to_be_there_and_right(tmp_path):
    with pytest.raises(ContentError, match="unknown field"):
        read(plugin_wheel(tmp_path, "made", manifest="colour = 1\n"))
    with pytest.raises(ContentError, match=r"it has no qlmade_other/plugin.toml"):
        read_plugin(WheelFile(*_bytes(plugin_wheel(tmp_path, "made"))), "qlmade_other", "other")


def _bytes(path: Path) -> tuple[str, bytes]:
    return path.name, path.read_bytes()


def test_themes_and_packs_have_ids_of_their_own():
    text = "[questline.themes.v1]\nforest = a.b:theme\n[questline.packs.v1]\nschool = c:pack\n[other]\nx = y\n"
    assert provided(text) == {"theme:forest": "a", "pack:school": "c"}


def test_the_plugins_of_the_base_are_found_without_being_imported(tmp_path):
    found = site_entries(tmp_path, 0, hidden=["badges"])
    assert {"points", "leaderboards", "theme:aurora"} <= found.keys()
    assert "badges" not in found
    assert all(each.problem is None for each in found.values())


def test_a_plan_shows_what_differs(tmp_path):
    found = new_plugins([WheelFile(*_bytes(plugin_wheel(tmp_path, "made", migrations=3)))])["made"]
    new = describe(None, found, None)
    assert (new.kind, new.migrations, new.permissions_added) == (
        "install",
        ("0001", "0002", "0003"),
        ("made.things.read",),
    )
    assert describe(None, found, "0002").migrations == ("0003",)
    assert describe(None, found, "0003").migrations == ()
