"""`user`: people of a tenant."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from questline_cli.output import Json, Yes, console, show_json
from questline_cli.site import opened, run
from questline_core.auth.accounts import create_user, set_password, set_role, user_by_email
from questline_core.auth.models import User
from questline_core.auth.privacy import erase_user, export_user
from questline_sdk.permissions import Role

app = typer.Typer(help="Create users and change their role or password.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")]
Email = Annotated[str, typer.Argument(help="E-mail address.")]


@app.command()
def create(
    email: Email,
    name: Annotated[str, typer.Option(help="Name shown to people.")],
    role: Annotated[Role, typer.Option(help="Role.")] = Role.LEARNER,
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for if left out.")
    ] = "",
    tenant: Tenant = None,
    as_json: Json = False,
) -> None:
    """Create a user."""

    async def make() -> User:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            return await create_user(ctx, email=email, display_name=name, password=password, role=role)

    user = run(make())
    if as_json:
        show_json({"id": user.id, "email": user.email, "role": user.role})
    else:
        console.print(f"{user.email} can sign in as {user.role}.")


@app.command()
def role(email: Email, role: Annotated[Role, typer.Argument(help="New role.")], tenant: Tenant = None) -> None:
    """Give a user another role; it holds from their next token, at most ten minutes later."""

    async def change() -> None:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            await set_role(ctx, (await user_by_email(ctx, email)).id, role)

    run(change())
    console.print(f"{email} is now {role.value}.")


@app.command()
def password(
    email: Email,
    new: Annotated[str, typer.Option("--password", prompt=True, hide_input=True, confirmation_prompt=True)] = "",
    tenant: Tenant = None,
) -> None:
    """Set a user's password; their sessions end."""

    async def change() -> None:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            await set_password(ctx, (await user_by_email(ctx, email)).id, new)

    run(change())
    console.print(f"{email} has a new password.")


@app.command()
def export(
    email: Email,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; standard output if left out.")
    ] = None,
    tenant: Tenant = None,
) -> None:
    """Hand out everything that core and the plugins keep of a user, as JSON."""

    async def read() -> dict[str, Any]:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            return await export_user(ctx, (await user_by_email(ctx, email)).id)

    data = run(read())
    if output is None:
        show_json(data)
    else:
        output.write_bytes(msgspec.json.format(msgspec.json.encode(data)) + b"\n")
        console.print(f"Wrote {output}.")


@app.command()
def erase(email: Email, yes: Yes = False, tenant: Tenant = None) -> None:
    """Remove a user with everything that core and the plugins keep of them. There is no way back."""
    if not yes:
        typer.confirm(f"Remove {email} with all of their progress, points and answers?", abort=True)

    async def remove() -> None:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            await erase_user(ctx, (await user_by_email(ctx, email)).id)

    run(remove())
    console.print(f"{email} is gone.")
