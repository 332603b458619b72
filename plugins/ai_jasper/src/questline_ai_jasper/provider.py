"""The adapter to Jasper."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any

from questline_ai_jasper.api import Jasper, StreamEvent
from questline_ai_jasper.settings import COMMAND, JasperSettings
from questline_sdk import Context
from questline_sdk.ai import (
    AIProvider,
    AnswerPart,
    Completed,
    CopyRequest,
    Health,
    Model,
    ProviderError,
    ProviderUnavailable,
    TextDelta,
    Usage,
)

CHARACTERS = 4
"""That are taken for a token: Jasper counts words and credits."""

STOPPED: dict[int, type[ProviderError]] = {500: ProviderUnavailable}
"""What an error within a stream means, by its hundred."""


class JasperProvider(AIProvider):
    """Commands, templates and agents' tasks of a Jasper workspace."""

    name = "ai_jasper"
    title = "Jasper"

    async def models(self, ctx: Context) -> Sequence[Model]:
        """The command, and what the tenant's admin named; none without a key."""
        settings = await ctx.settings(JasperSettings)
        return settings.models() if settings.api_key else []

    async def health(self, ctx: Context) -> Health:
        """Ask for one voice: that writes nothing."""
        settings = await ctx.settings(JasperSettings)
        if not settings.api_key:
            return Health(usable=False, detail="There is no API token.")
        try:
            await Jasper(ctx, settings).tones(size=1)
        except ProviderError as error:
            return Health(usable=False, detail=error.detail)
        return Health(usable=True)

    async def copy(self, ctx: Context, request: CopyRequest) -> AsyncGenerator[AnswerPart, None]:
        """Write by the command, the template or the task that the model names."""
        settings = await ctx.settings(JasperSettings)
        if request.model not in {each.name for each in settings.models()}:
            raise ProviderError(f"There is no {request.model} in the settings of Jasper.")
        jasper = Jasper(ctx, settings)
        brief, tone_id = await _voice(jasper, request)
        pieces = _Pieces(request, brief)
        if settings.stream and any(each.id == request.model for each in settings.tasks):
            async with aclosing(jasper.task_events(request.model, _items(brief, request), tone_id)) as events:
                async for event in events:
                    if text := pieces.heard(event):
                        yield TextDelta(text=text)
                    if pieces.full:
                        break
        else:
            yield TextDelta(text=pieces.took(await _written(jasper, settings, request, brief, tone_id, pieces)))
        yield pieces.end()


async def _voice(jasper: Jasper, request: CopyRequest) -> tuple[str, str | None]:
    """The brief and the voice: one of the workspace by its name or id, or else words in the brief."""
    if not request.tone:
        return request.brief, None
    if request.tone.startswith("ton_"):
        return request.brief, request.tone
    wanted = request.tone.casefold()
    found = next((each.id for each in await jasper.tones() if each.name.casefold() == wanted), None)
    return (request.brief, found) if found else (f"{request.brief}\n\nTone of voice: {request.tone}", None)


async def _written(
    jasper: Jasper, settings: JasperSettings, request: CopyRequest, brief: str, tone_id: str | None, pieces: "_Pieces"
) -> str:
    if request.model == COMMAND:
        context = "\n".join(f"{name}: {value}" for name, value in request.variables.items())
        answer = await jasper.command(brief, context, tone_id)
        texts = [each.text for each in answer.data]
    elif template := next((each for each in settings.templates if each.id == request.model), None):
        answer = await jasper.template(template.id, {**request.variables, template.brief_input: brief}, tone_id)
        texts = [each.text for each in answer.data]
    else:
        done = await jasper.task(request.model, _items(brief, request), tone_id)
        texts = [each.value for each in done.data.output if each.type == "TEXT"]
        pieces.reference = done.request_id
        return "\n\n".join(texts)
    pieces.reference = answer.request_id
    return "\n\n".join(texts)


def _items(brief: str, request: CopyRequest) -> list[Any]:
    """The brief and the variables, as context items: by its id what the task defines, by name what is new to it."""
    items: list[Any] = [{"name": "Brief", "question": "What is to be written?", "answer": brief}]
    for name, value in request.variables.items():
        known = len(name) == len("00000000-0000-0000-0000-000000000000") and name.count("-") == 4
        items.append({"id": name, "value": value} if known else {"name": name, "question": name, "answer": value})
    return items


class _Pieces:
    """The text so far, no longer than was asked for."""

    def __init__(self, request: CopyRequest, brief: str) -> None:
        self._room = request.max_output_tokens * CHARACTERS
        self._asked = len(brief) + sum(map(len, request.variables.values()))
        self._written = 0
        self._open: set[str] = set()
        self.reference = ""
        self.full = False

    def took(self, text: str) -> str:
        """As much of the text as there is room for."""
        taken = text[: self._room - self._written]
        self._written += len(taken)
        self.full = len(taken) < len(text)
        return taken

    def heard(self, event: StreamEvent) -> str:
        """The text of an event; raises for one that is an error."""
        if event.status_code is not None:
            raise STOPPED.get(event.status_code // 100 * 100, ProviderError)(f"Jasper stopped ({event.status_code}).")
        if event.step is not None:
            (self._open.add if event.step.status == "loading" else self._open.discard)(event.step.id)
        self.reference = event.content_id or self.reference
        return self.took(event.content) if event.content else ""

    def end(self) -> Completed:
        """How the answer ended; nothing at all, or a step that did not end, is no answer."""
        if self._written == 0 or (self._open and not self.full):
            raise ProviderUnavailable("Jasper's answer ended too early.")
        return Completed(
            finish="length" if self.full else "stop",
            usage=Usage(
                input_tokens=-(-self._asked // CHARACTERS),
                output_tokens=-(-self._written // CHARACTERS),
                estimated=True,
            ),
            reference=self.reference or None,
        )
