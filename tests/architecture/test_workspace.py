"""Every distribution has what a reader and an operator expect of it."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DISTRIBUTIONS = sorted(
    path.parent.relative_to(ROOT).as_posix()
    for pattern in ("core", "sdk/python", "cli", "plugins/*", "themes/*", "packs/*")
    for path in ROOT.glob(f"{pattern}/pyproject.toml")
)
LONGEST_FILE = 400


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


@pytest.mark.parametrize("folder", DISTRIBUTIONS)
def test_a_distribution_has_a_readme_a_changelog_and_its_version_in_it(folder):
    project = tomllib.loads((ROOT / folder / "pyproject.toml").read_text())["project"]
    assert project["description"]
    assert project["requires-python"] == ">=3.11"
    assert (ROOT / folder / "README.md").read_text().strip()
    assert f"## {project['version']}" in (ROOT / folder / "CHANGELOG.md").read_text()


def test_no_file_names_a_registry_or_a_machine():
    host = re.compile(r"//[a-z.-]*(pypi|pythonhosted|npmjs|debian)\.[a-z]+")
    place = re.compile(re.escape(str(ROOT)))
    wrong = []
    for path in tracked():
        if path.suffix in {".png", ".woff2", ".webm", ".ico", ".jpg"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if host.search(text) or place.search(text):
            wrong.append(path.relative_to(ROOT).as_posix())
    assert wrong == []


def test_the_lock_has_a_hash_for_every_package():
    lock = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"\n(?=[a-z])", lock.strip())
    assert len(entries) > 50
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_npm_lock_has_no_addresses():
    lock = (ROOT / "package-lock.json").read_text()
    assert '"resolved": "http' not in lock


def test_files_stay_short():
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in tracked("*.py", "*.ts", "*.tsx")
        if (lines := path.read_text().count("\n")) > LONGEST_FILE and "generated" not in path.name
    }
    assert long == {}


def test_no_module_is_a_drawer_of_odds_and_ends():
    names = {"utils.py", "helpers.py", "common.py", "misc.py", "utils.ts", "helpers.ts", "common.ts"}
    assert [path.relative_to(ROOT).as_posix() for path in tracked() if path.name in names] == []


def test_services_and_queries_do_not_commit():
    """The transaction belongs to the host: only the unit of work and the command line end one."""
    pattern = re.compile(r"session\.(commit|rollback)\(")
    allowed = {
        "core/src/questline_core/auth/keys.py",  # from the command line
        "core/src/questline_core/context.py",
        "core/src/questline_core/db/engine.py",
        "core/src/questline_core/db/shards.py",
        "core/src/questline_core/events/schedules.py",  # queues of every database
        "core/src/questline_core/privacy/jobs.py",  # what went wrong is kept although the job fails
        "core/src/questline_core/tenancy/lifecycle.py",  # in the main database, for a tenant that lives elsewhere
        "core/src/questline_core/tenancy/service.py",  # from the command line
    }
    found = {
        path.relative_to(ROOT).as_posix()
        for path in tracked("core/src/*.py", "plugins/*/src/*.py")
        if pattern.search(path.read_text())
    }
    assert found == allowed
