"""One attempt at a delivery: the request itself is made between two transactions, and holds no connection.

Where the process dies after the request, the queue hands the attempt to another one, which makes it again: a receiver
may get a message twice, with the same `webhook-id`, but never not at all.
"""

import asyncio
import datetime as dt
import time
from typing import TYPE_CHECKING
from uuid import UUID

import httpx2
import msgspec
from sqlalchemy import select, text

from questline_core.events.queue import Message, put
from questline_core.webhooks.models import WebhookDelivery, WebhookEndpoint
from questline_core.webhooks.outcome import Outcome, note_outcome
from questline_core.webhooks.queueing import Attempt, attempt_message
from questline_core.webhooks.signing import MASKED, headers_of

if TYPE_CHECKING:
    from questline_core.context import HostContext
    from questline_core.host import Host

ANSWER_SECONDS = 15.0
LONGEST_EXCERPT = 2000
SHOWN_HEADERS = ("content-type", "content-length", "date", "location", "retry-after", "server")
PING = "webhook.ping"
FACT = text("SELECT data::text AS data FROM core.event WHERE id = :id")


class Request(msgspec.Struct, frozen=True):
    """What is posted."""

    url: str
    headers: dict[str, str]
    body: bytes
    secrets: list[str]


async def send_webhook(host: "Host", message: Message) -> str:
    """Make the attempt that a message from the queue asks for."""
    return await make_attempt(host, message.tenant_id, msgspec.json.decode(message.data, type=Attempt))


async def make_attempt(host: "Host", tenant_id: UUID, attempt: Attempt) -> str:
    """Post a message and note what came of it; `repeated` where that has been done."""
    async with host.context(tenant_id) as ctx:
        request = await _prepare(ctx, attempt)
    if request is None:
        return "repeated"
    outcome = await _post(host.http, request, started_at=host.clock())
    async with host.context(tenant_id) as ctx:
        delivery = await _awaiting(ctx, attempt, lock=True)
        if delivery is None:
            return "repeated"
        retry = await note_outcome(ctx, delivery, attempt, outcome)
        if retry is not None:
            following = Attempt(delivery_id=attempt.delivery_id, number=attempt.number + 1, tries=attempt.tries + 1)
            await put(ctx.session, [attempt_message(tenant_id, following)], delay=retry)
    return "done" if outcome.delivered else "failed"


async def body_of(ctx: "HostContext", delivery: WebhookDelivery) -> bytes:
    """What a delivery says, written from its event; once a person in it is erased, it says that much less."""
    data = '{"message":"This is a test. It works."}'
    if delivery.event_id is not None:
        data = await ctx.session.scalar(FACT, {"id": delivery.event_id}) or "{}"
    words = {"type": delivery.event_type, "timestamp": delivery.occurred_at, "tenant_id": ctx.tenant_id}
    return msgspec.json.encode(words | {"data": msgspec.Raw(data.encode())})


def message_id(delivery_id: UUID) -> str:
    """What the receiver knows a delivery by."""
    return f"msg_{delivery_id.hex}"


async def _prepare(ctx: "HostContext", attempt: Attempt) -> Request | None:
    delivery = await _awaiting(ctx, attempt, lock=False)
    if delivery is None:
        return None
    endpoint = (
        await ctx.session.scalars(select(WebhookEndpoint).where(WebhookEndpoint.id == delivery.endpoint_id))
    ).one()
    if not endpoint.enabled and delivery.event_id is not None:
        delivery.state, delivery.next_at, delivery.finished_at = "failed", None, ctx.now
        return None
    now = ctx.host.clock()
    good = [endpoint.secret]
    if endpoint.previous_secret and endpoint.previous_until and endpoint.previous_until > now:
        good.append(endpoint.previous_secret)
    body = await body_of(ctx, delivery)
    headers = {"content-type": "application/json", "user-agent": "Questline-Webhooks"}
    return Request(endpoint.url, headers | headers_of(message_id(delivery.id), now, body, good), body, good)


async def _awaiting(ctx: "HostContext", attempt: Attempt, *, lock: bool) -> WebhookDelivery | None:
    """The delivery, if it still waits for this very attempt."""
    statement = select(WebhookDelivery).where(WebhookDelivery.id == attempt.delivery_id)
    delivery = await ctx.session.scalar(statement.with_for_update() if lock else statement)
    waits = delivery is not None and delivery.state == "pending" and delivery.attempts == attempt.number - 1
    return delivery if waits else None


async def _post(http: httpx2.AsyncClient, request: Request, *, started_at: dt.datetime) -> Outcome:
    started = time.perf_counter()
    outcome = await _answer(http, request, started_at)
    return msgspec.structs.replace(outcome, milliseconds=round((time.perf_counter() - started) * 1000))


async def _answer(http: httpx2.AsyncClient, request: Request, started_at: dt.datetime) -> Outcome:
    sent = request.headers | {"webhook-signature": " ".join([MASKED] * len(request.secrets))}
    try:
        async with (
            asyncio.timeout(ANSWER_SECONDS),
            http.stream("POST", request.url, content=request.body, headers=request.headers) as answer,
        ):
            excerpt = await _excerpt(answer)
    except TimeoutError:
        return Outcome(
            started_at=started_at, error=f"There was no answer within {ANSWER_SECONDS:.0f} s.", request_headers=sent
        )
    except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError) as error:
        return Outcome(
            started_at=started_at,
            error=_masked(str(error) or type(error).__name__, request)[:500],
            request_headers=sent,
        )
    headers = {name: _masked(answer.headers[name], request)[:500] for name in SHOWN_HEADERS if name in answer.headers}
    return Outcome(
        started_at=started_at,
        status=answer.status_code,
        request_headers=sent,
        response_headers=headers,
        response_body=_masked(excerpt, request),
    )


async def _excerpt(answer: httpx2.Response) -> str:
    """The beginning of an answer; the rest is not read, however long it is."""
    found = b""
    async for piece in answer.aiter_bytes(LONGEST_EXCERPT):
        found += piece
        if len(found) >= LONGEST_EXCERPT:
            break
    return found[:LONGEST_EXCERPT].decode(errors="replace").replace("\0", "\ufffd")


def _masked(words: str, request: Request) -> str:
    """An answer may repeat what it was sent; secrets and signatures do not get into the log that way."""
    signatures = request.headers["webhook-signature"].split()
    for hidden in (*request.secrets, *signatures, *(each.partition(",")[2] for each in signatures)):
        words = words.replace(hidden, "[masked]")
    return words
