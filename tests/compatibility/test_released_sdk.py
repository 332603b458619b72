"""Every released SDK can be built from its commit, and a plugin is built, checked and loaded against it."""

import os
import subprocess
import sys
import zipfile

import pytest
from tests.compatibility.conftest import GUESTBOOK
from tests.compatibility.released import RELEASED, is_repository, tagged_commit

LOAD = """
import questline_sdk
from questline_sdk import Plugin
from acme_guestbook.plugin import plugin
assert isinstance(plugin, Plugin)
hooks = [name for name in dir(plugin) if name.startswith("register_")]
print(questline_sdk.__version__, questline_sdk.__file__, sum(bool(getattr(plugin, name)()) for name in hooks))
"""


def run(interpreter, *arguments, cwd, **variables):
    done = subprocess.run(
        [interpreter, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("version", RELEASED)
def test_a_tag_names_the_commit_that_is_written_down(version):
    if not is_repository() or tagged_commit(version) is None:
        pytest.skip(f"this clone has no tag sdk-v{version}; released.toml is used as it is")
    assert tagged_commit(version) == RELEASED[version]


def test_the_wheel_of_a_release_is_its_version_and_complete(release):
    assert release.sdk.name == f"questline_sdk-{release.version}-py3-none-any.whl"
    names = zipfile.ZipFile(release.sdk).namelist()
    assert {"questline_sdk/__init__.py", "questline_sdk/hooks.py", "questline_sdk/py.typed"} <= set(names)


def test_the_wheel_of_a_release_has_the_public_api_it_was_released_with(release, environment):
    check = "import runpy; found = runpy.run_path('test_public_api.py'); found['test_the_public_api_is_the_snapshot']()"
    run(environment(release.sdk), "-c", check, cwd=release.sdk_source / "tests")


def test_a_plugin_loads_with_a_released_sdk(release, guestbook, environment, tmp_path):
    python = environment(release.sdk, guestbook)
    version, place, contributions = run(python, "-c", LOAD, cwd=tmp_path).split()
    assert version == release.version
    assert place.startswith(str(python.parents[1]))
    assert int(contributions) == 7


@pytest.mark.slow
def test_a_plugin_type_checks_against_a_released_sdk(release, environment, tmp_path):
    (packages,) = environment(release.sdk).parents[1].glob("lib/python*/site-packages")
    path = f"{packages}{os.pathsep}src"
    printed = run(sys.executable, "-m", "mypy", "--cache-dir", tmp_path / "cache", cwd=GUESTBOOK, MYPYPATH=path)
    assert "Success" in printed
