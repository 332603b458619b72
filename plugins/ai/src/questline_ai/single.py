"""Calls that are answered at once: vectors and moderation, metered, retried and failed over like the others."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from questline_ai.attempt import Attempt
from questline_ai.breaker import BREAKERS
from questline_ai.candidates import Candidate
from questline_ai.ledger import Outcome
from questline_ai.metering import Meter, Origin
from questline_ai.settings import AISettings
from questline_sdk import Context
from questline_sdk.ai import ProviderError, Usage
from questline_sdk.ai_calls import AIUnavailable
from questline_sdk.services import Transactions

T = TypeVar("T")


async def ask_once(
    ctx: Context,
    settings: AISettings,
    found: Sequence[Candidate],
    origin: Origin,
    text: str,
    call: Callable[[Context, Candidate], Awaitable[tuple[T, Usage]]],
) -> T:
    """Ask the first candidate that answers; raises `BudgetExceeded` or `AIUnavailable`."""
    last: ProviderError | None = None
    for candidate in found:
        key = (ctx.tenant_id, candidate.provider.name, candidate.model.name)
        if not BREAKERS.admits(key):
            continue
        try:
            answer = await _asked(ctx, settings, candidate, origin, text, call)
        except ProviderError as error:
            BREAKERS.failed(key, limit=settings.breaker_failures, rest=settings.breaker_seconds)
            last = error
        except BaseException:
            BREAKERS.left(key)
            raise
        else:
            BREAKERS.succeeded(key)
            return answer
    if last is None:
        raise AIUnavailable("The AI providers are resting after failures. Try again in a minute.", code="ai_resting")
    raise AIUnavailable(f"AI is not available now. {last.detail}", code=last.code, retry_after=last.retry_after)


async def _asked(
    ctx: Context,
    settings: AISettings,
    candidate: Candidate,
    origin: Origin,
    text: str,
    call: Callable[[Context, Candidate], Awaitable[tuple[T, Usage]]],
) -> T:
    meter = Meter(ctx, settings, candidate, origin)
    await meter.reserve(len(text.encode()), 0)
    attempt = Attempt(settings)
    try:
        async with ctx.service(Transactions).begin() as own:
            answer, usage = await attempt.retried(lambda: call(own, candidate))
    except BaseException as error:
        failed = isinstance(error, Exception)
        await meter.settle(
            Outcome(
                status="failed" if failed else "cancelled",
                tries=attempt.tries,
                error=getattr(error, "code", type(error).__name__) if failed else None,
            )
        )
        raise
    await meter.settle(
        Outcome(
            status="settled",
            cost_micros=meter.cost(usage),
            input_tokens=usage.input_tokens,
            estimated=usage.estimated,
            tries=attempt.tries,
            finish="stop",
        )
    )
    return answer
