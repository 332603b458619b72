"""The adapter to OpenAI's API."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from questline_ai_openai.settings import OpenAISettings
from questline_sdk import Context
from questline_sdk.ai import AIProvider, AnswerPart, ChatRequest, Embeddings, Health, Model, Moderation, ProviderError


class OpenAIProvider(AIProvider):
    """OpenAI, or a server that speaks its API."""

    name = "ai_openai"
    title = "OpenAI"

    async def models(self, ctx: Context) -> Sequence[Model]:
        """The models the tenant's admin offers; none without a key."""
        settings = await ctx.settings(OpenAISettings)
        return [each.model() for each in settings.models] if settings.api_key else []

    async def health(self, ctx: Context) -> Health:
        """Ask for the list of models."""
        from questline_ai_openai import calls

        settings = await ctx.settings(OpenAISettings)
        if not settings.api_key:
            return Health(usable=False, detail="There is no API key.")
        try:
            await calls.check(ctx, settings)
        except ProviderError as error:
            return Health(usable=False, detail=error.detail)
        return Health(usable=True)

    async def chat(self, ctx: Context, request: ChatRequest) -> AsyncGenerator[AnswerPart, None]:
        """Continue a conversation by the API that the settings name."""
        from questline_ai_openai import calls

        async with aclosing(calls.chat(ctx, await ctx.settings(OpenAISettings), request)) as parts:
            async for part in parts:
                yield part

    async def embed(self, ctx: Context, model: str, texts: Sequence[str]) -> Embeddings:
        """Turn texts into vectors, as many in a request as OpenAI takes."""
        from questline_ai_openai import calls

        return await calls.embed(ctx, await ctx.settings(OpenAISettings), model, texts)

    async def moderate(self, ctx: Context, model: str, text: str) -> Moderation:
        """Ask whether a text breaks OpenAI's rules."""
        from questline_ai_openai import calls

        return await calls.moderate(ctx, await ctx.settings(OpenAISettings), model, text)
