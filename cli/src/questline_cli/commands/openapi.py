"""`openapi`: the description of the API, for client generators."""

from pathlib import Path
from typing import Annotated

import typer
from litestar.serialization import encode_json

from questline_cli.output import console
from questline_core.app import create_app
from questline_core.settings import Settings

OFFLINE = Settings(
    database_url="postgresql://unused@127.0.0.1:1/unused",
    redis_url="redis://127.0.0.1:1",
    secret_key="only describes the API, signs nothing",  # noqa: S106
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(openapi)


def openapi(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; standard output if left out.")
    ] = None,
) -> None:
    """Print the OpenAPI 3.1 description of core and the installed plugins."""
    import msgspec

    schema = create_app(OFFLINE).openapi_schema.to_schema()
    text = msgspec.json.format(encode_json(schema), indent=2).decode() + "\n"
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
        console.print(f"Wrote {output}.")
