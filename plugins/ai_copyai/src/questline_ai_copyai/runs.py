"""Waiting for a run: its webhook says that there is news, asking says which."""

import asyncio

from questline_ai_copyai.api import COMPLETE, FAILED, CopyAI, Run
from questline_ai_copyai.settings import CopyAISettings
from questline_sdk import Context
from questline_sdk.ai import ProviderError, ProviderUnavailable

PLUGIN = "ai_copyai"
LOOK_SECONDS = 0.2
"""How often a waiting call looks whether the webhook has come."""
MISSES = 3
"""Failed questions in a row after which a run that was started is given up."""


async def finished(ctx: Context, api: CopyAI, settings: CopyAISettings, workflow_id: str, run_id: str) -> Run:
    """The run once it is complete.

    Raises:
        ProviderUnavailable: It failed, took too long, or could not be asked after.
    """
    key = ctx.redis_key(PLUGIN, "run", run_id)
    misses = 0
    await ctx.redis.set(key, "waiting", ex=int(settings.run_seconds) + 60)
    try:
        async with asyncio.timeout(settings.run_seconds):
            while True:
                wait = settings.poll_seconds
                try:
                    run = await api.run(workflow_id, run_id)
                except ProviderError as error:
                    misses += 1
                    if not error.retryable or misses >= MISSES:
                        raise
                    wait = max(wait, error.retry_after or 0)
                else:
                    misses = 0
                    if run.status == COMPLETE:
                        return run
                    if run.status == FAILED:
                        raise ProviderUnavailable("The Copy.ai workflow failed.")
                await _until_news(ctx, key, wait, hears=bool(settings.webhook_secret))
    except TimeoutError as error:
        raise ProviderUnavailable("The Copy.ai workflow took too long.") from error
    finally:
        await ctx.redis.delete(key)


async def tell(ctx: Context, run_id: str) -> None:
    """Let the call that waits for a run ask after it now; others do not notice."""
    await ctx.redis.set(ctx.redis_key(PLUGIN, "run", run_id), "news", xx=True, keepttl=True)


async def _until_news(ctx: Context, key: str, seconds: float, *, hears: bool) -> None:
    if not hears:
        await asyncio.sleep(seconds)
        return
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while (left := end - loop.time()) > 0:
        await asyncio.sleep(min(LOOK_SECONDS, left))
        if await ctx.redis.get(key) in {b"news", "news"}:
            await ctx.redis.set(key, "waiting", xx=True, keepttl=True)
            return
