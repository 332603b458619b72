"""Dependencies point one way: cli -> core -> sdk <- plugins, themes, packs."""

from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
PLUGINS = sorted(path.parent.name for path in ROOT.glob("plugins/*/pyproject.toml"))
THEMES = sorted(path.parent.name for path in ROOT.glob("themes/*/pyproject.toml"))
PACKS = sorted(path.parent.name for path in ROOT.glob("packs/*/pyproject.toml"))


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    packages = [f"questline_{name}" for name in PLUGINS] + [f"questline_theme_{name}" for name in THEMES]
    packages += [f"questline_pack_{name}" for name in PACKS]
    return grimp.build_graph("questline_sdk", "questline_core", "questline_cli", *packages, cache_dir=None)


def imports_of(graph: grimp.ImportGraph, package: str) -> set[tuple[str, str]]:
    modules = {package} | graph.find_descendants(package)
    return {
        (module, imported)
        for module in modules
        for imported in graph.find_modules_directly_imported_by(module)
        if imported.partition(".")[0] != package
    }


def test_the_sdk_imports_nothing_of_ours(graph):
    assert imports_of(graph, "questline_sdk") == set()


def test_core_imports_only_the_sdk(graph):
    assert {imported.partition(".")[0] for _, imported in imports_of(graph, "questline_core")} == {"questline_sdk"}


@pytest.mark.parametrize("name", PLUGINS)
def test_a_plugin_imports_the_sdk_and_other_plugins_apis_only(graph, name):
    wrong = {
        (module, imported)
        for module, imported in imports_of(graph, f"questline_{name}")
        if not imported.startswith("questline_sdk") and not imported.endswith(".api")
    }
    assert wrong == set()


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_imports_only_the_sdk(graph, name):
    assert {i.partition(".")[0] for _, i in imports_of(graph, f"questline_theme_{name}")} <= {"questline_sdk"}


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_imports_only_the_sdk(graph, name):
    assert {i.partition(".")[0] for _, i in imports_of(graph, f"questline_pack_{name}")} <= {"questline_sdk"}
