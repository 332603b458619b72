"""Webhooks of a tenant: made, changed, tried out, given new secrets; and what was sent to them."""

import datetime as dt
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from sqlalchemy import and_, func, select

from questline_core.audit.service import record
from questline_core.context import HostContext
from questline_core.edge.networks import parse_networks
from questline_core.events.queue import put
from questline_core.plugins.enablement import announce
from questline_core.webhooks.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from questline_core.webhooks.queueing import Attempt, attempt_message
from questline_core.webhooks.schemas import (
    AttemptCard,
    DeliveryCard,
    DeliveryLog,
    EventTypeCard,
    NewWebhook,
    State,
    WebhookCard,
    WebhookChanges,
    WebhookSecret,
)
from questline_core.webhooks.sending import PING, body_of, message_id
from questline_core.webhooks.signing import new_secret
from questline_core.webhooks.subscribed import EVERY
from questline_sdk import Conflict, Invalid, NotFound, Page
from questline_sdk.pages import decode_cursor, paginate

MOST = 50
OVERLAP = dt.timedelta(hours=24)
"""How long messages are signed with the former secret, too."""


async def list_webhooks(ctx: HostContext) -> Page[WebhookCard]:
    """Every webhook, the oldest first."""
    rows = await ctx.session.scalars(select(WebhookEndpoint).order_by(WebhookEndpoint.id))
    return Page(items=[_card(ctx, row) for row in rows])


async def get_webhook(ctx: HostContext, webhook_id: UUID) -> WebhookCard:
    """One webhook; raises `NotFound`."""
    return _card(ctx, await _endpoint(ctx, webhook_id))


async def create_webhook(ctx: HostContext, wanted: NewWebhook) -> WebhookSecret:
    """Make a webhook; its secret is shown this once."""
    if (await ctx.session.scalar(select(func.count()).select_from(WebhookEndpoint)) or 0) >= MOST:
        raise Conflict(f"There are {MOST} webhooks already; remove one first.", code="too_many_webhooks")
    _check_url(ctx, wanted.url)
    await _check_types(ctx, wanted.event_types)
    secret = new_secret()
    endpoint = WebhookEndpoint(
        url=wanted.url,
        description=wanted.description.strip(),
        event_types=sorted(set(wanted.event_types)),
        enabled=True,
        secret=secret,
        created_at=ctx.now,
    )
    ctx.session.add(endpoint)
    await ctx.session.flush()
    await _changed(ctx, endpoint, "tenant.webhook.created", before=None)
    return WebhookSecret(webhook=_card(ctx, endpoint), secret=secret)


async def update_webhook(ctx: HostContext, webhook_id: UUID, changes: WebhookChanges) -> WebhookCard:
    """Change a webhook; one that is switched on again starts with a clean record."""
    endpoint = await _endpoint(ctx, webhook_id, lock=True)
    before = _said(endpoint)
    if changes.url is not msgspec.UNSET:
        _check_url(ctx, changes.url)
        endpoint.url = changes.url
    if changes.event_types is not msgspec.UNSET:
        await _check_types(ctx, changes.event_types)
        endpoint.event_types = sorted(set(changes.event_types))
    if changes.description is not msgspec.UNSET:
        endpoint.description = changes.description.strip()
    if changes.enabled is not msgspec.UNSET and changes.enabled != endpoint.enabled:
        endpoint.enabled = changes.enabled
        endpoint.disabled_reason = endpoint.failing_since = None
    if _said(endpoint) != before:
        await ctx.session.flush()
        await _changed(ctx, endpoint, "tenant.webhook.changed", before=before)
    return _card(ctx, endpoint)


async def delete_webhook(ctx: HostContext, webhook_id: UUID) -> None:
    """Remove a webhook and its log."""
    endpoint = await _endpoint(ctx, webhook_id, lock=True)
    before = _said(endpoint)
    await ctx.session.delete(endpoint)
    await ctx.session.flush()
    await record(ctx, "tenant.webhook.deleted", subject=("webhook", webhook_id), before=before)
    await announce(ctx.session, f"webhooks:{ctx.tenant_id}")


async def rotate_secret(ctx: HostContext, webhook_id: UUID) -> WebhookSecret:
    """Give a webhook a new secret; for a day, messages are signed with the former one, too."""
    endpoint = await _endpoint(ctx, webhook_id, lock=True)
    endpoint.previous_secret, endpoint.previous_until = endpoint.secret, ctx.now + OVERLAP
    endpoint.secret = secret = new_secret()
    await ctx.session.flush()
    await record(ctx, "tenant.webhook.secret_rotated", subject=("webhook", webhook_id))
    return WebhookSecret(webhook=_card(ctx, endpoint), secret=secret)


async def ping(ctx: HostContext, webhook_id: UUID, *, queue: bool = True) -> DeliveryCard:
    """Send a test message, once; also to a webhook that is switched off."""
    endpoint = await _endpoint(ctx, webhook_id)
    delivery = WebhookDelivery(
        endpoint_id=endpoint.id, event_type=PING, occurred_at=ctx.now, next_at=ctx.now, state="pending", attempts=0
    )
    ctx.session.add(delivery)
    await ctx.session.flush()
    if queue:
        await _queue(ctx, delivery)
    return _delivery_card(delivery, None)


async def redeliver(ctx: HostContext, webhook_id: UUID, delivery_id: UUID) -> DeliveryCard:
    """Send a message again, under the id it had; raises `Conflict` while it is waiting for its next attempt."""
    endpoint = await _endpoint(ctx, webhook_id)
    delivery = await _delivery(ctx, webhook_id, delivery_id, lock=True)
    if delivery.state == "pending":
        raise Conflict("This message is being delivered already.", code="delivery_pending")
    if not endpoint.enabled and delivery.event_id is not None:
        raise Conflict("The webhook is switched off; switch it on first.", code="webhook_disabled")
    delivery.state, delivery.next_at, delivery.finished_at = "pending", ctx.now, None
    await ctx.session.flush()
    await record(ctx, "tenant.webhook.redelivered", subject=("webhook_delivery", delivery.id))
    await _queue(ctx, delivery)
    return _delivery_card(delivery, await _last_attempt(ctx, delivery))


async def list_deliveries(
    ctx: HostContext, webhook_id: UUID, *, state: State | None, cursor: str | None, limit: int
) -> Page[DeliveryCard]:
    """What was sent to a webhook, the newest first."""
    await _endpoint(ctx, webhook_id)
    last = and_(
        WebhookAttempt.tenant_id == WebhookDelivery.tenant_id,
        WebhookAttempt.delivery_id == WebhookDelivery.id,
        WebhookAttempt.number == WebhookDelivery.attempts,
    )
    statement = (
        select(WebhookDelivery, WebhookAttempt)
        .outerjoin(WebhookAttempt, last)
        .where(WebhookDelivery.endpoint_id == webhook_id)
        .order_by(WebhookDelivery.id.desc())
        .limit(limit + 1)
    )
    if state is not None:
        statement = statement.where(WebhookDelivery.state == state)
    if cursor is not None:
        statement = statement.where(WebhookDelivery.id < decode_cursor(cursor, tuple[UUID])[0])
    rows = [_delivery_card(delivery, attempt) for delivery, attempt in (await ctx.session.execute(statement)).all()]
    return paginate(rows, limit, lambda each: (each.id,))


async def get_delivery(ctx: HostContext, webhook_id: UUID, delivery_id: UUID) -> DeliveryLog:
    """A message and every attempt to deliver it, the newest first."""
    delivery = await _delivery(ctx, webhook_id, delivery_id)
    statement = (
        select(WebhookAttempt).where(WebhookAttempt.delivery_id == delivery_id).order_by(WebhookAttempt.number.desc())
    )
    attempts = (await ctx.session.scalars(statement)).all()
    return DeliveryLog(
        delivery=_delivery_card(delivery, attempts[0] if attempts else None),
        body=(await body_of(ctx, delivery)).decode(),
        attempts=[msgspec.convert(each, AttemptCard, from_attributes=True) for each in attempts],
    )


async def event_types(ctx: HostContext) -> list[EventTypeCard]:
    """The types of events that the tenant's plugins and core publish."""
    enabled = await ctx.host.enablement.of(ctx.tenant_id)
    plugins = ctx.host.registry.records.keys()
    found = []
    for name, kind in sorted(ctx.host.registry.event_types().items()):
        owner = name.partition(".")[0]
        if owner not in plugins or owner in enabled:
            title = (kind.__doc__ or name).strip().partition("\n")[0]
            found.append(EventTypeCard(name=name, publisher=owner if owner in plugins else "core", title=title))
    return found


async def _queue(ctx: HostContext, delivery: WebhookDelivery) -> None:
    attempt = Attempt(delivery_id=delivery.id, number=delivery.attempts + 1, tries=1)
    await put(ctx.session, [attempt_message(ctx.tenant_id, attempt)])


async def _endpoint(ctx: HostContext, webhook_id: UUID, *, lock: bool = False) -> WebhookEndpoint:
    statement = select(WebhookEndpoint).where(WebhookEndpoint.id == webhook_id)
    found = await ctx.session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound("There is no such webhook.", code="webhook_not_found")
    return found


async def _delivery(ctx: HostContext, webhook_id: UUID, delivery_id: UUID, *, lock: bool = False) -> WebhookDelivery:
    wanted = and_(WebhookDelivery.id == delivery_id, WebhookDelivery.endpoint_id == webhook_id)
    statement = select(WebhookDelivery).where(wanted)
    found = await ctx.session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound("There is no such delivery.", code="delivery_not_found")
    return found


async def _last_attempt(ctx: HostContext, delivery: WebhookDelivery) -> WebhookAttempt | None:
    return await ctx.session.get(WebhookAttempt, (ctx.tenant_id, delivery.id, delivery.attempts))


def _check_url(ctx: HostContext, url: str) -> None:
    """Refuse what anybody on the way could read. Where a name leads is checked at each request."""
    parts, settings = urlsplit(url), ctx.host.settings
    if parts.scheme == "https" or settings.environment == "development":
        return
    inside = parse_networks(settings.private_networks, "private_networks")
    try:
        address = ip_address(parts.hostname or "")
    except ValueError:
        address = None
    if address is None or not any(address in network for network in inside):
        raise Invalid.field("url", "must begin with https://")


async def _check_types(ctx: HostContext, wanted: list[str]) -> None:
    known = {each.name for each in await event_types(ctx)} | {EVERY}
    for name in wanted:
        if name not in known:
            raise Invalid.field("event_types", f"{name} is not an event of this tenant")


async def _changed(ctx: HostContext, endpoint: WebhookEndpoint, action: str, before: dict[str, object] | None) -> None:
    await record(ctx, action, subject=("webhook", endpoint.id), before=before, after=_said(endpoint))
    await announce(ctx.session, f"webhooks:{ctx.tenant_id}")


def _said(endpoint: WebhookEndpoint) -> dict[str, object]:
    """What the audit log says of a webhook: never its secret, which may also stand in the address' query."""
    return {
        "url": endpoint.url.partition("?")[0],
        "description": endpoint.description,
        "event_types": endpoint.event_types,
        "enabled": endpoint.enabled,
    }


def _card(ctx: HostContext, endpoint: WebhookEndpoint) -> WebhookCard:
    card = msgspec.convert(endpoint, WebhookCard, from_attributes=True)
    over = card.previous_until is not None and card.previous_until <= ctx.now
    return msgspec.structs.replace(card, previous_until=None) if over else card


def _delivery_card(delivery: WebhookDelivery, attempt: WebhookAttempt | None) -> DeliveryCard:
    return DeliveryCard(
        id=delivery.id,
        message_id=message_id(delivery.id),
        event_id=delivery.event_id,
        event_type=delivery.event_type,
        occurred_at=delivery.occurred_at,
        state=delivery.state,  # type: ignore[arg-type]
        attempts=delivery.attempts,
        status=attempt.status if attempt else None,
        error=attempt.error if attempt else None,
        next_at=delivery.next_at,
        finished_at=delivery.finished_at,
    )
