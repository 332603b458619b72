"""What follows from an attempt: the note in the log, the next attempt, and an address that is given up."""

import datetime as dt
import random
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import msgspec
import structlog
from sqlalchemy import select

from questline_core.audit.service import record
from questline_core.auth.models import User
from questline_core.mail.service import Reader, queue_mail
from questline_core.plugins.enablement import announce
from questline_core.webhooks.models import WebhookAttempt, WebhookDelivery, WebhookEndpoint
from questline_core.webhooks.queueing import Attempt

if TYPE_CHECKING:
    from questline_core.context import HostContext

PAUSES = (5.0, 30.0, 300.0, 1800.0, 7200.0, 18_000.0, 36_000.0, 50_400.0)
"""Seconds until the next attempt: nine in all, over some 32 hours."""
JITTER = 0.2
"""Each pause is up to this part longer, so that what failed together does not come back together."""
LONGEST_PAUSE = 86_400.0
GIVE_UP_AFTER = dt.timedelta(days=3)
GONE = 410
BUSY = frozenset({429, 503})
FOR_ADMINS = ("owner", "admin")
log = structlog.get_logger()


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a request."""

    started_at: dt.datetime
    status: int | None = None
    error: str | None = None
    request_headers: dict[str, str]
    response_headers: dict[str, str] = {}
    response_body: str = ""
    milliseconds: int = 0

    @property
    def delivered(self) -> bool:
        """Whether the receiver has it: any 2xx says so, and nothing else does."""
        return self.status is not None and 200 <= self.status < 300


async def note_outcome(
    ctx: "HostContext", delivery: WebhookDelivery, attempt: Attempt, outcome: Outcome
) -> dt.timedelta | None:
    """Write an attempt into the log; returns the pause before the next one, None where there is none."""
    ctx.session.add(
        WebhookAttempt(
            delivery_id=delivery.id,
            number=attempt.number,
            started_at=outcome.started_at,
            milliseconds=outcome.milliseconds,
            status=outcome.status,
            error=outcome.error,
            request_headers=outcome.request_headers,
            response_headers=outcome.response_headers,
            response_body=outcome.response_body,
        )
    )
    delivery.attempts = attempt.number
    endpoint = await ctx.session.get_one(WebhookEndpoint, (ctx.tenant_id, delivery.endpoint_id), with_for_update=True)
    if outcome.delivered:
        endpoint.failing_since = None
        _finish(ctx, delivery, "delivered")
        return None
    since = endpoint.failing_since = endpoint.failing_since or outcome.started_at
    if endpoint.enabled and outcome.status == GONE:
        await _give_up(ctx, endpoint, "gone")
    elif endpoint.enabled and outcome.started_at - since >= GIVE_UP_AFTER:
        await _give_up(ctx, endpoint, "failing")
    if not endpoint.enabled or delivery.event_id is None or attempt.tries > len(PAUSES):
        _finish(ctx, delivery, "failed")
        return None
    pause = dt.timedelta(seconds=pause_after(attempt.tries, outcome))
    delivery.next_at = outcome.started_at + pause
    return pause


def pause_after(tries: int, outcome: Outcome) -> float:
    """Seconds until the next attempt; a receiver that is busy may ask for more."""
    pause = PAUSES[tries - 1] * (1 + random.uniform(0, JITTER))  # noqa: S311  nothing to guess
    asked = _retry_after(outcome) if outcome.status in BUSY else 0.0
    return min(max(pause, asked), LONGEST_PAUSE)


def _retry_after(outcome: Outcome) -> float:
    """`Retry-After` in seconds (RFC 9110, section 10.2.3)."""
    value = outcome.response_headers.get("retry-after", "").strip()
    if value.isdecimal() and len(value) < 9:
        return float(value)
    try:
        return (parsedate_to_datetime(value) - outcome.started_at).total_seconds()
    except (TypeError, ValueError):
        return 0.0


def _finish(ctx: "HostContext", delivery: WebhookDelivery, state: str) -> None:
    delivery.state, delivery.next_at, delivery.finished_at = state, None, ctx.host.clock()


async def _give_up(ctx: "HostContext", endpoint: WebhookEndpoint, reason: str) -> None:
    """Switch an address off and tell the tenant's administrators."""
    endpoint.enabled, endpoint.disabled_reason = False, reason
    log.warning("a webhook was switched off", webhook=str(endpoint.id), reason=reason)
    await record(
        ctx,
        "tenant.webhook.given_up",
        subject=("webhook", endpoint.id),
        before={"enabled": True},
        after={"enabled": False},
    )
    await announce(ctx.session, f"webhooks:{ctx.tenant_id}")
    admins = await ctx.session.scalars(select(User).where(User.role.in_(FOR_ADMINS), User.status == "active"))
    for admin in admins:
        reader = Reader(email=admin.email, user_id=admin.id, name=admin.display_name, locale=admin.locale)
        await queue_mail(ctx, f"webhook_{reason}", reader, path=f"/admin/webhooks/{endpoint.id}", url=endpoint.url)
