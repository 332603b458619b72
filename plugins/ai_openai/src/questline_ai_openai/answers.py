"""The parts of an answer, read from either of OpenAI's streams.

Events come from the `openai` package as the JSON that was sent: building its models of each took a third of the time
of a process that streams a thousand answers.
"""

from collections.abc import AsyncGenerator
from typing import Any, Literal

import msgspec
from openai import AsyncStream

from questline_ai_openai.errors import of_code
from questline_sdk.ai import AnswerPart, Completed, ProviderUnavailable, TextDelta, Usage

Finish = Literal["stop", "length", "filtered"]
CUT = "OpenAI's answer ended too early."
FINISH: dict[str, Finish] = {
    "length": "length",
    "max_output_tokens": "length",
    "content_filter": "filtered",
}


class _Delta(msgspec.Struct, frozen=True):
    content: str | None = None


class _Choice(msgspec.Struct, frozen=True):
    delta: _Delta = _Delta()
    finish_reason: str | None = None


class _ChunkUsage(msgspec.Struct, frozen=True):
    prompt_tokens: int
    completion_tokens: int


class _Chunk(msgspec.Struct, frozen=True):
    id: str | None = None
    choices: list[_Choice] = []
    usage: _ChunkUsage | None = None


class _Text(msgspec.Struct, frozen=True):
    delta: str


class _Error(msgspec.Struct, frozen=True):
    code: str | None = None
    message: str | None = None


class _Details(msgspec.Struct, frozen=True):
    reason: str | None = None


class _ResponseUsage(msgspec.Struct, frozen=True):
    input_tokens: int
    output_tokens: int


class _Response(msgspec.Struct, frozen=True):
    id: str | None = None
    usage: _ResponseUsage | None = None
    error: _Error | None = None
    incomplete_details: _Details | None = None


class _Ended(msgspec.Struct, frozen=True):
    response: _Response


async def from_responses(stream: AsyncStream[Any]) -> AsyncGenerator[AnswerPart, None]:
    """Read the events of the Responses API; a refusal is text that ends as `filtered`."""
    refused = False
    async for event in stream:
        match event["type"]:
            case "response.output_text.delta":
                yield TextDelta(text=msgspec.convert(event, _Text).delta)
            case "response.refusal.delta":
                refused = True
                yield TextDelta(text=msgspec.convert(event, _Text).delta)
            case "response.completed":
                yield _completed(msgspec.convert(event, _Ended).response, "filtered" if refused else "stop")
                return
            case "response.incomplete":
                response = msgspec.convert(event, _Ended).response
                reason = response.incomplete_details.reason if response.incomplete_details else None
                yield _completed(response, FINISH.get(reason or "", "length"))
                return
            case "response.failed":
                failure = msgspec.convert(event, _Ended).response.error or _Error()
                raise of_code(failure.code, failure.message or "no reason was given")
            case "error":
                failure = msgspec.convert(event, _Error)
                raise of_code(failure.code, failure.message or "no reason was given")
            case _:
                pass
    raise ProviderUnavailable(CUT)


def _completed(response: _Response, finish: Finish) -> Completed:
    usage = response.usage
    return Completed(
        finish=finish,
        usage=Usage(
            input_tokens=usage.input_tokens if usage else 0,
            output_tokens=usage.output_tokens if usage else 0,
            estimated=usage is None,
        ),
        reference=response.id,
    )


async def from_chunks(stream: AsyncStream[Any]) -> AsyncGenerator[AnswerPart, None]:
    """Read the chunks of the Chat Completions API; the last one brings the usage, where the server counts."""
    finish: str | None = None
    usage: _ChunkUsage | None = None
    reference: str | None = None
    written = 0
    async for event in stream:
        chunk = msgspec.convert(event, _Chunk)
        reference = chunk.id or reference
        usage = chunk.usage or usage
        for choice in chunk.choices:
            finish = choice.finish_reason or finish
            if choice.delta.content:
                written += len(choice.delta.content)
                yield TextDelta(text=choice.delta.content)
    if finish is None:
        raise ProviderUnavailable(CUT)
    yield Completed(
        finish=FINISH.get(finish, "stop"),
        usage=Usage(input_tokens=usage.prompt_tokens, output_tokens=usage.completion_tokens)
        if usage
        else Usage(input_tokens=0, output_tokens=-(-written // 4), estimated=True),
        reference=reference,
    )
