"""A worker that is killed while a webhook is under way: the message comes again, under the same id."""

import asyncio
from contextlib import asynccontextmanager

from sqlalchemy import text

from questline_core.webhooks.models import WebhookEndpoint
from questline_core.webhooks.signing import new_secret
from questline_sdk.events import UserLoggedIn


@asynccontextmanager
async def receiving():
    """Keep the ids of what comes in; answer nothing until told to."""
    ids, may_answer = [], asyncio.Event()

    async def serve(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        ids.append(head.partition("webhook-id: ")[2].partition("\r\n")[0])
        await may_answer.wait()
        writer.write(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", ids, may_answer


async def test_a_message_survives_the_death_of_its_worker(process_site, children, eventually):
    site = await process_site(private_networks="127.0.0.0/8", job_heartbeat_seconds="1")
    async with receiving() as (url, ids, may_answer):
        async with site.host.context(site.tenant.id) as ctx:
            about = {"url": url, "event_types": [UserLoggedIn.event_type], "secret": new_secret()}
            ctx.session.add(WebhookEndpoint(enabled=True, created_at=ctx.now, **about))
        site.host.webhooks.forget()
        user_id, _ = await site.token()
        async with site.host.context(site.tenant.id) as ctx:
            await ctx.publish(UserLoggedIn(user_id=user_id))
        first = site.worker()
        children.append(first)
        first.start()

        async def asked_once():
            return len(ids) == 1

        await eventually(asked_once, 180, what="the first attempt")
        first.kill()
        may_answer.set()
        second = site.worker()
        children.append(second)
        second.start()

        async def delivered():
            async with site.host.context(site.tenant.id) as ctx:
                found = await ctx.session.execute(text("SELECT state, attempts FROM core.webhook_delivery"))
                return found.one() == ("delivered", 1)

        await eventually(delivered, 180, what="the delivery")
        assert len(ids) == 2
        assert len(set(ids)) == 1
