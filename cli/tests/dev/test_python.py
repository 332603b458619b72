"""`questline dev`: an edit of Python is answered with at once; one that cannot be imported changes nothing."""

import threading
from contextlib import contextmanager

import pytest
from typer.testing import CliRunner

from questline_cli.main import app
from questline_core.services.ports import free_port

GREETING = "/api/v1/p/dev_greeter/greeting"


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@contextmanager
def watched(command):
    """The statuses of one request after the other, for as long as the block lasts."""
    statuses, done = set(), threading.Event()

    def ask():
        with command.sign_in() as client:
            while not done.is_set():
                statuses.add(client.get(GREETING).status_code)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield statuses
    finally:
        done.set()
        thread.join()


@pytest.mark.slow
def test_edits_reload_the_server_which_stays_reachable(develop):
    plugin, command = develop("dev_greeter", "--routes")
    routes = plugin / "src" / "questline_dev_greeter" / "routes.py"
    with command.sign_in() as client, watched(command) as statuses:
        assert client.get(GREETING).json()["text"] == "Hello!"
        edit(routes, '"Hello!"', '"Moin!"')
        command.wait_until(lambda: client.get(GREETING).json()["text"] == "Moin!", "the edit was not answered with")
        edit(routes, "ROUTES = (get_greeting,)", "ROUTES = (get_greeting, oops)")
        command.wait_until(lambda: "not reloaded" in command.printed, "the error was not shown")
        assert "NameError: name 'oops' is not defined" in command.printed
        assert client.get(GREETING).json()["text"] == "Moin!"
        edit(routes, "ROUTES = (get_greeting, oops)", "ROUTES = (get_greeting,)")
        edit(routes, '"Moin!"', '"Servus!"')
        command.wait_until(lambda: client.get(GREETING).json()["text"] == "Servus!", "it did not go on")
    assert statuses == {200}


def test_a_folder_without_a_plugin_is_refused(tmp_path):
    done = CliRunner().invoke(app, ["dev", "--plugin", str(tmp_path), "--port", str(free_port())])
    assert done.exit_code == 1
    assert "has no pyproject.toml of a plugin" in done.output
