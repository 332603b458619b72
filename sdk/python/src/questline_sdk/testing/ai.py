"""The conformance suite of AI providers: what every adapter promises those who call it.

An adapter's tests derive a vendor that answers as documented, and a class of tests:

    from questline_sdk.testing.ai import AIProviderConformance
    from questline_sdk.testing.ai_vendor import AIVendor, running_vendor


    class TestProvider(AIProviderConformance):
        @pytest_asyncio.fixture(loop_scope="session")
        async def vendor(self, ctx, as_user):
            vendor = MyVendor()
            async with running_vendor(vendor, ctx, as_user):
                yield vendor
"""

import asyncio
import logging
import os
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import pytest

from questline_sdk import Context
from questline_sdk.ai import (
    AnswerPart,
    Capability,
    ChatRequest,
    Completed,
    ContentFiltered,
    CopyRequest,
    Message,
    Model,
    ProviderError,
    ProviderRateLimited,
    ProviderRefused,
    ProviderUnavailable,
    TextDelta,
)
from questline_sdk.testing.ai_vendor import AIVendor, Fault

BRIEF = "Write a slogan. Grüße 👋"
HUGE = 3_000_000
STREAMS = 20
ERRORS: dict[Fault, type[ProviderError]] = {
    Fault.UNAUTHORIZED: ProviderRefused,
    Fault.FORBIDDEN: ProviderRefused,
    Fault.RATE_LIMITED: ProviderRateLimited,
    Fault.BROKEN: ProviderUnavailable,
    Fault.UNAVAILABLE: ProviderUnavailable,
    Fault.MALFORMED: ProviderUnavailable,
    Fault.OTHER_SHAPE: ProviderUnavailable,
    Fault.ENDS_EARLY: ProviderUnavailable,
    Fault.CUT: ProviderUnavailable,
    Fault.SILENT: ProviderUnavailable,
    Fault.STALLED: ProviderUnavailable,
    Fault.ELSEWHERE: ProviderError,
}
"""What becomes of each fault; of a redirect, any error will do."""


def asking(vendor: AIVendor, ctx: Context, model: Model, brief: str = BRIEF) -> AsyncGenerator[AnswerPart, None]:
    """Ask a model for a text, in the way that it offers."""
    if Capability.CHAT in model.capabilities:
        messages = [Message(role="system", content="Be brief."), Message(role="user", content=brief)]
        return vendor.provider.chat(ctx, ChatRequest(model=model.name, messages=messages, max_output_tokens=900_000))
    return vendor.provider.copy(ctx, CopyRequest(model=model.name, brief=brief, max_output_tokens=900_000))


async def answer_of(
    vendor: AIVendor, ctx: Context, model: Model, brief: str = BRIEF
) -> tuple[str, Completed, Sequence[AnswerPart]]:
    """The text, how it ended, and the parts that it came in."""
    parts = [part async for part in asking(vendor, ctx, model, brief)]
    *pieces, end = parts
    assert isinstance(end, Completed)
    assert all(isinstance(part, TextDelta) for part in pieces)
    return "".join(part.text for part in pieces if isinstance(part, TextDelta)), end, parts


async def models_with(vendor: AIVendor, ctx: Context, *capabilities: Capability) -> list[Model]:
    """The models that can do one of these."""
    offered = await vendor.provider.models(ctx)
    return [each for each in offered if each.capabilities & set(capabilities)]


async def writers(vendor: AIVendor, ctx: Context) -> list[Model]:
    """The models that write."""
    found = await models_with(vendor, ctx, Capability.CHAT, Capability.COPY)
    assert found
    return found


def needs_http(vendor: AIVendor) -> None:
    """Leave a test out where nobody is asked."""
    if not vendor.over_http:
        pytest.skip("nothing goes over a network here")


def check_error(vendor: AIVendor, fault: Fault, error: ProviderError) -> None:
    """The error is the one callers know for a fault, and tells no secret."""
    assert isinstance(error, ERRORS[fault]), f"{fault}: {error!r}"
    if fault is Fault.RATE_LIMITED:
        assert error.retry_after == 17
    assert vendor.key not in f"{error!r} {error.detail}"


@pytest.mark.asyncio(loop_scope="session")
class AIProviderConformance:
    """The suite as tests; derive a class whose name begins with `Test` and give it the fixture `vendor`."""

    async def test_models_say_what_they_can_and_cost(self, vendor: AIVendor, ctx: Context) -> None:
        """By different names."""
        offered = await vendor.provider.models(ctx)
        assert offered
        assert len({each.name for each in offered}) == len(offered)
        for model in offered:
            assert model.capabilities
            assert model.title
            assert model.price is None or min(model.price.input_micros, model.price.output_micros) >= 0

    async def test_without_a_key_nothing_is_offered(self, vendor: AIVendor, ctx: Context) -> None:
        """And the admin hears why."""
        needs_http(vendor)
        await vendor.configure(api_key=None)
        assert list(await vendor.provider.models(ctx)) == []
        health = await vendor.provider.health(ctx)
        assert (health.usable, bool(health.detail), vendor.asked) == (False, True, [])

    async def test_health_is_asked_of_the_vendor_and_never_raises(self, vendor: AIVendor, ctx: Context) -> None:
        """Whatever goes wrong."""
        assert (await vendor.provider.health(ctx)).usable
        needs_http(vendor)
        for fault in (Fault.UNAUTHORIZED, Fault.BROKEN, Fault.RATE_LIMITED, Fault.MALFORMED, Fault.CUT, Fault.SILENT):
            vendor.fault = fault
            health = await vendor.provider.health(ctx)
            assert (fault, health.usable, bool(health.detail)) == (fault, False, True)
            assert vendor.key not in health.detail

    @pytest.mark.parametrize("piece", [None, 1, 3, 1000])
    async def test_an_answer_arrives_whole_however_it_is_cut(
        self, vendor: AIVendor, ctx: Context, piece: int | None
    ) -> None:
        """Even within a letter."""
        vendor.piece = piece
        for model in await writers(vendor, ctx):
            text, end, _ = await answer_of(vendor, ctx, model)
            assert text == vendor.text if vendor.over_http else text
            assert end.finish == "stop"
            assert end.reference
            assert end.usage.output_tokens > 0

    async def test_a_huge_answer_arrives_whole(self, vendor: AIVendor, ctx: Context) -> None:
        """Three million letters."""
        needs_http(vendor)
        vendor.text, vendor.piece = "x" * HUGE, 65_536
        for model in await writers(vendor, ctx):
            text, _, _ = await answer_of(vendor, ctx, model)
            assert len(text) == HUGE

    @pytest.mark.parametrize("fault", list(Fault))
    async def test_every_fault_is_an_error_that_callers_know(
        self, vendor: AIVendor, ctx: Context, fault: Fault, caplog: pytest.LogCaptureFixture
    ) -> None:
        """It is asked once: whether to try again is for the caller to say."""
        needs_http(vendor)
        caplog.set_level(logging.DEBUG)
        for model in await writers(vendor, ctx):
            vendor.fault, vendor.asked[:] = fault, []
            with pytest.raises(ProviderError) as caught:
                await answer_of(vendor, ctx, model)
            check_error(vendor, fault, caught.value)
            assert len(vendor.asked) == 1
            vendor.fault = None
            assert (await answer_of(vendor, ctx, model))[0] == vendor.text
        assert vendor.key not in caplog.text

    async def test_a_text_against_the_rules_is_declined(self, vendor: AIVendor, ctx: Context) -> None:
        """As an error, or as how the answer ended."""
        needs_http(vendor)
        vendor.declining = True
        for model in await writers(vendor, ctx):
            try:
                _, end, _ = await answer_of(vendor, ctx, model)
            except ContentFiltered:
                continue
            if end.finish == "stop":
                pytest.skip("the vendor documents nothing of the kind")
            assert end.finish == "filtered"

    async def test_an_answer_nobody_waits_for_is_hung_up(self, vendor: AIVendor, ctx: Context) -> None:
        """So that the vendor can stop."""
        needs_http(vendor)
        model = (await writers(vendor, ctx))[0]
        vendor.fault = Fault.STALLED

        async def ask() -> None:
            async with aclosing(asking(vendor, ctx, model)) as parts:
                async for _ in parts:
                    pass

        task = asyncio.create_task(ask())
        await vendor.called.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(vendor.left.wait(), 30)

    async def test_answers_to_many_at_once_are_kept_apart(self, vendor: AIVendor, ctx: Context) -> None:
        """Each gets its own."""
        needs_http(vendor)
        model = (await writers(vendor, ctx))[0]
        found = await asyncio.gather(*(answer_of(vendor, ctx, model, f"marker-{n}") for n in range(STREAMS)))
        assert [text for text, _, _ in found] == [f"marker-{n}" for n in range(STREAMS)]

    @pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://169.254.169.254", "http://10.255.255.1"])
    async def test_where_nobody_answers_or_nobody_may_go(self, vendor: AIVendor, ctx: Context, address: str) -> None:
        """A closed port, and networks that are not the tenant's business."""
        needs_http(vendor)
        await vendor.configure(**vendor.settings(address))
        model = (await writers(vendor, ctx))[0]
        with pytest.raises(ProviderUnavailable):
            await answer_of(vendor, ctx, model)

    async def test_texts_become_vectors_in_their_order(self, vendor: AIVendor, ctx: Context) -> None:
        """Where the provider embeds."""
        for model in await models_with(vendor, ctx, Capability.EMBED):
            found = await vendor.provider.embed(ctx, model.name, ["one", "two", "three"])
            assert len(found.vectors) == 3
            assert len({len(vector) for vector in found.vectors}) == 1
            again = await vendor.provider.embed(ctx, model.name, ["three"])
            assert list(again.vectors[0]) == pytest.approx(list(found.vectors[2]))
            for fault in Fault if vendor.over_http else ():
                vendor.fault = fault
                with pytest.raises(ProviderError) as caught:
                    await vendor.provider.embed(ctx, model.name, ["one"])
                check_error(vendor, fault, caught.value)
                vendor.fault = None

    async def test_a_text_is_moderated(self, vendor: AIVendor, ctx: Context) -> None:
        """Where the provider moderates."""
        for model in await models_with(vendor, ctx, Capability.MODERATE):
            assert not (await vendor.provider.moderate(ctx, model.name, "a friendly text")).flagged
            for fault in Fault if vendor.over_http else ():
                vendor.fault = fault
                with pytest.raises(ProviderError) as caught:
                    await vendor.provider.moderate(ctx, model.name, "a friendly text")
                check_error(vendor, fault, caught.value)
                vendor.fault = None

    async def test_the_vendor_itself_answers(self, vendor: AIVendor, ctx: Context) -> None:
        """Only where the environment has a key for it."""
        key = os.environ.get(vendor.live_variable or "")
        if not key:
            pytest.skip(f"asks the vendor itself only where {vendor.live_variable or 'a key'} is set")
        await vendor.configure(**vendor.live_settings(key))
        assert (await vendor.provider.health(ctx)).usable
        text, end, _ = await answer_of(vendor, ctx, (await writers(vendor, ctx))[0], "Say hello in one word.")
        assert text
        assert end.finish == "stop"
