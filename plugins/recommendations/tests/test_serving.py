"""What learners are shown: their own, why, and never what they have completed."""

from uuid import uuid4

from sqlalchemy import func, select

from questline_recommendations.models import Pick, Popular

NEXT = "/api/v1/p/recommendations/next"
LESSONS = "/api/v1/p/recommendations/lessons"


def titles(answer):
    assert answer.status_code == 200, answer.text
    return [each["title"] for each in answer.json()["items"]]


async def test_a_new_learner_sees_what_is_popular_one_lesson_of_each_course_first(
    tenant, as_user, courses, complete, trained
):
    for _ in range(2):
        await complete(await as_user("learner"), "search", "keywords")
    await complete(await as_user("learner"), "email", "newsletters")
    await trained(tenant)
    new = await as_user("learner")
    items = (await new.get(f"{NEXT}?limit=3")).json()["items"]
    assert [each["title"] for each in items] == ["Keywords", "Newsletters", "Subject lines"]
    assert items[0]["reason"] == {"kind": "popular", "because": None, "learners": 2}
    assert items[2]["reason"] == {"kind": "new", "because": None, "learners": None}
    assert (items[0]["course_slug"], items[0]["enrolled"]) == ("search", False)


async def test_what_others_went_on_to_is_suggested_with_the_lesson_it_follows(
    tenant, as_user, courses, complete, trained
):
    for _ in range(4):
        other = await as_user("learner")
        await complete(other, "email", "subject-lines")
        await complete(other, "search", "snippets")
    learner = await as_user("learner")
    await complete(learner, "email", "subject-lines")
    await trained(tenant)
    first = (await learner.get(NEXT)).json()["items"][0]
    assert first["title"] == "Snippets"
    assert first["reason"] == {"kind": "after", "because": "Subject lines", "learners": None}


async def test_completing_a_lesson_takes_it_off_at_once_and_changes_the_rest_soon(
    site, tenant, as_user, courses, complete, trained, drain
):
    for _ in range(3):
        await complete(await as_user("learner"), "search", "keywords", "ranking", "snippets")
    await trained(tenant)
    learner = await as_user("learner")
    await complete(learner, "search", "keywords")
    assert "Keywords" not in titles(await learner.get(NEXT))
    await drain()
    items = (await learner.get(NEXT)).json()["items"]
    assert items[0]["title"] == "Ranking"
    assert items[0]["reason"]["because"] == "Keywords"
    assert items[0]["enrolled"] is True
    await complete(learner, "search", "ranking", "snippets")
    assert not {"Keywords", "Ranking", "Snippets"} & set(titles(await learner.get(f"{NEXT}?limit=20")))


async def test_a_weak_quiz_result_calls_for_lessons_on_its_subject(
    site, tenant, as_user, courses, complete, trained, drain
):
    learner = await as_user("learner")
    ids = await complete(learner, "email")
    await trained(tenant)
    from questline_recommendations.handlers import AttemptSubmitted, measure
    from questline_sdk import Event

    for percent in (40, 20):
        data = AttemptSubmitted(user_id=learner.user_id, lesson_id=ids["subject-lines"], percent=percent)
        async with site.context(tenant.id) as ctx:
            event = Event(id=uuid4(), type=data.event_type, tenant_id=tenant.id, occurred_at=ctx.now, data=data)
            await measure.function(ctx, event)
    await drain()
    items = (await learner.get(NEXT)).json()["items"]
    assert items[0]["reason"] == {"kind": "gap", "because": "Subject lines", "learners": None}
    assert items[0]["title"] in {"Newsletters", "Snippets"}
    async with site.context(tenant.id) as ctx:
        kept = await site.host.registry.records["recommendations"].plugin.personal_data(
            ctx=ctx, user_id=learner.user_id
        )
    assert [each["percent"] for each in kept["quiz_results"]] == [40]


async def test_related_lessons_are_about_the_same_and_not_the_ones_next_door(
    tenant, as_user, courses, complete, trained
):
    await trained(tenant)
    learner = await as_user("learner")
    ids = await complete(learner, "email")
    answer = await learner.get(f"{LESSONS}/{ids['subject-lines']}")
    assert "Newsletters" not in titles(answer)
    assert {"Snippets", "Automation"} <= set(titles(answer))
    assert answer.json()["items"][0]["reason"]["kind"] == "similar"
    assert titles(await learner.get(f"{LESSONS}/{uuid4()}")) == []


async def test_each_page_takes_one_statement(site, tenant, as_user, courses, complete, trained, monkeypatch):
    learner = await as_user("learner")
    ids = await complete(learner, "email", "subject-lines")
    await trained(tenant)
    asked = []
    database = type(site.host.database)
    read, opened = database.read, database.open

    async def reading(self, tenant_id, query, parameters):
        asked.append(query.sql)
        return await read(self, tenant_id, query, parameters)

    def opening(self, tenant_id):
        asked.append("a session")
        return opened(self, tenant_id)

    monkeypatch.setattr(database, "read", reading)
    monkeypatch.setattr(database, "open", opening)
    for path in (NEXT, f"{LESSONS}/{ids['automation']}"):
        await learner.get(path)
        asked.clear()
        assert titles(await learner.get(path))
        assert len([sql for sql in asked if "recommendations." in sql or sql == "a session"]) == 1


async def test_who_may_read_single_courses_only_is_shown_no_other(site, tenant, as_user, courses, complete, trained):
    await complete(await as_user("learner"), "email", "newsletters")
    await trained(tenant)
    guest = await as_user("guest")
    answer = await guest.get(NEXT)
    assert answer.status_code in {200, 403}
    if answer.status_code == 200:
        assert titles(answer) == []


async def test_nobody_else_may_start_a_training(tenant, as_user):
    learner, admin = await as_user("learner"), await as_user("admin")
    assert (await learner.post("/api/v1/p/recommendations/training")).status_code == 403
    assert (await learner.get("/api/v1/p/recommendations/training")).status_code == 403
    started = await admin.post("/api/v1/p/recommendations/training")
    assert started.status_code == 202
    assert started.json()["state"] == "texts"


async def test_erasing_a_user_removes_what_is_kept_of_them(site, tenant, as_user, courses, complete, trained):
    learner = await as_user("learner")
    await complete(learner, "email", "newsletters")
    await trained(tenant)
    plugin = site.host.registry.records["recommendations"].plugin
    async with site.context(tenant.id) as ctx:
        kept = await plugin.personal_data(ctx=ctx, user_id=learner.user_id)
        assert kept["suggested"]["lesson_ids"]
        await plugin.erase_personal_data(ctx=ctx, user_id=learner.user_id)
        assert (await plugin.personal_data(ctx=ctx, user_id=learner.user_id))["suggested"] is None
        assert await ctx.session.scalar(select(func.count()).select_from(Pick)) == 0
        assert await ctx.session.scalar(select(func.count()).select_from(Popular)) == 6
