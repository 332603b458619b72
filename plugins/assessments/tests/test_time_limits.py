"""Time limits, by a clock that the tests move."""

from questline_assessments.jobs import Nothing, close_overdue


async def timed(course, new_taker):
    await course.publish(course.quiz_with("time_limit_minutes: 10"))
    taker = await new_taker()
    await taker.start()
    return taker


async def test_answers_are_taken_until_the_end_and_a_little_after(course, new_taker, clock):
    taker = await timed(course, new_taker)
    assert taker.attempt["deadline_at"] == "2026-11-18T12:10:00Z"
    clock.pass_(minutes=10, seconds=9)
    assert (await taker.save("hot", {"option_id": "false"})).status_code == 200
    clock.pass_(seconds=2)
    late = await taker.save("country", {"text": "China"})
    assert (late.status_code, late.json()["code"]) == (409, "time_over")
    assert (await taker.check("hot")).json()["code"] == "time_over"
    result = (await taker.submit()).json()
    assert [item["answered"] for item in result["items"]].count(True) == 1
    assert result["score"] == 1


async def test_an_overdue_attempt_is_scored_when_it_is_read(course, new_taker, clock, submissions):
    taker = await timed(course, new_taker)
    await taker.answer()
    clock.pass_(hours=2)
    found = (await taker.read()).json()
    assert (found["status"], found["result"]["percent"]) == ("submitted", 100)
    assert found["submitted_at"] == "2026-11-18T12:10:00Z"
    assert len(await submissions()) == 1
    assert (await taker.save("hot", {"option_id": "true"})).json()["code"] == "time_over"


async def test_starting_again_ends_an_overdue_attempt(course, new_taker, clock):
    taker = await timed(course, new_taker)
    first = taker.attempt["id"]
    clock.pass_(minutes=11)
    assert (await taker.start()).json()["id"] != first
    lines = (await taker.summary())["attempts"]
    assert [(line["number"], line["status"]) for line in lines] == [(2, "open"), (1, "submitted")]


async def test_the_summary_ends_an_overdue_attempt(course, new_taker, clock):
    taker = await timed(course, new_taker)
    clock.pass_(minutes=11)
    summary = await taker.summary()
    assert (summary["open_attempt_id"], summary["attempts"][0]["status"]) == (None, "submitted")


async def test_the_clock_ends_what_nobody_reads(course, new_taker, clock, site, tenant, submissions):
    taker, other = await timed(course, new_taker), await new_taker()
    clock.pass_(minutes=9)
    await other.start()
    clock.pass_(minutes=2)
    for _ in range(2):
        async with site.context(tenant.id) as ctx:
            await close_overdue(ctx, Nothing())
    assert [each["user_id"] for each in await submissions()] == [str(taker.client.user_id)]
    assert (await other.read()).json()["status"] == "open"
