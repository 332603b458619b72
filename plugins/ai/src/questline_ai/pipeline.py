"""A question's way: plan, moderation, reservation, provider with fail-over, answer part by part, settlement."""

import hashlib
from collections.abc import AsyncGenerator
from contextlib import aclosing
from uuid import UUID, uuid4

import jsonschema_rs
import msgspec

from questline_ai.attempt import Attempt, opened
from questline_ai.breaker import BREAKERS
from questline_ai.candidates import Candidate
from questline_ai.ledger import Outcome
from questline_ai.metering import Meter, Origin, estimate
from questline_ai.models import Call
from questline_ai.moderation import demand_clean
from questline_ai.plan import Plan, Remembered, make_plan, remember
from questline_ai.redaction import Restorer
from questline_sdk import Context
from questline_sdk.ai import AnswerPart, Completed, ContentFiltered, ProviderError, ProviderUnavailable, TextDelta
from questline_sdk.ai_calls import AIAnswer, AIPart, AIRequest, AIUnavailable
from questline_sdk.services import Transactions


async def answer(ctx: Context, request: AIRequest) -> AsyncGenerator[AIPart, None]:
    """The parts of an answer; closing this ends the request to the provider."""
    async with ctx.service(Transactions).begin() as own:
        plan = await make_plan(own, request)
    origin = _origin(plan)
    if plan.settings.moderation != "off":
        await demand_clean(ctx, plan.settings, origin, _said(plan))
    source = _asked(ctx, plan, origin) if plan.remembered is None else _from_memory(ctx, plan, origin, plan.remembered)
    async with aclosing(source) as parts:
        async for part in parts:
            yield part


async def _asked(ctx: Context, plan: Plan, origin: Origin) -> AsyncGenerator[AIPart, None]:
    """The first candidate's answer that comes; nobody goes on where another has already been heard."""
    last: ProviderError | None = None
    for candidate in plan.candidates:
        key = (ctx.tenant_id, candidate.provider.name, candidate.model.name)
        if not BREAKERS.admits(key):
            continue
        asked = _Asked(ctx, plan, candidate, origin)
        try:
            async with aclosing(asked.parts()) as parts:
                async for part in parts:
                    yield part
        except ProviderError as error:
            _note_failure(key, plan, error)
            last = error
            if asked.shown:
                raise
        except BaseException:
            BREAKERS.left(key)
            raise
        else:
            BREAKERS.succeeded(key)
            return
    raise _unavailable(last)


def _note_failure(key: tuple[UUID, str, str], plan: Plan, error: ProviderError) -> None:
    if isinstance(error, ContentFiltered):
        BREAKERS.left(key)
    else:
        BREAKERS.failed(key, limit=plan.settings.breaker_failures, rest=plan.settings.breaker_seconds)


def _unavailable(last: ProviderError | None) -> Exception:
    if isinstance(last, ContentFiltered):
        return last
    if last is None:
        return AIUnavailable("The AI providers are resting after failures. Try again in a minute.", code="ai_resting")
    return AIUnavailable(f"AI is not available now. {last.detail}", code=last.code, retry_after=last.retry_after)


class _Asked:
    """A candidate asked for the plan's answer."""

    def __init__(self, ctx: Context, plan: Plan, candidate: Candidate, origin: Origin) -> None:
        self.ctx, self.plan, self.candidate, self.origin = ctx, plan, candidate, origin
        self.shown = False
        """Whether the caller has seen text: then nobody else can go on."""
        self._raw: list[str] = []
        self._completed: Completed | None = None
        self._whole = plan.request.json_schema is not None or plan.settings.moderation == "prompts_and_answers"

    async def parts(self) -> AsyncGenerator[AIPart, None]:
        """Reserve, ask, show, settle."""
        plan = self.plan
        meter = Meter(self.ctx, plan.settings, self.candidate, self.origin)
        await meter.reserve(plan.input_bytes, plan.max_output_tokens)
        attempt = Attempt(plan.settings)
        restorer = Restorer(plan.redaction)
        try:
            async with (
                self.ctx.service(Transactions).begin() as own,
                aclosing(self._read(own, attempt, meter)) as pieces,
            ):
                async for piece in pieces:
                    text = restorer.feed(piece)
                    if text and not self._whole:
                        self.shown = True
                        yield TextDelta(text=text)
            text = await self._checked()
        except BaseException as error:
            await meter.settle(self._broken(meter, attempt, error))
            raise
        completed = self._completed
        if completed is None:
            raise AssertionError
        cost = meter.cost(completed.usage)
        await meter.settle(
            Outcome(
                status="settled",
                cost_micros=cost,
                input_tokens=completed.usage.input_tokens,
                output_tokens=completed.usage.output_tokens,
                estimated=completed.usage.estimated,
                tries=attempt.tries,
                finish=completed.finish,
                reference=completed.reference,
                answer=text if plan.settings.record == "full" else None,
            )
        )
        await self._remember(completed)
        rest = text if self._whole else restorer.rest()
        if rest:
            yield TextDelta(text=rest)
        yield AIAnswer(
            call_id=meter.id,
            text=text,
            provider=self.candidate.provider.name,
            model=self.candidate.model.name,
            usage=completed.usage,
            cost_micros=cost,
            currency=meter.currency,
            sample=self.candidate.provider.sample,
            finish=completed.finish,
        )

    async def _read(self, ctx: Context, attempt: Attempt, meter: Meter) -> AsyncGenerator[str, None]:
        part: AnswerPart | None
        part, parts = await opened(ctx, self.plan, self.candidate, attempt)
        async with aclosing(parts):
            while part is not None:
                meter.heard()
                if isinstance(part, Completed):
                    self._completed = part
                    return
                self._raw.append(part.text)
                yield part.text
                part = await attempt.within(self.plan.settings.answer_seconds, anext(parts, None))
        raise ProviderUnavailable("The provider's answer ended too early.")

    async def _checked(self) -> str:
        """The whole text, as the caller gets it; raises where it is not what was asked for."""
        raw = "".join(self._raw)
        if self.plan.request.json_schema is not None:
            _demand_schema(raw, self.plan.request)
        text = self.plan.redaction.show(raw)
        if self.plan.settings.moderation == "prompts_and_answers":
            await demand_clean(self.ctx, self.plan.settings, self.origin, raw)
        return text

    def _broken(self, meter: Meter, attempt: Attempt, error: BaseException) -> Outcome:
        """What an answer that did not come to its end has cost, about: nothing where the provider said nothing."""
        failed = isinstance(error, Exception)
        written = sum(map(len, self._raw))
        usage = self._completed.usage if self._completed else None
        if usage is None and (written or not failed):
            usage = estimate(sum(len(each.content) for each in self.plan.messages), written)
        usage = usage or estimate(0, 0)
        return Outcome(
            status="failed" if failed else "cancelled",
            cost_micros=meter.cost(usage),
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            estimated=usage.estimated,
            tries=attempt.tries,
            error=getattr(error, "code", type(error).__name__) if failed else None,
            answer=self.plan.redaction.show("".join(self._raw)) if self.plan.settings.record == "full" else None,
        )

    async def _remember(self, completed: Completed) -> None:
        if not (self.plan.settings.cache and self.plan.request.cache and completed.finish == "stop"):
            return
        kept = Remembered(
            text="".join(self._raw),
            provider=self.candidate.provider.name,
            model=self.candidate.model.name,
            usage=completed.usage,
            sample=self.candidate.provider.sample,
        )
        async with self.ctx.service(Transactions).begin() as own:
            await remember(own, self.plan, kept)


async def _from_memory(ctx: Context, plan: Plan, origin: Origin, kept: Remembered) -> AsyncGenerator[AIPart, None]:
    call_id = uuid4()
    text = plan.redaction.show(kept.text)
    async with ctx.service(Transactions).begin() as own:
        own.session.add(
            Call(
                id=call_id,
                request_id=origin.request_id,
                user_id=origin.user_id,
                course_id=origin.course_id,
                placement=origin.placement,
                template=origin.template,
                template_version=origin.template_version,
                capability=plan.template.capability.value,
                provider=kept.provider,
                model=kept.model,
                sample=kept.sample,
                status="cached",
                currency="USD",
                price_version="",
                reserved_micros=0,
                holds=[],
                prompt_hash=origin.prompt_hash,
                prompt=origin.prompt,
                answer=text if plan.settings.record == "full" else None,
                started_at=own.now,
                expires_at=own.now,
            )
        )
    yield TextDelta(text=text)
    yield AIAnswer(
        call_id=call_id,
        text=text,
        provider=kept.provider,
        model=kept.model,
        usage=kept.usage,
        cost_micros=0,
        currency="USD",
        cached=True,
        sample=kept.sample,
    )


def _origin(plan: Plan) -> Origin:
    content = msgspec.json.encode([(each.role, each.content) for each in plan.messages])
    return Origin(
        request_id=uuid4(),
        user_id=plan.user_id,
        course_id=plan.request.course_id,
        placement=plan.request.placement,
        template=plan.template.id,
        template_version=plan.template_version,
        prompt_hash=hashlib.sha256(content).hexdigest(),
        prompt=plan.spoken or None,
    )


def _said(plan: Plan) -> str:
    return "\n\n".join(each.content for each in plan.messages if each.role == "user")


def _demand_schema(raw: str, request: AIRequest) -> None:
    try:
        value = msgspec.json.decode(raw)
        jsonschema_rs.validate(dict(request.json_schema or {}), value)
    except (msgspec.DecodeError, jsonschema_rs.ValidationError) as error:
        raise ProviderError(
            "The provider's answer has not the form that was asked for.", code="ai_wrong_form"
        ) from error
