"""What `plugin new` writes works as written: style, types, tests and conformance, for several choices."""

import os
import shutil
import subprocess
import sys
import sysconfig

import pytest
from typer.testing import CliRunner

from questline_cli.main import app
from questline_cli.scaffold.kit import checkout

SCRIPTS = sysconfig.get_path("scripts")
CHOICES = {
    "scaffold_none": ["--yes"],
    "scaffold_all": ["--routes", "--tables", "--events", "--job", "--settings", "--ui", "--block", "card"],
    "scaffold_data": ["--tables", "--events", "--job", "--settings"],
    "scaffold_light": ["--routes", "--events", "--job", "--settings"],
    "a_name_as_long_as_names_may_be": ["--tables", "--routes", "--settings", "--job", "--block", "a_block_as_long"],
}
WITH_PAGES = {
    "scaffold_all": CHOICES["scaffold_all"],
    "scaffold_greeting": ["--routes", "--settings", "--ui"],
    "scaffold_page": ["--ui"],
    "scaffold_block": ["--block", "card"],
}


@pytest.fixture
def write(tmp_path):
    def new(name, choices):
        done = CliRunner().invoke(app, ["plugin", "new", name, *choices, "--dir", str(tmp_path / name)])
        assert done.exit_code == 0, done.output
        return tmp_path / name

    return new


def run(folder, *command, overlay=None):
    # The overlay alone in front: the plugin as installed, on the environment the tests run in.
    environment = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"}
    if overlay:
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(overlay), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install(folder, site):
    uv = shutil.which("uv", path=SCRIPTS) or "uv"
    options = ["--quiet", "--offline", "--no-deps", "--no-build-isolation", "--python", sys.executable]
    run(folder, uv, "pip", "install", *options, "--target", str(site), str(folder))
    return site


def check_style_and_types(folder, cache):
    run(folder, sys.executable, "-m", "ruff", "check", ".")
    run(folder, sys.executable, "-m", "ruff", "format", "--check", ".")
    run(folder, sys.executable, "-m", "mypy", "--cache-dir", str(cache))


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("mypy")


@pytest.mark.slow
@pytest.mark.parametrize("name", CHOICES)
def test_a_new_plugin_passes_its_tests_types_and_conformance(name, write, tmp_path, cache):
    folder = write(name, CHOICES[name])
    check_style_and_types(folder, cache)
    site = install(folder, tmp_path / "site")
    printed = run(folder, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not e2e", overlay=site)
    assert " passed" in printed
    assert "failed" not in printed


@pytest.mark.slow
@pytest.mark.parametrize("name", WITH_PAGES)
def test_a_new_user_interface_passes_its_tests_and_builds(name, write):
    if checkout() is None:
        pytest.skip("the front-end packages are not installed")
    folder = write(name, WITH_PAGES[name])
    ui = folder / "ui"
    for tool in (["tsc", "-p", "tsconfig.json"], ["vitest", "run"], ["vite", "build"]):
        run(ui, str(ui / "node_modules" / ".bin" / tool[0]), *tool[1:])
    assert (folder / "src" / f"questline_{name}" / "ui_dist" / "plugin.json").is_file()


def test_a_new_theme_passes_its_tests(write, tmp_path, cache):
    folder = write("scaffold_dusk", ["--theme"])
    check_style_and_types(folder, cache)
    site = install(folder, tmp_path / "site")
    assert " passed" in run(folder, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", overlay=site)


def test_a_new_theme_has_the_tokens_of_the_platforms_themes(write):
    import json
    from importlib.metadata import entry_points

    (entry,) = entry_points(group="questline.themes.v1", name="aurora")
    folder = write("scaffold_dusk", ["--theme"])
    (theirs,) = folder.glob("src/*/tokens.json")
    ours = entry.load().path / "tokens.json"
    assert names(json.loads(theirs.read_text())) == names(json.loads(ours.read_text()))


def names(group, prefix=""):
    found = set()
    for key, value in group.items():
        if key.startswith("$"):
            continue
        found |= {f"{prefix}{key}"} if "$value" in value else names(value, f"{prefix}{key}.")
    return found
