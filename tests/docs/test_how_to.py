"""The how-to pages that begin with `questline plugin new` work as written."""

import pytest
from tests.docs.scaffolded import (
    check_style_and_types,
    follow,
    install,
    run_its_pages_tests,
    run_its_tests,
)

from questline_cli.scaffold.kit import checkout

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("mypy")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "here").mkdir()
    return tmp_path / "here"


@pytest.mark.parametrize("page", ["add-an-event-handler", "add-a-settings-form", "add-a-block-type", "add-a-theme"])
def test_the_plugin_of_a_page_passes_its_tests(page, folder, tmp_path, cache):
    (plugin,) = follow(f"how-to/{page}.md", folder)
    check_style_and_types(plugin, cache)
    install(tmp_path / "site", plugin)
    assert " passed" in run_its_tests(plugin, tmp_path / "site")


@pytest.mark.parametrize("page", ["add-a-page", "add-a-block-type"])
def test_the_pages_of_a_page_pass_their_tests_and_build(page, folder):
    if checkout() is None:
        pytest.skip("the front-end packages are not installed")
    (plugin,) = follow(f"how-to/{page}.md", folder)
    run_its_pages_tests(plugin)


def test_two_plugins_talk_as_written(folder, tmp_path, cache):
    sale, shop = follow("how-to/talk-to-another-plugin.md", folder)
    check_style_and_types(shop, cache)
    check_style_and_types(sale, cache)
    install(tmp_path / "site", shop, sale)
    assert " passed" in run_its_tests(shop, tmp_path / "site")
    assert " passed" in run_its_tests(sale, tmp_path / "site")
