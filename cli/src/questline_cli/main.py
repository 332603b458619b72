"""The command line: one module a command group, errors as one line and a non-zero exit."""

from typing import Annotated

import asyncpg
import typer
from redis.exceptions import RedisError
from sqlalchemy.exc import DBAPIError

from questline_cli import __version__
from questline_cli.commands import course, doctor, jobs, migrate, openapi, plugin, purge, serve, tenant, up, user
from questline_cli.output import fail
from questline_core.db.migrate import MigrationError
from questline_core.services import ServiceError
from questline_core.settings import SettingsError
from questline_sdk import QuestlineError

app = typer.Typer(
    name="questline",
    help="Run and operate a Questline site.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for module in (up, serve, migrate, doctor, openapi, purge):
    module.register(app)
for name, group in (
    ("tenant", tenant.app),
    ("user", user.app),
    ("course", course.app),
    ("plugin", plugin.app),
    ("jobs", jobs.app),
):
    app.add_typer(group, name=name)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"questline {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Run and operate a Questline site."""


def main() -> None:
    """Run the command; every expected error is one line on standard error."""
    try:
        app()
    except QuestlineError as error:
        fail("; ".join(f"{each.field}: {each.message}" for each in error.errors) or error.detail)
    except (SettingsError, ServiceError, MigrationError) as error:
        fail(str(error))
    except DBAPIError as error:
        fail(f"the database refused: {str(error.orig).splitlines()[0]}")
    except (asyncpg.PostgresError, RedisError, OSError) as error:
        fail(str(error).splitlines()[0] if str(error) else type(error).__name__)
