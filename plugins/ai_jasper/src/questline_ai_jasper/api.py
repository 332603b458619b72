"""Jasper's API, as documented: commands, templates, agents' tasks, tones."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any, Generic, Literal, TypeVar

import msgspec

from questline_ai_jasper.settings import JasperSettings
from questline_sdk import Context
from questline_sdk.ai_http import VendorAPI

T = TypeVar("T")
PAGE = 100


class Answer(msgspec.Struct, Generic[T], frozen=True, kw_only=True, rename="camel"):
    """What everything comes in."""

    data: T
    request_id: str = ""


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """One output of a command or a template."""

    text: str


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """One output of a task."""

    type: str
    value: str


class TaskResult(msgspec.Struct, frozen=True, kw_only=True):
    """What a task made."""

    output: list[Output]


class Tone(msgspec.Struct, frozen=True, kw_only=True):
    """A voice of the workspace."""

    id: str
    name: str


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """What an agent is doing."""

    id: str
    status: Literal["loading", "completed"]


class StreamEvent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One event of a stream: a step, a piece of text, or an error."""

    step: Step | None = None
    content: str | None = None
    content_id: str | None = None
    status_code: int | None = None


class Jasper:
    """The workspace."""

    def __init__(self, ctx: Context, settings: JasperSettings) -> None:
        self._settings = settings
        self._api = VendorAPI(
            ctx.http,
            "Jasper",
            base_url=settings.base_url,
            headers={"x-api-key": settings.api_key},
            timeout=settings.timeout_seconds,
        )

    async def command(self, command: str, context: str, tone_id: str | None) -> Answer[list[Text]]:
        """Run a command."""
        inputs = {"command": command, "context": context or None, "toneId": tone_id}
        options = {**self._options(), "completionType": self._settings.quality}
        body = {"inputs": _given(inputs), "options": options}
        return await self._api.json("POST", "/command", shape=Answer[list[Text]], body=body)

    async def template(self, name: str, inputs: Mapping[str, str], tone_id: str | None) -> Answer[list[Text]]:
        """Run a template."""
        body = {"inputs": inputs, "options": self._options()}
        query = {"toneId": tone_id} if tone_id else None
        return await self._api.json("POST", f"/templates/{name}/run", shape=Answer[list[Text]], body=body, query=query)

    async def task(self, name: str, items: Sequence[Any], tone_id: str | None) -> Answer[TaskResult]:
        """Let an agent do a task."""
        body = _given({"contextItems": items, "toneId": tone_id})
        return await self._api.json("POST", f"/tasks/{name}/run", shape=Answer[TaskResult], body=body)

    def task_events(self, name: str, items: Sequence[Any], tone_id: str | None) -> AsyncGenerator[StreamEvent, None]:
        """Let an agent do a task, and hear of it as it goes."""
        body = _given({"contextItems": items, "toneId": tone_id})
        return self._api.events(f"/tasks/{name}/run/stream", shape=StreamEvent, body=body)

    async def tones(self, size: int = PAGE) -> Sequence[Tone]:
        """The newest voices of the workspace."""
        return (await self._api.json("GET", "/tones", shape=Answer[list[Tone]], query={"size": str(size)})).data

    def _options(self) -> dict[str, Any]:
        language = self._settings.language
        return {"outputCount": 1, "inputLanguage": language, "outputLanguage": language}


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
