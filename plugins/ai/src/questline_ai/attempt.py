"""One model asked: opened with retries and patience, read with a deadline."""

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeVar

import structlog
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from questline_ai.candidates import Candidate
from questline_ai.plan import Plan
from questline_ai.settings import AISettings
from questline_sdk import Context
from questline_sdk.ai import AnswerPart, Capability, ChatRequest, CopyRequest, ProviderError, ProviderUnavailable

log = structlog.get_logger()
T = TypeVar("T")
FIRST_PAUSE = 0.25
JITTER = 0.25
"""Of what a vendor asks to wait, added by chance, so that those who wait do not come back together."""


class Attempt:
    """A candidate being asked; `tries` counts how often."""

    def __init__(self, settings: AISettings) -> None:
        self.settings = settings
        self.tries = 0
        self.deadline = time.monotonic() + settings.answer_seconds

    async def retried(self, call: Callable[[], Awaitable[T]]) -> T:
        """Call until it succeeds, or another try is not worth it."""
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self.settings.attempts),
            wait=self._pause,
            retry=retry_if_exception(self._is_worth_it),
            reraise=True,
        )
        async for attempt in retrying:
            with attempt:
                self.tries += 1
                return await self.within(self.settings.first_token_seconds, call())
        raise AssertionError

    async def within(self, seconds: float, call: Awaitable[T]) -> T:
        """Wait for the provider so long at most, and never past the deadline; all that fails is a `ProviderError`."""
        try:
            async with asyncio.timeout(max(0.0, min(seconds, self.deadline - time.monotonic()))):
                return await call
        except TimeoutError as error:
            raise ProviderUnavailable("The provider takes too long.", code="ai_provider_timeout") from error
        except (ProviderError, StopAsyncIteration):
            raise
        except Exception as error:
            log.exception("an AI provider failed in a way it should not")
            raise ProviderError("The provider's adapter failed.", code="ai_adapter_failed") from error

    def _is_worth_it(self, error: BaseException) -> bool:
        if not isinstance(error, ProviderError) or not error.retryable:
            return False
        wait = error.retry_after or 0
        return wait <= self.settings.longest_wait_seconds and time.monotonic() + wait < self.deadline

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, ProviderError) else None
        if asked is not None:
            return asked * (1 + random.uniform(0, JITTER))  # noqa: S311  spreads load, guards nothing
        longest = self.settings.longest_wait_seconds
        return wait_exponential_jitter(multiplier=min(FIRST_PAUSE, longest), max=longest, jitter=FIRST_PAUSE)(state)


async def opened(
    ctx: Context, plan: Plan, candidate: Candidate, attempt: Attempt
) -> tuple[AnswerPart, AsyncGenerator[AnswerPart, None]]:
    """The first part of an answer, and the generator of the others."""

    async def begin() -> tuple[AnswerPart, AsyncGenerator[AnswerPart, None]]:
        parts = ask(ctx, plan, candidate)
        try:
            return await anext(parts), parts
        except StopAsyncIteration:
            raise ProviderUnavailable("The provider gave no answer.") from None
        except BaseException:
            await parts.aclose()
            raise

    return await attempt.retried(begin)


def ask(ctx: Context, plan: Plan, candidate: Candidate) -> AsyncGenerator[AnswerPart, None]:
    """The candidate's answer, asked by its capability."""
    limit = plan.max_output_tokens
    if candidate.model.max_output_tokens is not None:
        limit = min(limit, candidate.model.max_output_tokens)
    if candidate.capability is Capability.COPY:
        tone = plan.request.variables.get("tone")
        return candidate.provider.copy(
            ctx,
            CopyRequest(
                model=candidate.model.name,
                brief="\n\n".join(each.content for each in plan.messages if each.role != "assistant"),
                max_output_tokens=limit,
                tone=tone if isinstance(tone, str) and tone else None,
                variables={
                    name: plan.redaction.hide(value)
                    for name, value in plan.request.variables.items()
                    if isinstance(value, str)
                },
            ),
        )
    return candidate.provider.chat(
        ctx,
        ChatRequest(
            model=candidate.model.name,
            messages=plan.messages,
            max_output_tokens=limit,
            temperature=plan.template.temperature,
            json_schema=plan.request.json_schema,
        ),
    )
