"""Which attempts run now, as other plugins are told."""

from uuid import UUID

from questline_sdk.services import OpenAttempts


async def running(site, taker):
    async with site.context(taker.course.tenant.id) as ctx:
        return await ctx.service(OpenAttempts).of(taker.client.user_id, UUID(taker.course.id))


async def test_an_attempt_runs_until_it_is_submitted(site, taker):
    (open_one,) = await running(site, taker)
    assert open_one.graded
    assert str(open_one.lesson_id) == taker.course.quiz_lesson
    assert any("Which is <strong>tea</strong>?" in each for each in open_one.questions)
    assert "SECRET" not in "".join(open_one.questions)
    await taker.submit()
    assert await running(site, taker) == []


async def test_a_check_in_a_lesson_counts_for_nothing(site, new_taker):
    taker = await new_taker()
    assert await running(site, taker) == []
    await taker.start(taker.course.lesson)
    (open_one,) = await running(site, taker)
    assert not open_one.graded
