"""What an operator names is understood: distributions, ids, wheels and folders."""

import json

import pytest
from typer.testing import CliRunner

from questline_cli.main import app
from questline_cli.sources import read_sources, requirement
from questline_core.generations.errors import OperationError
from questline_core.generations.wheels import WheelError
from questline_core.testing.made_plugins import plugin_wheel


def test_an_id_stands_for_its_distribution(tmp_path):
    plugin_wheel(tmp_path, "made", "1.0")
    assert requirement("made>=1", tmp_path) == "qlmade-made>=1"
    assert requirement("points", None) == "questline-points"
    assert requirement("qlmade-made", tmp_path) == "qlmade-made"
    assert requirement("unknown<2", tmp_path) == "unknown<2"
    with pytest.raises(OperationError, match="'made >> 1' is no name"):
        requirement("made >> 1", tmp_path)


def test_wheels_are_read_and_checked(tmp_path):
    path = plugin_wheel(tmp_path, "made", "1.0")
    targets, (wheel,) = read_sources([str(path), "points"], None)
    assert (targets, wheel.name) == (("questline-points",), "qlmade-made")
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(WheelError, match="is damaged"):
        read_sources([str(path)], None)
    with pytest.raises(OperationError, match="cannot be read: No such file"):
        read_sources([str(tmp_path / "none-1-py3-none-any.whl")], None)


def test_a_folder_is_built_once_its_pages_are(tmp_path):
    source = tmp_path / "made"
    package = source / "src" / "qlbuilt"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "plugin.toml").write_text('id = "built"\ntitle = "Built"\n')
    (source / "pyproject.toml").write_text(
        '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
        '[project]\nname = "qlbuilt"\nversion = "3.0"\n'
        '[project.entry-points."questline.plugins.v1"]\nbuilt = "qlbuilt.plugin:plugin"\n'
    )
    (source / "ui").mkdir()
    (source / "ui" / "package.json").write_text("{}")
    with pytest.raises(OperationError, match=r"the pages of .* are not built; run `npm run build`"):
        read_sources([str(source)], None)
    (package / "ui_dist").mkdir()
    (package / "ui_dist" / "plugin.json").write_text("{}")
    _, (wheel,) = read_sources([str(source)], None)
    assert (wheel.name, wheel.version) == ("qlbuilt", "3.0")
    assert wheel.top_levels == {"qlbuilt"}


def test_a_folder_without_a_project_is_none(tmp_path):
    with pytest.raises(OperationError, match=r"has no pyproject.toml"):
        read_sources([f"{tmp_path}/"], None)


def test_a_wheelhouse_is_searched(tmp_path):
    plugin_wheel(tmp_path, "made", "1.0")
    plugin_wheel(tmp_path, "made", "2.0")
    plugin_wheel(tmp_path, "other", manifest='summary = "Something with maps"\n')
    result = CliRunner().invoke(app, ["plugin", "search", "maps", "--wheelhouse", str(tmp_path), "--json"])
    assert [row["id"] for row in json.loads(result.stdout)] == ["other"]
    result = CliRunner().invoke(app, ["plugin", "search", "--wheelhouse", str(tmp_path), "--json"])
    assert [(row["id"], row["version"]) for row in json.loads(result.stdout)] == [("made", "2.0"), ("other", "1.0")]


@pytest.mark.parametrize("name", ["core", "queue", "public", 'x"; DROP SCHEMA core', "pg_catalog"])
def test_only_plugins_are_purged(name):
    result = CliRunner().invoke(app, ["plugin", "purge", name, "--yes"])
    assert result.exit_code == 1
    assert "is no plugin's id" in result.stderr
