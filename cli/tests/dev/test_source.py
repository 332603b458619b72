"""A plugin's folder counts as installed without being installed."""

from importlib.metadata import distributions

import pytest

from questline_cli.dev.source import NotAPlugin, PluginSource
from questline_cli.scaffold import Features, Name, plugin_files, write


@pytest.fixture
def plugin(tmp_path):
    write(tmp_path / "plugin", plugin_files(Name("book_club"), Features()))
    return tmp_path / "plugin"


def test_a_folder_is_read_without_importing_it(plugin):
    source = PluginSource.read(plugin)
    assert (source.id, source.packages, source.ui) == ("book_club", plugin / "src", None)


def test_what_is_described_is_found_as_a_distribution(plugin, tmp_path):
    source = PluginSource.read(plugin)
    (tmp_path / "site" / "stale.dist-info").mkdir(parents=True)
    assert source.install(tmp_path / "site") == [plugin / "src", tmp_path / "site"]
    (found,) = distributions(path=[str(tmp_path / "site")])
    assert (found.name, found.version) == ("questline-book-club", "0.1.0")
    assert [(entry.name, entry.value) for entry in found.entry_points] == [
        ("book_club", "questline_book_club.plugin:plugin")
    ]
    assert found.requires == ["questline-sdk>=0.1.1,<0.2"]


@pytest.mark.parametrize("text", ["", "[project]\nname = 'x'\n", "not toml ["])
def test_a_folder_that_is_no_plugin_is_refused(plugin, text):
    (plugin / "pyproject.toml").write_text(text)
    with pytest.raises(NotAPlugin, match=r"pyproject\.toml"):
        PluginSource.read(plugin)
