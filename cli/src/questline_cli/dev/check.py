"""`python -m questline_cli.dev.check ID`: loads a plugin as a server would; prints why where it would not run."""

import sys

import structlog

from questline_core.plugins.loader import installed_plugins, load_plugins, make_manager
from questline_core.plugins.registry import State


def problem(plugin_id: str) -> str | None:
    """Why a plugin would not be in service; None where it would."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    records = {record.id: record for record in load_plugins(installed_plugins(), make_manager())}
    record = records.get(plugin_id)
    if record is None:
        return "it is not installed"
    return None if record.state is State.ACTIVE else f"{record.state.value}: {record.reason}"


if __name__ == "__main__":
    found = problem(sys.argv[1])
    if found:
        sys.stderr.write(found + "\n")
        raise SystemExit(1)
