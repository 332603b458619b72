"""`plugin doctor`: whether every installed plugin works, and every node runs what is wanted."""

import tempfile
from pathlib import Path

import typer

from questline_cli.output import Json, show_findings, show_json
from questline_cli.site import reachable, run
from questline_core.generations.journal import connect
from questline_core.generations.operations import owner_url
from questline_core.generations.overview import Finding, check
from questline_core.settings import Settings, load_settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(doctor)


def doctor(as_json: Json = False) -> None:
    """Load every plugin in a process of its own, compare its schema with its code, and look at every node.

    Exit 1 if something is wrong.
    """
    findings = run(_check(load_settings()))
    if as_json:
        show_json(findings)
    else:
        show_findings([(each.subject, each.ok, each.detail) for each in findings])
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


async def _check(settings: Settings) -> list[Finding]:
    async with reachable(settings) as complete:
        connection = await connect(owner_url(complete))
        try:
            with tempfile.TemporaryDirectory(prefix="questline-") as folder:
                return await check(connection, complete, Path(folder) / "doctor.log")
        finally:
            await connection.close(timeout=2)
