"""How long the log of webhooks goes back."""

import datetime as dt

from sqlalchemy import delete

from questline_core.context import HostContext
from questline_core.webhooks.models import WebhookDelivery

KEPT = dt.timedelta(days=30)


async def forget_old_deliveries(ctx: HostContext) -> None:
    """Remove deliveries from the log that are past their time."""
    await ctx.session.execute(delete(WebhookDelivery).where(WebhookDelivery.occurred_at < ctx.now - KEPT))
