"""`key`: API keys of people and service accounts."""

from typing import Annotated
from uuid import UUID

import msgspec
import typer
from sqlalchemy import select

from questline_cli.output import Json, Yes, console, fail, show_json, show_rows
from questline_cli.site import opened, run
from questline_core.access.api_keys import create_key, list_keys, revoke_key
from questline_core.access.granting import grant_role
from questline_core.access.key_schemas import ApiKeyCard, MadeApiKey, NewApiKey, NewServiceAccount
from questline_core.access.models import ServiceAccount
from questline_core.access.schemas import NewGrant
from questline_core.access.service_accounts import create_service_account
from questline_core.auth.accounts import user_by_email
from questline_core.context import HostContext

app = typer.Typer(help="List, create and revoke API keys.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")]
COLUMNS = ("prefix", "owner", "name", "state", "permissions", "expires_at", "last_used_at")


class KeyLine(msgspec.Struct, frozen=True, kw_only=True):
    """A key as a line of the list."""

    id: UUID
    prefix: str
    owner: str
    name: str
    state: str
    permissions: list[str] | str
    expires_at: str | None
    last_used_at: str | None


@app.command("list")
def list_all(tenant: Tenant = None, as_json: Json = False) -> None:
    """List the keys of everybody; those that ended long ago are left out."""

    async def read() -> list[ApiKeyCard]:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            return await list_keys(ctx)

    rows = run(read())
    show_rows([_line(row) for row in rows], COLUMNS, as_json=as_json, empty="There is no API key.")


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    service: Annotated[
        str | None, typer.Option("--service", help="Name of the service account; made if there is none.")
    ] = None,
    user: Annotated[str | None, typer.Option("--user", help="E-mail address of the person.")] = None,
    role: Annotated[list[str] | None, typer.Option("--role", help="Role to give to the service account.")] = None,
    permission: Annotated[
        list[str] | None, typer.Option("--permission", "-p", help="What the key is limited to; may be repeated.")
    ] = None,
    days: Annotated[int, typer.Option(min=0, max=730, help="Days until it expires; 0 for never.")] = 90,
    tenant: Tenant = None,
    as_json: Json = False,
) -> None:
    """Make a key for a person or a service account, and print it: it is shown this once."""
    if (service is None) == (user is None):
        fail("Name a person (--user) or a service account (--service).")

    async def make() -> MadeApiKey:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            owner = (await user_by_email(ctx, user)).id if user else await _service(ctx, service or "", role or [])
            wanted = {"name": name, "permissions": permission, "expires_in_days": days or None}
            return await create_key(ctx, msgspec.convert(wanted, NewApiKey), of=owner)

    made = run(make())
    if as_json:
        show_json(made)
        return
    console.print(made.key)
    console.print("[dim]Keep it now: it is not shown again.[/]")


@app.command()
def revoke(
    prefix: Annotated[str, typer.Argument(help="How the key begins, as `key list` shows it.")],
    yes: Yes = False,
    tenant: Tenant = None,
) -> None:
    """End a key at once, with the tokens that were asked for with it."""
    if not yes:
        typer.confirm(f"End the key {prefix}?", abort=True)

    async def end() -> ApiKeyCard | None:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            card = next((each for each in await list_keys(ctx) if each.prefix == prefix), None)
            if card is not None:
                await revoke_key(ctx, card.id)
            return card

    card = run(end())
    if card is None:
        fail(f"There is no key that begins with {prefix}; `questline key list` shows them.")
    console.print(f"{prefix} of {card.owner.name} is good no more.")


async def _service(ctx: HostContext, name: str, roles: list[str]) -> UUID:
    account_id = await ctx.session.scalar(select(ServiceAccount.id).where(ServiceAccount.name == name))
    if account_id is None:
        account_id = (await create_service_account(ctx, NewServiceAccount(name=name))).account.id
    for role in roles:
        await grant_role(ctx, NewGrant(role=role, service_account_id=account_id))
    return account_id


def _line(card: ApiKeyCard) -> KeyLine:
    return KeyLine(
        id=card.id,
        prefix=card.prefix,
        owner=card.owner.email or card.owner.name,
        name=card.name,
        state=card.state,
        permissions=card.permissions if card.permissions is not None else "all",
        expires_at=f"{card.expires_at:%Y-%m-%d}" if card.expires_at else None,
        last_used_at=f"{card.last_used_at:%Y-%m-%d %H:%M}" if card.last_used_at else None,
    )
