"""The plugins that the documentation writes out install and pass their own tests."""

import pytest
from tests.docs.written_plugin import run_its_tests, write_plugin


@pytest.mark.parametrize(
    ("page", "files", "passed"),
    [
        ("tutorial/first-plugin.md", 7, 2),
        ("how-to/add-an-ai-provider.md", 5, 30),
        ("how-to/add-a-payment-provider.md", 5, 7),
    ],
)
def test_the_plugin_works_as_written(page, files, passed, tmp_path):
    plugin = tmp_path / "plugin"
    assert len(write_plugin(page, plugin)) == files
    printed = run_its_tests(plugin, tmp_path / "site")
    assert f"{passed} passed" in printed, printed
