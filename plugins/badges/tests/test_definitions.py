"""Definitions through the API, settings and privacy."""

from uuid import uuid4

import msgspec
import pytest

from questline_badges.settings import BadgesSettings

DEFINITIONS = "/api/v1/p/badges/definitions"
EVENT_TYPES = "/api/v1/p/badges/event-types"
GALLERY = "/api/v1/p/badges/me"
BADGE = {
    "slug": "helper",
    "title": "Helper",
    "description": "Helped somebody.",
    "icon": "heart",
    "tier": "silver",
    "criterion": {"type": "event_count", "event": "demo.answer.given.v1", "count": 3},
}


async def test_badges_are_defined_changed_and_removed(as_user):
    admin = await as_user("admin")
    made = await admin.post(DEFINITIONS, json=BADGE)
    assert made.status_code == 201, made.text
    badge = made.json()
    assert (await admin.post(DEFINITIONS, json=BADGE)).json()["code"] == "slug_taken"
    changed = await admin.put(f"{DEFINITIONS}/{badge['id']}", json=BADGE | {"criterion": {"type": "streak", "days": 4}})
    assert changed.json()["criterion"] == {"type": "streak", "days": 4}
    taken = await admin.put(f"{DEFINITIONS}/{badge['id']}", json=BADGE | {"slug": "first-brief"})
    assert taken.status_code == 409
    assert (await admin.get(DEFINITIONS)).json()["total"] == 14
    assert (await admin.delete(f"{DEFINITIONS}/{badge['id']}")).status_code == 204
    assert (await admin.delete(f"{DEFINITIONS}/{badge['id']}")).status_code == 404
    assert (await admin.put(f"{DEFINITIONS}/{uuid4()}", json=BADGE)).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"slug": "Not A Slug"},
        {"tier": "platinum"},
        {"criterion": {"type": "event_count", "event": "x", "count": 1}},
        {"criterion": {"type": "streak", "days": 1}},
        {"criterion": {"type": "magic"}},
        {"criterion": {"type": "points_total", "points": 0}},
    ],
)
async def test_a_definition_that_cannot_be_is_refused(as_user, wrong):
    admin = await as_user("admin")
    assert (await admin.post(DEFINITIONS, json=BADGE | wrong)).status_code == 400


async def test_badges_for_badges_are_refused(as_user):
    admin = await as_user("admin")
    own = {"type": "event_count", "event": "badges.badge.earned.v1", "count": 3}
    refused = await admin.post(DEFINITIONS, json=BADGE | {"criterion": own})
    assert refused.status_code == 422


async def test_an_earned_badge_stays(as_user, ctx, drain):
    from questline_sdk.events import CourseCompleted

    admin, learner = await as_user("admin"), await as_user("learner")
    await ctx.publish(CourseCompleted(user_id=learner.user_id, course_id=uuid4(), course_slug="c"))
    await ctx.session.commit()
    await drain()
    definitions = (await admin.get(DEFINITIONS)).json()["items"]
    graduate = next(each for each in definitions if each["slug"] == "course-graduate")
    assert (await admin.delete(f"{DEFINITIONS}/{graduate['id']}")).json()["code"] == "badge_earned"


async def test_known_event_types_are_cores_and_those_of_badges_with_the_fields_to_compare(as_user):
    admin = await as_user("admin")
    await admin.post(DEFINITIONS, json=BADGE)
    kinds = (await admin.get(EVENT_TYPES)).json()["event_types"]
    fields = {each["type"]: each["fields"] for each in kinds}
    assert fields["learning.course.completed.v1"] == ["course_slug"]
    assert fields["assessments.attempt.submitted.v1"] == ["first_pass", "percent"]
    assert fields["demo.answer.given.v1"] == []
    assert (await (await as_user("learner")).get(EVENT_TYPES)).status_code == 403


async def test_learners_do_not_define_badges(as_user):
    learner = await as_user("learner")
    assert (await learner.get(DEFINITIONS)).status_code == 403


async def test_locked_badges_can_be_hidden(site, as_user):
    admin, learner = await as_user("admin"), await as_user("learner")
    changed = await admin.put("/api/v1/plugins/badges/settings", json={"show_locked": False})
    assert changed.status_code == 200
    site.host.plugin_settings.forget(learner.tenant_id)
    gallery = (await learner.get(GALLERY)).json()
    assert gallery["badges"] == []
    assert gallery["total"] == 13
    assert BadgesSettings().show_locked


async def test_a_users_badges_go_along_and_are_erased(site, tenant, as_user, ctx, drain):
    from questline_sdk.events import CourseCompleted

    learner = await as_user("learner")
    await ctx.publish(CourseCompleted(user_id=learner.user_id, course_id=uuid4(), course_slug="c"))
    await ctx.session.commit()
    await drain()
    plugin = site.host.registry.records["badges"].plugin
    async with site.context(tenant.id) as unit:
        mine = await plugin.personal_data(ctx=unit, user_id=learner.user_id)
        assert [each["slug"] for each in mine["earned"]] == ["course-graduate", "first-hundred"] or len(
            mine["earned"]
        ) == 2
        msgspec.json.encode(mine)
        await plugin.erase_personal_data(ctx=unit, user_id=learner.user_id)
        assert await plugin.personal_data(ctx=unit, user_id=learner.user_id) == {"earned": [], "progress": []}
