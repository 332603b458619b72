"""What learners have seen stays as it was when the course changes."""

from sqlalchemy import text


def changed(course):
    return {"leaves/quiz.yaml": course.source.replace("Which is **tea**?", "Which leaf is tea?")}


async def counts(site, tenant):
    async with site.context(tenant.id) as ctx:
        tables = ("assessment", "assessment_version", "item", "item_version")
        return [await ctx.session.scalar(text(f"SELECT count(*) FROM assessments.{each}")) for each in tables]


async def test_a_changed_item_is_a_new_version_and_the_others_stay(course, site, tenant):
    assert await counts(site, tenant) == [2, 2, 8, 8]
    report = await course.publish(changed(course))
    assert report.outcome == "updated"
    assert await counts(site, tenant) == [2, 3, 8, 9]
    await course.publish({})
    assert await counts(site, tenant) == [2, 4, 8, 9]


async def test_other_changes_of_the_course_add_no_version(course, site, tenant):
    await course.publish({"leaves/module.yaml": "title: Leaves and buds\nlessons: [01-green.md, quiz.yaml]"})
    assert await counts(site, tenant) == [2, 2, 8, 8]


async def test_an_attempt_keeps_the_version_it_began_with(course, taker, new_taker):
    key = await taker.key()
    await course.publish(changed(course))
    assert "Which is <strong>tea</strong>?" in taker.item("leaf")["prompt_html"]
    assert (await taker.read()).json()["items"] == taker.attempt["items"]
    await taker.save("leaf", key["leaf"])
    assert (await taker.submit()).json()["score"] == 1
    later = await new_taker()
    await later.start()
    assert "Which leaf is tea?" in later.item("leaf")["prompt_html"]
    assert later.item("leaf")["id"] == taker.item("leaf")["id"]


async def test_a_deleted_item_stays_for_old_attempts(course, taker):
    await taker.answer("leaf", "country")
    await taker.submit()
    before = (await taker.read()).json()
    shorter = course.source[: course.source.index("      - id: kinds")]
    await course.publish({"leaves/quiz.yaml": shorter})
    assert (await taker.read()).json()["result"] == before["result"]
    quiz = await course.quiz(taker.client)
    assert (quiz["item_count"], quiz["max_score"], quiz["assessment_id"]) == (1, 1, taker.assessment)
    await taker.start()
    assert len(taker.attempt["items"]) == 1


async def test_the_block_says_what_the_player_needs(course, taker):
    quiz = await course.quiz(taker.client)
    assert quiz == {
        "assessment_id": taker.assessment,
        "title": "Tea quiz",
        "graded": True,
        "pass_percent": 60,
        "time_limit_seconds": None,
        "item_count": 7,
        "max_score": 11,
        "max_attempts": None,
        "feedback": "immediate",
    }


async def test_a_course_may_have_a_pass_mark_of_its_own(course, taker, as_user, site, tenant):
    unmarked = {"leaves/quiz.yaml": course.source.replace("    pass_percent: 60\n", "")}
    async with site.context(tenant.id) as ctx:
        course_id = await ctx.session.scalar(text("SELECT id FROM core.course WHERE slug = 'tea'"))
    admin = await as_user("admin")
    for query, percent in (({}, 65), ({"course_id": str(course_id)}, 85)):
        values = {"default_pass_percent": percent}
        answer = await admin.put("/api/v1/plugins/assessments/settings", json=values, params=query)
        assert answer.status_code == 200, answer.text
    await course.publish(unmarked)
    assert (await course.quiz(taker.client))["pass_percent"] == 85
    answer = await admin.put("/api/v1/plugins/assessments/settings", json={}, params={"course_id": str(course_id)})
    assert answer.json()["values"] == {"default_pass_percent": 65}
    await course.publish({**unmarked, "leaves/module.yaml": "title: Leaves again\nlessons: [01-green.md, quiz.yaml]"})
    assert (await course.quiz(taker.client))["pass_percent"] == 65
