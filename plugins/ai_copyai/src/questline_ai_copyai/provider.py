"""The adapter to Copy.ai's workflows."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

import msgspec

from questline_ai_copyai.api import CopyAI
from questline_ai_copyai.runs import finished
from questline_ai_copyai.settings import CopyAISettings, Workflow
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
"""That are taken for a token: Copy.ai counts credits."""


class CopyAIProvider(AIProvider):
    """The workflows of a Copy.ai workspace."""

    name = "ai_copyai"
    title = "Copy.ai"

    async def models(self, ctx: Context) -> Sequence[Model]:
        """The workflows the tenant's admin named; none without a key."""
        settings = await ctx.settings(CopyAISettings)
        return [each.model() for each in settings.workflows] if settings.api_key else []

    async def health(self, ctx: Context) -> Health:
        """Ask for one webhook: that starts nothing and costs nothing."""
        settings = await ctx.settings(CopyAISettings)
        if not settings.api_key:
            return Health(usable=False, detail="There is no API key.")
        try:
            await CopyAI(ctx, settings).webhooks(size=1)
        except ProviderError as error:
            return Health(usable=False, detail=error.detail)
        return Health(usable=bool(settings.workflows), detail="" if settings.workflows else "There is no workflow.")

    async def copy(self, ctx: Context, request: CopyRequest) -> AsyncGenerator[AnswerPart, None]:
        """Run a workflow and give its output as one piece; Copy.ai offers no stream."""
        settings = await ctx.settings(CopyAISettings)
        workflow = next((each for each in settings.workflows if each.id == request.model), None)
        if workflow is None:
            raise ProviderError(f"There is no Copy.ai workflow {request.model} in the settings.")
        inputs = _inputs(workflow, request)
        api = CopyAI(ctx, settings)
        run_id = await api.start(workflow.id, inputs)
        run = await finished(ctx, api, settings, workflow.id, run_id)
        whole = _text(workflow, run.output or {})
        text = whole[: request.max_output_tokens * CHARACTERS]
        yield TextDelta(text=text)
        yield Completed(
            finish="stop" if text == whole else "length",
            usage=Usage(
                input_tokens=-(-sum(map(len, inputs.values())) // CHARACTERS),
                output_tokens=-(-len(text) // CHARACTERS),
                estimated=True,
            ),
            reference=run_id,
        )


def _inputs(workflow: Workflow, request: CopyRequest) -> dict[str, str]:
    brief, inputs = request.brief, dict(request.variables)
    if request.tone and workflow.tone_input:
        inputs[workflow.tone_input] = request.tone
    elif request.tone:
        brief = f"{brief}\n\nTone of voice: {request.tone}"
    return {**inputs, workflow.brief_input: brief}


def _text(workflow: Workflow, output: Mapping[str, Any]) -> str:
    if workflow.output:
        if workflow.output not in output:
            raise ProviderUnavailable(f"The Copy.ai workflow has no output {workflow.output}.")
        return _shown(output[workflow.output])
    texts = {name: _shown(value) for name, value in output.items()}
    if not any(texts.values()):
        raise ProviderUnavailable("The Copy.ai workflow gave no output.")
    return next(iter(texts.values())) if len(texts) == 1 else "\n\n".join(f"{n}:\n{t}" for n, t in texts.items())


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
