"""Every plugin of the workspace runs the conformance suite among its tests, and is exempt from nothing."""

import ast
from pathlib import Path

import pytest

from questline_sdk import Manifest

PLUGINS = sorted(path.parent for path in (Path(__file__).parents[2] / "plugins").glob("*/pyproject.toml"))


@pytest.mark.parametrize("folder", PLUGINS, ids=lambda folder: folder.name)
def test_a_plugin_runs_the_suite_on_itself_and_is_exempt_from_nothing(folder):
    tree = ast.parse((folder / "tests" / "test_conformance.py").read_text())
    (suite,) = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    assert suite.name.startswith("Test")
    assert [ast.unparse(base) for base in suite.bases] == ["PluginConformance"]
    assert [ast.unparse(line) for line in suite.body] == [f"plugin_id = '{folder.name}'"]
    (manifest,) = folder.glob("src/*/plugin.toml")
    assert Manifest.decode(manifest.read_bytes()).conformance.exempt == {}
