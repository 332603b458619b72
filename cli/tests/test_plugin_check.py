"""`questline plugin check` on a folder with a plugin's source, on a wheel, and on what is none."""

import json
import zipfile
from pathlib import Path

import pytest
from core.tests.conformance import notes

PROJECT = """
[project]
name = "acme-notes"
version = "1.2.3"
dependencies = ["questline-sdk>=0.1,<0.2"]

[project.entry-points."questline.plugins.v1"]
notes = "acme_notes.plugin:plugin"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The plugin `notes` as its author has it, nothing installed."""
    folder = tmp_path / "acme-notes"
    package = folder / "src" / "acme_notes"
    versions = package / "migrations" / "versions"
    versions.mkdir(parents=True)
    (folder / "pyproject.toml").write_text(PROJECT)
    (package / "__init__.py").touch()
    (package / "plugin.py").write_text(notes.CODE)
    (package / "plugin.toml").write_text(notes.TOML)
    (versions / "0001_notes.py").write_text(notes.FIRST)
    (versions / "0002_stars.py").write_text(notes.SECOND)
    return folder


async def test_a_plugin_in_a_folder_is_checked_without_being_installed(questline, source):
    done = await questline("plugin", "check", str(source), "--tier", "bronze", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert (report["plugin"], report["tier"], report["reached"], report["met"]) == ("notes", "bronze", "bronze", True)
    assert {each["check"]: each["status"] for each in report["checks"]} == dict.fromkeys(
        ["loads", "switching", "silence", "parking", "permissions", "settings", "migrations"], "holds"
    )


async def test_a_wheel_that_misses_the_tier_ends_with_status_1_and_says_why(questline, source, tmp_path):
    toml = source / "src" / "acme_notes" / "plugin.toml"
    toml.write_text(
        notes.TOML.replace('"0002"', '"0001"')
        + '[conformance.exempt]\nsettings = "drawn by hand"\npermissions = "later"\n'
    )
    wheel = tmp_path / "acme_notes-1.2.3-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path in sorted((source / "src").rglob("*.*")):
            archive.write(path, path.relative_to(source / "src"))
        archive.writestr(
            "acme_notes-1.2.3.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: acme-notes\nVersion: 1.2.3\nRequires-Dist: questline-sdk>=0.1,<0.2\n",
        )
        archive.writestr(
            "acme_notes-1.2.3.dist-info/entry_points.txt", "[questline.plugins.v1]\nnotes = acme_notes.plugin:plugin\n"
        )
    done = await questline("plugin", "check", str(wheel), "--tier", "bronze")
    assert done.returncode == 1, done.stdout + done.stderr
    text = " ".join(done.stdout.split())
    assert "drawn by hand" in text
    assert "the newest revision is '0002'" in text
    assert "notes misses bronze for permissions, migrations; it is below bronze" in text


async def test_what_is_no_plugin_is_refused_in_one_line(questline, tmp_path):
    done = await questline("plugin", "check", "no_such_plugin")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no plugin 'no_such_plugin' is installed" in done.stderr
    done = await questline("plugin", "check", str(tmp_path))
    assert done.returncode == 1
    assert "its pyproject.toml cannot be read" in done.stderr
