"""What a tenant has of outgoing webhooks."""

from typing import Any

from questline_core.webhooks.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from questline_core.webhooks.signing import new_secret


async def fill_webhooks(site: Any, tenant: Any, word: str) -> None:
    """A webhook that is off, and what was sent to it."""
    async with site.context(tenant.id) as ctx:
        about = {"url": f"https://{word}.test/", "description": word, "event_types": ["*"], "enabled": False}
        endpoint = WebhookEndpoint(secret=new_secret(), previous_secret=word, created_at=ctx.now, **about)
        ctx.session.add(endpoint)
        await ctx.session.flush()
        delivery = WebhookDelivery(
            endpoint_id=endpoint.id, event_type=word, occurred_at=ctx.now, state="failed", attempts=1
        )
        ctx.session.add(delivery)
        await ctx.session.flush()
        answer = {"status": 500, "request_headers": {}, "response_headers": {"server": word}, "response_body": word}
        attempt = WebhookAttempt(
            delivery_id=delivery.id, number=1, started_at=ctx.now, milliseconds=1, error=word, **answer
        )
        ctx.session.add(attempt)
