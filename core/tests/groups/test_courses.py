"""Members are enrolled in the courses of their groups: once, in the background."""

import asyncio

import pytest
from sqlalchemy import select

from questline_core.events.models import EventRecord


@pytest.fixture
def assign(admin):
    """Give a group a course."""

    async def run(group, course_id):
        answer = await admin.put(f"/api/v1/groups/{group['id']}/courses/{course_id}")
        assert answer.status_code == 204, answer.text

    return run


@pytest.fixture
def enrolments(site, tenant, drain):
    """Who has been enrolled in what, as the events say, once all jobs are done."""

    async def read():
        await drain()
        async with site.context(tenant.id) as ctx:
            kind = EventRecord.type == "learning.course.enrolled.v1"
            rows = await ctx.session.scalars(select(EventRecord.data).where(kind))
            return sorted((data["course_slug"], data["user_id"]) for data in rows)

    return read


async def test_who_joins_is_enrolled_and_so_is_who_was_there_before(
    make_group, people, add, make_course, assign, enrolments
):
    tea, coffee = await make_course("tea"), await make_course("coffee")
    ada, bob = await people("Ada", "Bob")
    group = await make_group()
    await assign(group, tea)
    await add(group, ada)
    assert await enrolments() == [("tea", str(ada))]
    await assign(group, coffee)
    await add(group, bob)
    everything = sorted((slug, str(who)) for slug in ("tea", "coffee") for who in (ada, bob))
    assert await enrolments() == everything
    await assign(group, tea)
    await add(group, ada, bob)
    assert await enrolments() == everything


async def test_joining_and_assigning_at_once_leaves_nobody_out(
    make_group, people, add, make_course, assign, enrolments
):
    tea = await make_course("tea")
    members = await people(*(f"P{number}" for number in range(6)))
    group = await make_group()
    await asyncio.gather(
        *(add(group, each) for each in members[:3]), assign(group, tea), *(add(group, m) for m in members[3:])
    )
    assert await enrolments() == sorted(("tea", str(each)) for each in members)


async def test_of_two_groups_with_one_course_comes_one_enrolment(
    make_group, people, add, make_course, assign, enrolments
):
    tea = await make_course("tea")
    (ada,) = await people("Ada")
    for name in ("Sales", "Marketing"):
        group = await make_group(name)
        await assign(group, tea)
        await add(group, ada)
    assert await enrolments() == [("tea", str(ada))]


async def test_who_left_a_course_or_the_group_is_not_brought_back(
    admin, as_user, make_group, add, people, make_course, assign, enrolments
):
    tea, coffee = await make_course("tea"), await make_course("coffee")
    learner = await as_user("learner")
    (gone,) = await people("Gone")
    group = await make_group()
    await assign(group, tea)
    await add(group, learner.user_id)
    await enrolments()
    assert (await learner.delete(f"/api/v1/courses/{tea}/enrolment")).status_code == 204
    await assign(group, tea)
    await assign(group, coffee)
    await add(group, gone)
    await admin.post(f"/api/v1/groups/{group['id']}/removal", json={"people": [str(gone)]})
    assert await enrolments() == sorted([("tea", str(learner.user_id)), ("coffee", str(learner.user_id))])
    assert (await learner.get("/api/v1/courses/tea")).json()["enrolment"] is None


async def test_whom_a_plugin_refuses_stays_out_and_the_others_come_in(
    make_group, people, add, make_course, assign, enrolments, gate
):
    tea = await make_course("tea")
    ada, bob = await people("Ada", "Bob")
    gate.kept_out.add(ada)
    group = await make_group()
    await assign(group, tea)
    await add(group, ada, bob)
    assert await enrolments() == [("tea", str(bob))]


async def test_a_large_group_is_enrolled_in_parts(make_group, people, add, make_course, assign, enrolments):
    tea = await make_course("tea")
    members = await people(*(f"P{number}" for number in range(120)))
    group = await make_group()
    await add(group, *members)
    await assign(group, tea)
    assert len(await enrolments()) == 120


async def test_the_list_of_courses_says_how_many_take_and_completed_each(
    admin, as_user, make_group, people, add, make_course, assign, enrolments
):
    tea, coffee = await make_course("tea", "Tea"), await make_course("coffee", "Äther and coffee")
    learner = await as_user("learner")
    group = await make_group()
    path = f"/api/v1/groups/{group['id']}/courses"
    assert (await admin.get(path)).json() == {"courses": []}
    await assign(group, tea)
    await assign(group, coffee)
    await add(group, learner.user_id, *await people("Bob"))
    await enrolments()
    page = (await learner.get("/api/v1/courses/tea")).json()
    lesson = page["modules"][0]["lessons"][0]["id"]
    assert (await learner.post(f"/api/v1/lessons/{lesson}/completion")).status_code == 200
    shown = {
        each["slug"]: (each["enrolled_members"], each["completed_members"])
        for each in (await admin.get(path)).json()["courses"]
    }
    assert shown == {"tea": (2, 1), "coffee": (2, 0)}
    assert (await admin.delete(f"{path}/{coffee}")).status_code == 204
    assert (await admin.delete(f"{path}/{coffee}")).status_code == 404
    assert [each["slug"] for each in (await admin.get(path)).json()["courses"]] == ["tea"]
    assert (await admin.put(f"{path}/{group['id']}")).status_code == 404
