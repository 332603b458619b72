"""The webhook, under `/api/v1/p/ai_copyai`: what Copy.ai calls, and its registration there."""

import hmac
from typing import Annotated, Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from questline_ai_copyai.api import CopyAI, Webhook
from questline_ai_copyai.permissions import MANAGE
from questline_ai_copyai.runs import tell
from questline_ai_copyai.settings import CopyAISettings
from questline_sdk import Conflict, Context, NotFound

EVENTS = ("workflowRun.completed", "workflowRun.failed")
PATH = "/api/v1/p/ai_copyai/webhook/"


class News(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What Copy.ai sends, as far as it is believed: it signs nothing, so the rest is asked."""

    workflow_run_id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Registration(msgspec.Struct, frozen=True, kw_only=True):
    """Where Copy.ai reaches this site."""

    site_url: Annotated[str, msgspec.Meta(pattern=r"^https?://[^/?#\s]+$", max_length=300)]


class Webhooks(msgspec.Struct, frozen=True, kw_only=True):
    """The webhooks of the workspace that lead to this plugin; the secret part is left out."""

    events: list[str]


@post("/webhook/{secret:str}", operation_id="ai_copyai_receive", public=True, status_code=204)
async def receive(ctx: NamedDependency[Context], secret: FromPath[str], data: JSONBody[News]) -> None:
    """Hear that there is news of a run; whoever waits for it asks Copy.ai."""
    known = (await ctx.settings(CopyAISettings)).webhook_secret
    if not known or not hmac.compare_digest(known.encode(), secret.encode()):
        raise NotFound("There is no such webhook.")
    await tell(ctx, data.workflow_run_id)


@get("/webhooks", operation_id="ai_copyai_list_webhooks", permission=MANAGE)
async def list_webhooks(ctx: NamedDependency[Context]) -> Webhooks:
    """Say which events Copy.ai tells this site of."""
    settings = await ctx.settings(CopyAISettings)
    if not settings.api_key or not settings.webhook_secret:
        return Webhooks(events=[])
    return Webhooks(events=_ours(await CopyAI(ctx, settings).webhooks(), settings))


@post("/webhooks", operation_id="ai_copyai_register_webhooks", permission=MANAGE, status_code=200)
async def register_webhooks(ctx: NamedDependency[Context], data: JSONBody[Registration]) -> Webhooks:
    """Have Copy.ai tell this site of runs that end; what is registered already stays."""
    settings = await ctx.settings(CopyAISettings)
    if not settings.api_key or not settings.webhook_secret:
        raise Conflict("Set the API key and the secret part of the webhook's address first.", code="not_configured")
    api = CopyAI(ctx, settings)
    found = _ours(await api.webhooks(), settings)
    for event in EVENTS:
        if event not in found:
            await api.register(f"{data.site_url}{PATH}{settings.webhook_secret}", event)
    await ctx.audit("ai_copyai.webhook.registered", subject=("plugin", "ai_copyai"), after={"site_url": data.site_url})
    return Webhooks(events=list(EVENTS))


def _ours(webhooks: Any, settings: CopyAISettings) -> list[str]:
    ending = PATH + settings.webhook_secret
    known: list[Webhook] = list(webhooks)
    return sorted({each.event_type for each in known if each.url.endswith(ending)})


ROUTES: list[Any] = [receive, list_webhooks, register_webhooks]
