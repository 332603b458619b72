"""`webhook`: addresses that are told of events, and what was sent to them."""

from typing import Annotated
from uuid import UUID

import typer

from questline_cli.output import Json, console, fail, show_json, show_rows
from questline_cli.site import opened, run
from questline_core.webhooks import service
from questline_core.webhooks.queueing import Attempt
from questline_core.webhooks.schemas import DeliveryCard, DeliveryLog, NewWebhook, State, WebhookCard, WebhookSecret
from questline_core.webhooks.sending import make_attempt
from questline_sdk import Page

app = typer.Typer(help="Tell other systems of events.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")]
Webhook = Annotated[UUID, typer.Argument(help="Id of the webhook.")]


@app.command("list")
def list_webhooks(tenant: Tenant = None, as_json: Json = False) -> None:
    """List the webhooks of a tenant."""

    async def read() -> list[WebhookCard]:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            return (await service.list_webhooks(ctx)).items

    columns = ["id", "url", "description", "event_types", "enabled", "disabled_reason", "failing_since"]
    show_rows(run(read()), columns, as_json=as_json, empty="There are no webhooks.")


@app.command()
def create(
    url: Annotated[str, typer.Argument(help="Where messages are posted to.")],
    event: Annotated[list[str] | None, typer.Option("--event", "-e", help="A type of events; all if left out.")] = None,
    description: Annotated[str, typer.Option(help="What it is for.")] = "",
    tenant: Tenant = None,
    as_json: Json = False,
) -> None:
    """Make a webhook and print its secret, this once."""

    async def make() -> WebhookSecret:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            wanted = NewWebhook(url=url, event_types=event or ["*"], description=description)
            return await service.create_webhook(ctx, wanted)

    made = run(make())
    if as_json:
        show_json(made)
        return
    console.print(f"Made the webhook [bold]{made.webhook.id}[/]. Its secret, shown this once:\n{made.secret}")


@app.command("test")
def try_out(webhook: Webhook, tenant: Tenant = None, as_json: Json = False) -> None:
    """Send a test message now and say what was answered."""

    async def send() -> DeliveryLog:
        async with opened() as site:
            tenant_id = (await site.tenant(tenant)).id
            async with site.host.context(tenant_id) as ctx:
                delivery = await service.ping(ctx, webhook, queue=False)
            await make_attempt(site.host, tenant_id, Attempt(delivery_id=delivery.id, number=1, tries=1))
            async with site.host.context(tenant_id) as ctx:
                return await service.get_delivery(ctx, webhook, delivery.id)

    log = run(send())
    if as_json:
        show_json(log)
    elif log.delivery.state == "delivered":
        console.print(f"Delivered in {log.attempts[0].milliseconds} ms; the answer was {log.delivery.status}.")
    if log.delivery.state != "delivered":
        fail(log.delivery.error or f"the answer was {log.delivery.status}: {log.attempts[0].response_body[:200]}")


@app.command()
def deliveries(
    webhook: Webhook,
    state: Annotated[str | None, typer.Option(help="Only `pending`, `delivered` or `failed` ones.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many, the newest first.")] = 20,
    tenant: Tenant = None,
    as_json: Json = False,
) -> None:
    """List what was sent to a webhook."""
    wanted: dict[str | None, State | None] = {
        None: None, "pending": "pending", "delivered": "delivered", "failed": "failed"
    }  # fmt: skip
    if state not in wanted:
        fail(f"there is no state {state!r}; use pending, delivered or failed")

    async def read() -> Page[DeliveryCard]:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            return await service.list_deliveries(ctx, webhook, state=wanted[state], cursor=None, limit=limit)

    columns = ["id", "event_type", "occurred_at", "state", "attempts", "status", "error", "next_at"]
    show_rows(run(read()).items, columns, as_json=as_json, empty="Nothing was sent.")
