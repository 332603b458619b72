"""`keys`: what signs the access tokens, and what encrypts secrets in the database."""

import datetime as dt
from typing import Annotated

import msgspec
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy import text

from questline_cli.encryption import places, seal_open_values
from questline_cli.output import Json, Yes, console, errors, fail, show_json, show_rows
from questline_cli.site import opened, run
from questline_core.auth.keys import LEAD, LONGEST_TOKEN, Key, rotate_keys
from questline_core.encryption.ring import new_ring_key
from questline_core.encryption.rotation import Rotation, rotate_encryption
from questline_core.encryption.usage import RingUsage, ring_usage

app = typer.Typer(help="See and rotate the keys that sign access tokens and encrypt secrets.", no_args_is_help=True)
COLUMNS = ("id", "state", "active_from", "verifies_until")
RING_COLUMNS = ("id", "state", "data_keys", "signing_keys")
DESTROY = text("DELETE FROM core.data_key")


class KeyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A key without its private half."""

    id: str
    state: str
    active_from: dt.datetime
    verifies_until: dt.datetime | None


class KeyLists(msgspec.Struct, frozen=True, kw_only=True):
    """The keys that sign tokens, and the ring that encrypts."""

    signing: list[KeyRow]
    encryption: RingUsage


@app.command("list")
def list_keys(as_json: Json = False) -> None:
    """List the keys: which sign and verify tokens; which of the ring encrypt, are needed still, or may be removed."""

    async def read() -> KeyLists:
        async with opened() as site, places(site.host) as where:
            signing = [_row(key, site.host.clock()) for key in site.host.tokens.keys]
            return KeyLists(signing=signing, encryption=await ring_usage(where, site.host.vault.ring))

    found = run(read())
    if as_json:
        show_json(found)
        return
    console.print("[bold]Signing[/]")
    show_rows(found.signing, COLUMNS, as_json=False, empty="There is no key.")
    console.print("\n[bold]Encryption[/]")
    show_rows(found.encryption.keys, RING_COLUMNS, as_json=False, empty="There is no key.")
    if found.encryption.interrupted:
        console.print("A rotation was interrupted; `questline keys rotate --encrypt` finishes it.")


@app.command()
def rotate(
    encrypt: Annotated[bool, typer.Option("--encrypt", help="Encrypt every secret anew, while the site runs.")] = False,
    as_json: Json = False,
) -> None:
    """Make a new signing key; running processes take it over without a restart, and nobody is signed out.

    With --encrypt, give every tenant a new data key instead, wrapped by the first key of the ring, and encrypt every
    secret anew. It may be interrupted at any point: the next one goes on where it stopped.
    """
    if encrypt:
        _show_rotation(run(_rotate_encryption()), as_json=as_json)
        return

    async def make() -> str:
        async with opened() as site:
            return await rotate_keys(site.owner_engine, site.host.vault.ring, now=site.host.clock())

    name = run(make())
    if as_json:
        show_json({"id": name, "active_in_seconds": LEAD.seconds})
    else:
        hours = LONGEST_TOKEN.seconds // 3600
        console.print(f"Key [bold]{name}[/] signs in {LEAD.seconds} s; the former verifies for {hours} h more.")


@app.command()
def generate(name: Annotated[str, typer.Argument(help="An id for the key, e.g. the month it is made in.")]) -> None:
    """Print a new key for the ring (QUESTLINE_ENCRYPTION_KEYS, or a line of the file); nothing is stored."""
    try:
        console.print(new_ring_key(name), markup=False)
    except ValueError as error:
        fail(str(error))


@app.command()
def destroy(
    tenant: Annotated[str, typer.Argument(help="The tenant's slug.")], yes: Yes = False, as_json: Json = False
) -> None:
    """Destroy a tenant's data keys: everything sealed of it is gone for good, also in backups without the keys."""
    if not yes:
        typer.confirm(f"Every secret of {tenant} will be gone for good. Go on?", abort=True)
    count = run(_destroy(tenant))
    if as_json:
        show_json({"destroyed": count})
    else:
        console.print(f"{count} destroyed.")


async def _rotate_encryption() -> Rotation:
    total = Rotation()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[values]}"))
    async with opened() as site, places(site.host) as where:
        await seal_open_values(site.host, where)
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
            task = progress.add_task("tenants", total=None, values="")
            for engine, tenants in where:
                found = await rotate_encryption(
                    engine,
                    site.host.vault,
                    tenants,
                    secret=site.host.settings.require("secret_key"),
                    on_step=lambda done, number, values: progress.update(
                        task, completed=done, total=number, values=f"{values:,} values"
                    ),
                )
                total = _sum(total, found)
    return total


def _sum(first: Rotation, second: Rotation) -> Rotation:
    names = ("tenants", "values", "removed_keys", "lost", "waiting")
    sums = {name: getattr(first, name) + getattr(second, name) for name in names}
    return Rotation(**sums, resumed=first.resumed or second.resumed)


def _show_rotation(result: Rotation, *, as_json: bool) -> None:
    if as_json:
        show_json(result)
    else:
        console.print("The interrupted rotation was finished." if result.resumed else "Every tenant has a new key.")
        console.print(f"{result.values:,} values encrypted anew, {result.removed_keys:,} former keys removed.")
    if result.lost:
        errors.print(f"[bold red]error:[/] {result.lost:,} values do not open; their keys were kept")
    if result.waiting:
        errors.print(f"[bold red]error:[/] {result.waiting:,} values are held by others; run this again")
    if result.lost or result.waiting:
        raise typer.Exit(1)


async def _destroy(slug: str) -> int:
    async with opened() as site, places(site.host) as where:
        tenant = await site.tenant(slug)
        async with site.host.context(tenant.id) as ctx:
            await ctx.audit("tenant.keys.destroyed", subject=("tenant", tenant.id))
        engine = next(engine for engine, tenants in where if tenant.id in tenants)
        async with engine.begin() as connection:
            await connection.execute(text(f"SET LOCAL questline.tenant_id = '{tenant.id!s}'"))
            return (await connection.execute(DESTROY)).rowcount


def _row(key: Key, now: dt.datetime) -> KeyRow:
    if key.active_from > now:
        state = "coming"
    elif key.former_until is None or key.former_until - LONGEST_TOKEN > now:
        state = "signs"
    else:
        state = "verifies" if key.former_until > now else "over"
    return KeyRow(id=key.id, state=state, active_from=key.active_from, verifies_until=key.former_until)
