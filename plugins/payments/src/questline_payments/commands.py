"""`questline payments`: reconcile with a provider, and replay messages."""

import asyncio
import datetime as dt
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from questline_sdk.commands import tenant_context

if TYPE_CHECKING:
    from questline_payments.reconciling import Reconciliation

app = typer.Typer(help="Reconcile with payment providers, and replay their messages.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")]


@app.command()
def reconcile(
    provider: Annotated[str, typer.Argument(help="Name of the provider, as payments_stripe.")],
    since: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The first day (UTC); 30 days ago if left out.")
    ] = None,
    repair: Annotated[bool, typer.Option("--repair", help="Bring the ledger to what the provider says.")] = False,
    tenant: Tenant = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare the ledger with what a provider says of every payment; ends with 1 where they differ still."""

    async def run() -> "Reconciliation":
        from questline_payments.reconciling import reconcile as compare

        async with tenant_context(tenant) as ctx:
            first = since.replace(tzinfo=dt.UTC) if since else ctx.now - dt.timedelta(days=30)
            return await compare(ctx, provider, first, repair=repair)

    found = asyncio.run(run())
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found)).decode())
    else:
        for each in found.differences:
            typer.echo(
                f"{each.payment_id}  {each.what}  provider {each.provider_amount}, ledger {each.ledger_amount}"
                f" {each.currency} (minor units)  order {each.order_id or '-'}"
            )
        typer.echo(f"{found.checked} payments, {len(found.differences)} differences, {found.repaired} repaired")
    if len(found.differences) and not repair:
        raise typer.Exit(1)


@app.command()
def replay(
    state: Annotated[str, typer.Option(help="Messages of this state: failed, waiting or done.")] = "failed",
    since: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Those received from this day (UTC) only.")
    ] = None,
    tenant: Tenant = None,
) -> None:
    """Queue messages again; the worker acts on them, and the books take nothing twice."""

    async def run() -> int:
        from questline_payments.replaying import replay_all

        async with tenant_context(tenant) as ctx:
            return await replay_all(ctx, state, since.replace(tzinfo=dt.UTC) if since else None)

    if state not in {"failed", "waiting", "done"}:
        raise typer.BadParameter("is failed, waiting or done", param_hint="--state")
    typer.echo(f"{asyncio.run(run())} messages are queued.")
