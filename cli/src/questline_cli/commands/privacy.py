"""`privacy`: people's requests, legal holds, what is kept how long, and archives that somebody brings along."""

from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import typer
from rich.progress import Progress

from questline_cli.output import Json, Yes, console, errors, fail, show_json, show_rows
from questline_cli.site import opened, run
from questline_core.auth.accounts import user_by_email
from questline_core.auth.keys import KeySet
from questline_core.privacy import cards, holds, requests
from questline_core.privacy.archive import write_archive
from questline_core.privacy.register import as_csv, register
from questline_core.privacy.retention import clear, schedules
from questline_core.privacy.signing import ArchiveError, ArchiveKey, Verified, verify_archive

app = typer.Typer(help="Answer for people's privacy.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")]
Email = Annotated[str, typer.Argument(help="E-mail address.")]


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="An archive that the site made.")],
    keys: Annotated[
        Path | None, typer.Option(help="What /api/v1/privacy/keys answered, to verify without the site.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check that an archive is from this site, whole and unaltered."""

    async def own_keys() -> KeySet:
        async with opened() as site:
            return ArchiveKey.of(site.host.settings).public

    try:
        known = msgspec.json.decode(keys.read_bytes(), type=KeySet) if keys else run(own_keys())
        verified: Verified = verify_archive(file, known)
    except (ArchiveError, OSError, msgspec.DecodeError) as error:
        fail(f"{file}: {error}")
    if as_json:
        show_json(verified)
    else:
        console.print(f"[green]ok[/] {file}: {verified.files} files of {verified.site}, signed with {verified.key}")


@app.command()
def export(
    email: Email,
    output: Annotated[Path, typer.Option("--output", "-o", help="The archive to write.")],
    tenant: Tenant = None,
) -> None:
    """Write somebody's archive at once, without a request."""

    async def write() -> None:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            user = await user_by_email(ctx, email)
            with Progress(console=console, transient=True) as progress, output.open("wb") as file:
                task = progress.add_task("begin")

                async def on_step(step: str, done: int, total: int) -> None:
                    progress.update(task, description=step, completed=done, total=total)

                await write_archive(ctx, user.id, file, on_step=on_step)
            await ctx.audit("privacy.export.written", subject=("user", user.id))

    run(write())
    console.print(f"Wrote {output}.")


@app.command("requests")
def list_requests(tenant: Tenant = None, as_json: Json = False) -> None:
    """Show what people asked for, newest first."""

    async def read() -> list[Any]:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            return (await cards.privacy_requests(ctx, kind=None, state=None, cursor=None, limit=100)).items

    columns = ("id", "kind", "state", "requested_at", "due_at", "finished_at", "problem")
    show_rows(run(read()), columns, as_json=as_json, empty="Nobody has asked for anything.")


@app.command()
def request(
    kind: Annotated[Literal["export", "erasure"], typer.Argument(help="What.")],
    email: Email,
    tenant: Tenant = None,
    yes: Yes = False,
) -> None:
    """Begin an export or an erasure for somebody, as if they had asked on their privacy page."""
    if kind == "erasure" and not yes:
        typer.confirm(f"Have {email} erased once the days of grace are over?", abort=True)

    async def make() -> Any:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            user = await user_by_email(ctx, email)
            begin = requests.request_export if kind == "export" else requests.request_erasure
            return await begin(ctx, user.id)

    made = run(make())
    console.print(f"{made.kind} {made.id} is {made.state}, due {made.due_at:%Y-%m-%d %H:%M} UTC.")


@app.command()
def hold(email: Email, reason: Annotated[str, typer.Option(help="Why.")], tenant: Tenant = None) -> None:
    """Keep somebody's data: they cannot be erased while the hold is in force."""

    async def make() -> UUID:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            return (await holds.set_hold(ctx, (await user_by_email(ctx, email)).id, reason)).id

    console.print(f"Hold {run(make())} is in force.")


@app.command()
def lift(
    hold_id: Annotated[UUID, typer.Argument(help="The hold.")],
    reason: Annotated[str, typer.Option(help="Why.")],
    tenant: Tenant = None,
) -> None:
    """End a hold; an erasure that waits for it goes on."""

    async def end() -> None:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            await holds.lift_hold(ctx, hold_id, reason)

    run(end())
    console.print("The hold is lifted.")


@app.command("holds")
def list_holds(tenant: Tenant = None, as_json: Json = False) -> None:
    """Show the legal holds, those in force first."""

    async def read() -> list[Any]:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            return await cards.holds(ctx)

    show_rows(run(read()), ("id", "reason", "set_at", "lifted_at"), as_json=as_json, empty="There are no holds.")


@app.command()
def retention(
    apply: Annotated[bool, typer.Option("--apply", help="Delete it now; without, only count.")] = False,
    tenant: Tenant = None,
    as_json: Json = False,
) -> None:
    """Show what is past its time, or delete it."""

    async def read() -> list[Any]:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            found = await schedules(ctx)
            if apply:
                await clear(ctx)
            return found

    columns = ("table", "after", "declared_days", "days", "due")
    show_rows(run(read()), columns, as_json=as_json, empty="Nothing is cleared by time.")
    if not apply:
        errors.print("[dim]Nothing was deleted; --apply does, and the nightly job.[/]")


@app.command("register")
def show_register(
    as_json: Json = False, as_csv_text: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False
) -> None:
    """Show the register of data processing, generated from what the columns declare."""

    async def read() -> list[Any]:
        async with opened() as site:
            return list(register(site.host.registry))

    entries = run(read())
    if as_csv_text:
        typer.echo(as_csv(entries), nl=False)
        return
    show_rows(entries, ("owner", "table", "column", "category", "purpose"), as_json=as_json, empty="Nothing is kept.")
