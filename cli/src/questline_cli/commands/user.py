"""`user`: people of a tenant."""

from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from questline_cli.commands import user_import
from questline_cli.explaining import show_explanation
from questline_cli.output import Json, Yes, console, show_json, show_rows
from questline_cli.site import opened, run
from questline_core.access.explain import course_by_slug, explain
from questline_core.access.schemas import Explanation
from questline_core.auth.accounts import create_user, set_password, set_role, set_status, user_by_email
from questline_core.auth.factors import remove_every_factor
from questline_core.auth.models import User
from questline_core.auth.queries import list_people
from questline_core.auth.schemas import Person
from questline_core.auth.sessions import end_sessions_of
from questline_core.people.profile import profile_of
from questline_core.privacy.person import erase_user, export_user
from questline_sdk.permissions import Role

app = typer.Typer(help="Create, import, find, suspend and change users.", no_args_is_help=True)
app.command("import")(user_import.import_people)
Tenant = Annotated[str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")]
COLUMNS = ("email", "display_name", "role", "status", "last_seen_at")
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


@app.command("list")
def list_users(
    search: Annotated[str | None, typer.Option(help="Part of a name, an address or an external id.")] = None,
    role: Annotated[Role | None, typer.Option(help="Only those with this role.")] = None,
    status: Annotated[str | None, typer.Option(help="Only those who are active, or suspended.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Most users to show.")] = 100,
    tenant: Tenant = None,
    as_json: Json = False,
) -> None:
    """Show users, by name."""

    async def read() -> list[Person]:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            page = await list_people(
                ctx, search=search, sort="display_name", cursor=None, limit=limit, role=role, status=status
            )
            return page.items

    show_rows(run(read()), COLUMNS, as_json=as_json, empty="Nobody fits.")


@app.command()
def show(email: Email, tenant: Tenant = None, as_json: Json = False) -> None:
    """Show a user's profile and how their account stands."""

    async def read() -> dict[str, Any]:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            user = await user_by_email(ctx, email)
            profile = await profile_of(ctx, user.id, managed=True)
            stands = {name: getattr(user, name) for name in ("role", "status", "external_id", "created_at")}
            seen = {"last_seen_at": user.last_seen_at, "email_verified": user.email_verified_at is not None}
            values = {each.name: each.value for each in profile.fields if each.value is not None}
            about = {name: value for name, value in msgspec.structs.asdict(profile).items() if name != "fields"}
            return about | stands | seen | {"fields": values}

    user = run(read())
    if as_json:
        show_json(user)
        return
    for name, value in (user | user.pop("fields")).items():
        console.print(f"[bold]{name.replace('_', ' '):<16}[/] {'-' if value is None else value}", markup=True)


@app.command()
def suspend(email: Email, tenant: Tenant = None, as_json: Json = False) -> None:
    """Let a user in no more; their sessions end at once."""
    _set_status(email, "suspended", tenant, as_json=as_json)


@app.command()
def reactivate(email: Email, tenant: Tenant = None, as_json: Json = False) -> None:
    """Let a suspended user in again."""
    _set_status(email, "active", tenant, as_json=as_json)


def _set_status(email: str, status: str, tenant: str | None, *, as_json: bool) -> None:
    async def change() -> User:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            return await set_status(ctx, (await user_by_email(ctx, email)).id, status)

    user = run(change())
    if as_json:
        show_json({"id": user.id, "email": user.email, "status": user.status})
    else:
        console.print(f"{user.email} is {user.status}.")


@app.command()
def role(email: Email, role: Annotated[Role, typer.Argument(help="New role.")], tenant: Tenant = None) -> None:
    """Give a user another role; it holds at once."""

    async def change() -> None:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            await set_role(ctx, (await user_by_email(ctx, email)).id, role)

    run(change())
    console.print(f"{email} is now {role.value}.")


@app.command("explain")
def explain_permission(
    email: Email,
    permission: Annotated[str, typer.Argument(help="For example content.course.manage.")],
    course: Annotated[str | None, typer.Option(help="Slug of the course it is about.")] = None,
    tenant: Tenant = None,
    as_json: Json = False,
) -> None:
    """Say why somebody may do something, or why not: by which role, where, and who gave it to them."""

    async def ask() -> Explanation:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            course_id = None if course is None else await course_by_slug(ctx, course)
            return await explain(ctx, (await user_by_email(ctx, email)).id, permission, course_id=course_id)

    said = run(ask())
    if as_json:
        show_json(said)
    else:
        show_explanation(said)


@app.command("reset-second-factor")
def reset_second_factor(email: Email, tenant: Tenant = None) -> None:
    """Remove a user's authenticator app, passkeys and recovery codes, for who has lost them; their sessions end."""

    async def reset() -> None:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            user = await user_by_email(ctx, email)
            await remove_every_factor(ctx, user.id)
            await end_sessions_of(ctx, user.id, reason="factor_reset")

    run(reset())
    console.print(f"{email} logs in with the password alone now. Make sure that it was them who asked.")


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
