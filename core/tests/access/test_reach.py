"""Roles in single courses and over groups: which of many courses somebody may see or edit is one statement."""

from sqlalchemy import insert, select

from questline_core.access.reach import reach_of
from questline_core.content.models import Course
from questline_core.groups.models import Group, GroupCourse
from questline_sdk.services import Reach

COURSES = "/api/v1/courses"
EDIT = {"permission": "content.course.manage"}


async def everything(client, **params):
    """All pages of a list, and how many there were."""
    slugs, cursor, pages = [], None, 0
    while True:
        query = EDIT | params | {"limit": 100} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(COURSES, params=query)).json()
        slugs += [each["slug"] for each in page["items"]]
        cursor, pages = page["next_cursor"], pages + 1
        if cursor is None:
            return slugs, pages


async def test_which_of_10000_courses_one_may_edit_is_one_statement(
    host, site, as_user, owner, make_courses, grant, statements
):
    courses = await make_courses(10_000)
    learner = await as_user("learner")
    mine = sorted(courses)[::100][:30]
    for slug in mine:
        await grant(learner, "author", course_id=courses[slug])
    assert await everything(learner) == (mine, 1)
    for path in (COURSES, "/api/v1/catalogue"):
        for _ in range(100):  # until this process has heard of the last grant, and looked up the roles once more
            async with statements(host) as sent:
                answer = await learner.get(path, params=EDIT)
            assert len(answer.json()["items"]) == 20
            if len(sent) == 1:
                break
        assert len(sent) == 1, sent
    assert (await everything(owner, search="bulk-000"))[0] == sorted(courses)[:99]


async def test_a_role_over_a_group_reaches_the_courses_that_the_group_is_given(
    site, tenant, as_user, make_courses, grant
):
    courses = await make_courses(5)
    async with site.context(tenant.id) as ctx:
        values = {"slug": "spring", "name": "Spring", "kind": "cohort", "created_at": ctx.now, "changed_at": ctx.now}
        group_id = (await ctx.session.scalars(insert(Group).values(values).returning(Group.id))).one()
        given = {"group_id": group_id, "course_id": courses["bulk-00002"], "assigned_at": ctx.now}
        await ctx.session.execute(insert(GroupCourse).values(given))
    learner = await as_user("learner")
    await grant(learner, "author", group_id=group_id)
    assert (await everything(learner))[0] == ["bulk-00002"]


async def test_who_holds_a_role_in_one_course_gives_it_there_only(
    staff, as_user, owner, make_courses, make_role, grant
):
    courses = await make_courses(2)
    await make_role("lead", "tenant.roles.manage", "tenant.roles.read", "content.course.manage")
    lead, learner = await staff("learner"), await as_user("learner")
    await grant(lead, "lead", course_id=courses["bulk-00001"])
    new = {"user_id": str(learner.user_id), "role": "lead"}
    assert (await lead.post("/api/v1/grants", json=new)).status_code == 403
    there = new | {"course_id": str(courses["bulk-00002"])}
    assert (await lead.post("/api/v1/grants", json=there)).status_code == 403
    here = new | {"course_id": str(courses["bulk-00001"])}
    made = await lead.post("/api/v1/grants", json=here)
    assert made.status_code == 201, made.text
    too_much = await lead.post("/api/v1/grants", json=here | {"role": "admin"})
    assert (too_much.status_code, too_much.json()["code"]) == (403, "not_yours_to_give")
    assert (await lead.get("/api/v1/grants")).status_code == 403
    shown = await lead.get("/api/v1/grants", params={"course_id": str(courses["bulk-00001"])})
    assert [each["role"] for each in shown.json()["items"]] == ["lead", "lead"]
    assert (await lead.delete(f"/api/v1/grants/{made.json()['id']}")).status_code == 204


async def test_plugins_ask_for_the_courses_within_reach(site, tenant, as_user, make_courses, grant):
    courses = await make_courses(3)
    learner = await as_user("learner")
    await grant(learner, "author", course_id=courses["bulk-00003"])
    actor = await actor_of(site, tenant, learner)
    async with site.host.context(tenant.id, actor) as ctx:
        reach = ctx.service(Reach)
        assert await reach.may("content.course.manage", course_id=courses["bulk-00003"])
        assert not await reach.may("content.course.manage", course_id=courses["bulk-00001"])
        assert not await reach.may("content.course.manage")
        assert await reach.courses("content.course.read") is None
        mine = await reach.courses("content.course.manage")
        assert list(await ctx.session.scalars(select(Course.slug).where(Course.id.in_(mine)))) == ["bulk-00003"]
        assert not (await reach_of(ctx, "tenant.users.read")).every


async def actor_of(site, tenant, client):
    """The actor that the guard makes of a client."""
    host = site.host
    claims = host.tokens.verify(client.headers["authorization"].partition(" ")[2])
    standing = await host.standings.of(claims)
    enabled, grants = await host.enablement.of(tenant.id), await host.roles.grants(tenant.id)
    return host.permissions.actor(
        user_id=client.user_id,
        tenant_id=tenant.id,
        standing=standing,
        session_id=None,
        enabled=enabled,
        grants=grants,
    )
