"""The HTTP API of webhooks."""

from typing import Annotated
from uuid import UUID

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from questline_core.context import HostContext
from questline_core.webhooks import service
from questline_core.webhooks.schemas import (
    DeliveryCard,
    DeliveryLog,
    EventTypeCard,
    NewWebhook,
    State,
    WebhookCard,
    WebhookChanges,
    WebhookSecret,
)
from questline_sdk import Page
from questline_sdk.pages import DEFAULT_LIMIT, MAX_LIMIT

MANAGE = "tenant.webhooks.manage"
Ctx = NamedDependency[HostContext]
Cursor = Annotated[str | None, QueryParameter(max_length=200, description="`next_cursor` of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT, description="Deliveries on a page.")]


@get("/webhooks", operation_id="list_webhooks", permission=MANAGE, summary="The webhooks")
async def list_webhooks(ctx: Ctx) -> Page[WebhookCard]:
    """The addresses that are told of events; there are few, so they are all on one page."""
    return await service.list_webhooks(ctx)


@post("/webhooks", operation_id="create_webhook", permission=MANAGE, summary="Make a webhook")
async def create_webhook(ctx: Ctx, data: JSONBody[NewWebhook]) -> WebhookSecret:
    """Tell an address of events from now on; the secret that signs them is shown this once."""
    return await service.create_webhook(ctx, data)


@get(
    "/webhooks/event-types", operation_id="list_webhook_event_types", permission=MANAGE, summary="What there is to tell"
)
async def list_event_types(ctx: Ctx) -> list[EventTypeCard]:
    """The types of events that core and the tenant's plugins publish."""
    return await service.event_types(ctx)


@get("/webhooks/{webhook_id:uuid}", operation_id="get_webhook", permission=MANAGE, summary="One webhook")
async def get_webhook(ctx: Ctx, webhook_id: FromPath[UUID]) -> WebhookCard:
    """A webhook, without its secret."""
    return await service.get_webhook(ctx, webhook_id)


@patch("/webhooks/{webhook_id:uuid}", operation_id="update_webhook", permission=MANAGE, summary="Change a webhook")
async def update_webhook(ctx: Ctx, webhook_id: FromPath[UUID], data: JSONBody[WebhookChanges]) -> WebhookCard:
    """Change its address or its events, or switch it on or off."""
    return await service.update_webhook(ctx, webhook_id, data)


@delete("/webhooks/{webhook_id:uuid}", operation_id="delete_webhook", permission=MANAGE, summary="Remove a webhook")
async def delete_webhook(ctx: Ctx, webhook_id: FromPath[UUID]) -> None:
    """Remove it with its log; what is under way is not sent any more."""
    await service.delete_webhook(ctx, webhook_id)


@post(
    "/webhooks/{webhook_id:uuid}/secret",
    operation_id="rotate_webhook_secret",
    permission=MANAGE,
    summary="Change the secret",
)
async def rotate_webhook_secret(ctx: Ctx, webhook_id: FromPath[UUID]) -> WebhookSecret:
    """Make a new secret and show it this once; for 24 hours messages are signed with the former one, too."""
    return await service.rotate_secret(ctx, webhook_id)


@post(
    "/webhooks/{webhook_id:uuid}/ping",
    operation_id="ping_webhook",
    permission=MANAGE,
    status_code=202,
    summary="Send a test message",
)
async def ping_webhook(ctx: Ctx, webhook_id: FromPath[UUID]) -> DeliveryCard:
    """Send `webhook.ping`, once; what came of it stands in the log a moment later."""
    return await service.ping(ctx, webhook_id)


@get(
    "/webhooks/{webhook_id:uuid}/deliveries",
    operation_id="list_webhook_deliveries",
    permission=MANAGE,
    summary="What was sent",
)
async def list_deliveries(
    ctx: Ctx,
    webhook_id: FromPath[UUID],
    wanted: Annotated[State | None, QueryParameter(name="state", description="Only deliveries in this state.")] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[DeliveryCard]:
    """The deliveries of the last 30 days, the newest first."""
    return await service.list_deliveries(ctx, webhook_id, state=wanted, cursor=cursor, limit=limit)


@get(
    "/webhooks/{webhook_id:uuid}/deliveries/{delivery_id:uuid}",
    operation_id="get_webhook_delivery",
    permission=MANAGE,
    summary="One delivery",
)
async def get_delivery(ctx: Ctx, webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]) -> DeliveryLog:
    """What was sent, and what was answered at each attempt."""
    return await service.get_delivery(ctx, webhook_id, delivery_id)


@post(
    "/webhooks/{webhook_id:uuid}/deliveries/{delivery_id:uuid}/redelivery",
    operation_id="redeliver_webhook",
    permission=MANAGE,
    status_code=202,
    summary="Send again",
)
async def redeliver_webhook(ctx: Ctx, webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]) -> DeliveryCard:
    """Send a message again under its former id, as often as a new one."""
    return await service.redeliver(ctx, webhook_id, delivery_id)


router = Router(
    "/api/v1",
    route_handlers=[
        list_webhooks,
        create_webhook,
        list_event_types,
        get_webhook,
        update_webhook,
        delete_webhook,
        rotate_webhook_secret,
        ping_webhook,
        list_deliveries,
        get_delivery,
        redeliver_webhook,
    ],
    tags=["webhooks"],
)
