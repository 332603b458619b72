"""Copy.ai's workflow API, as documented: start a run, ask after it, register a webhook."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import msgspec

from questline_ai_copyai.settings import CopyAISettings
from questline_sdk import Context
from questline_sdk.ai_http import VendorAPI

T = TypeVar("T")
COMPLETE = "COMPLETE"
FAILED = "FAILED"


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """A run that was started."""

    id: str


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a run so far: NEW, WAITING, PROCESSING, RETRYING, COMPLETE or FAILED."""

    status: str
    output: Mapping[str, Any] | None = None


class Webhook(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A registered webhook."""

    id: str
    url: str
    event_type: str


class Answer(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """What everything comes in."""

    data: T


class CopyAI:
    """The workspace."""

    def __init__(self, ctx: Context, settings: CopyAISettings) -> None:
        self._api = VendorAPI(
            ctx.http,
            "Copy.ai",
            base_url=settings.base_url,
            headers={"x-copy-ai-api-key": settings.api_key},
            timeout=settings.timeout_seconds,
        )

    async def start(self, workflow_id: str, inputs: Mapping[str, str]) -> str:
        """Start a run; returns its id."""
        body = {"startVariables": inputs, "metadata": {"api": True}}
        return (await self._api.json("POST", f"/workflow/{workflow_id}/run", shape=Answer[Started], body=body)).data.id

    async def run(self, workflow_id: str, run_id: str) -> Run:
        """Ask after a run."""
        path = f"/workflow/{workflow_id}/run/{quote(run_id, safe='')}"
        return (await self._api.json("GET", path, shape=Answer[Run])).data

    async def webhooks(self, size: int = 100) -> Sequence[Webhook]:
        """The workspace's first webhooks."""
        return (await self._api.json("GET", "/webhook", shape=Answer[list[Webhook]], query={"size": str(size)})).data

    async def register(self, url: str, event_type: str) -> Webhook:
        """Have Copy.ai tell this address of an event of any workflow."""
        body = {"url": url, "eventType": event_type}
        return (await self._api.json("POST", "/webhook", shape=Answer[Webhook], body=body)).data
