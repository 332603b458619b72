"""Reservation before and settlement after, in transactions of their own, whatever becomes of the caller."""

import datetime as dt
import time
from contextlib import suppress
from uuid import UUID, uuid4

import msgspec

from questline_ai import lanes
from questline_ai.candidates import Candidate
from questline_ai.ledger import NewCall, Outcome, cost_of
from questline_ai.settings import AISettings
from questline_sdk import Context
from questline_sdk.ai import Usage
from questline_sdk.services import Transactions

CHARACTERS = 4
"""That make about one token, where the provider has not counted."""
GRACE = dt.timedelta(seconds=60)


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """What a call is noted under."""

    request_id: UUID
    user_id: UUID | None
    course_id: UUID | None
    placement: str
    template: str
    template_version: str
    prompt_hash: str
    prompt: str | None = None


class Meter:
    """One call's account."""

    def __init__(self, ctx: Context, settings: AISettings, candidate: Candidate, origin: Origin) -> None:
        self.id = uuid4()
        self._ctx = ctx
        self._settings = settings
        self._candidate = candidate
        self._origin = origin
        self._began = time.monotonic()
        self._first: int | None = None
        self.price = candidate.model.price
        self.currency = self.price.currency if self.price else "USD"

    async def reserve(self, input_tokens: int, output_tokens: int) -> None:
        """Take the most that the call can cost; raises `BudgetExceeded`."""
        origin = self._origin
        async with self._ctx.service(Transactions).begin() as own:  # the caller's context may be old
            now = own.now
        longest = self._settings.answer_seconds + self._settings.first_token_seconds
        call = NewCall(
            id=self.id,
            request_id=origin.request_id,
            user_id=origin.user_id,
            course_id=origin.course_id,
            placement=origin.placement,
            template=origin.template,
            template_version=origin.template_version,
            capability=self._candidate.capability.value,
            provider=self._candidate.provider.name,
            model=self._candidate.model.name,
            sample=self._candidate.provider.sample,
            currency=self.currency,
            price_version=self.price.version if self.price else "",
            reserved_micros=cost_of(self.price, input_tokens, output_tokens),
            prompt_hash=origin.prompt_hash,
            prompt=origin.prompt,
            started_at=now,
            expires_at=now + dt.timedelta(seconds=longest) + GRACE,
        )
        await lanes.reserve(self._ctx, call)
        self._began = time.monotonic()

    def heard(self) -> None:
        """The first part has come."""
        if self._first is None:
            self._first = self._elapsed()

    async def settle(self, outcome: Outcome) -> None:
        """Write down how the call ended; goes on to its end even where the caller is cancelled meanwhile."""
        outcome = msgspec.structs.replace(outcome, first_token_ms=self._first, duration_ms=self._elapsed())
        with suppress(Exception):  # it was logged, and the sweep will end what was left
            await lanes.settle(self._ctx, self.id, outcome)

    def cost(self, usage: Usage) -> int:
        """What the usage costs."""
        return cost_of(self.price, usage.input_tokens, usage.output_tokens)

    def _elapsed(self) -> int:
        return round((time.monotonic() - self._began) * 1000)


def estimate(input_characters: int, output_characters: int) -> Usage:
    """About how many tokens so many characters are."""
    return Usage(
        input_tokens=-(-input_characters // CHARACTERS),
        output_tokens=-(-output_characters // CHARACTERS),
        estimated=True,
    )
