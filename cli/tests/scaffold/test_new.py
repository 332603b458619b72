"""`plugin new`: names, folders and questions; nothing is written unless everything can be."""

import os
import pty
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from questline_cli.main import app
from questline_cli.scaffold import Features, Name, plugin_files


def new(*arguments):
    return CliRunner().invoke(app, ["plugin", "new", *map(str, arguments)])


@pytest.mark.parametrize(
    ("written", "found"), [("cheers", "cheers"), ("Book club", "book_club"), ("book-club", "book_club")]
)
def test_a_name_is_read_as_people_write_it(written, found):
    assert Name.parse(written).id == found


@pytest.mark.parametrize("text", ["", "9lives", "a__b", "naïve", "../etc", "a/b", "x" * 41, "core", "public", "pg_x"])
def test_a_bad_name_is_refused_in_one_line(text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = new(text)
    assert done.exit_code == 1
    assert done.output.startswith("error: ")
    assert done.output.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("arguments", "who"), [(["points"], "questline-points"), (["aurora", "--theme"], "aurora")])
def test_the_name_of_an_installed_plugin_or_theme_is_refused(arguments, who, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = new(*arguments)
    assert done.exit_code == 1
    assert "is installed already" in done.output
    assert who in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(tmp_path):
    (tmp_path / "kept.txt").write_text("mine")
    done = new("cheers", "--yes", "--dir", tmp_path)
    assert done.exit_code == 1
    assert "exists already" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    done = new("cheers", "--yes", "--dir", tmp_path / "file" / "cheers")
    assert done.exit_code == 1
    assert "cannot be written" in done.output


def test_a_bad_block_is_refused_and_a_theme_takes_no_features(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "--block" in new("cheers", "--block", "9").output
    assert "a theme has no code" in new("dusk", "--theme", "--ui").output
    assert list(tmp_path.iterdir()) == []


def test_a_block_brings_a_user_interface():
    files = plugin_files(Name("cheers"), Features(block="card"))
    assert {"ui/src/CardBlock.tsx", "ui/src/index.tsx", "src/questline_cheers/blocks.py"} <= files.keys()
    assert not any("Page" in name for name in files)


def test_on_a_terminal_it_asks(tmp_path):
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "questline_cli", "plugin", "new", "cheers"],
        cwd=tmp_path,
        stdin=theirs,
        stdout=subprocess.PIPE,
        text=True,
    ) as command:
        os.write(ours, b"y\nn\nn\nn\nn\nn\n\n")
        printed, _ = command.communicate(timeout=60)
    assert command.returncode == 0, printed
    package = tmp_path / "questline-cheers" / "src" / "questline_cheers"
    assert (package / "routes.py").is_file()
    assert not (package / "models.py").exists()
    os.close(ours)
    os.close(theirs)
