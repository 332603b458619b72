"""Rules through the API, and what administrators may set."""

from uuid import uuid4

import msgspec
import pytest

from questline_points.settings import CAREER, Level, PointsSettings

RULES = "/api/v1/p/points/rules"
EVENT_TYPES = "/api/v1/p/points/event-types"
RULE = {"name": "Shared a draft", "event": "demo.draft.shared.v1", "amount": 4}


async def test_a_tenant_starts_with_rules_and_keeps_its_own_when_enabled_again(site, tenant, as_user):
    admin = await as_user("admin")
    rules = (await admin.get(RULES)).json()
    assert rules["total"] == 8
    assert {each["amount"] for each in rules["items"]} == {10, 25, 100, 30, 20, 5, 2}
    for rule in rules["items"][1:]:
        assert (await admin.delete(f"{RULES}/{rule['id']}")).status_code == 204
    record = site.host.registry.records["points"]
    async with site.context(tenant.id) as ctx:
        await record.plugin.plugin_enabled(ctx=ctx)
    assert (await admin.get(RULES)).json()["total"] == 1


async def test_rules_are_made_changed_and_removed(as_user):
    admin = await as_user("admin")
    made = await admin.post(RULES, json=RULE | {"condition": {"field": "words", "op": "gt", "value": 100}})
    assert made.status_code == 201
    rule = made.json()
    assert rule["enabled"] is True
    changed = await admin.put(f"{RULES}/{rule['id']}", json=RULE | {"amount": 9, "cap": {"per": "week", "amount": 18}})
    assert changed.json()["amount"] == 9
    assert changed.json()["condition"] is None
    assert changed.json()["cap"] == {"per": "week", "amount": 18}
    assert (await admin.delete(f"{RULES}/{rule['id']}")).status_code == 204
    assert (await admin.delete(f"{RULES}/{rule['id']}")).status_code == 404
    assert (await admin.put(f"{RULES}/{uuid4()}", json=RULE)).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"amount": 10**9},
        {"event": "not an event"},
        {"name": ""},
        {"cooldown_seconds": 0},
        {"cap": {"per": "year", "amount": 1}},
        {"condition": {"field": "a", "op": "like", "value": 1}},
        {"condition": {"field": "a", "op": "in", "value": 1}},
        {"condition": {"field": "a", "op": "gt", "value": "x"}},
        {"condition": {"field": "", "op": "eq", "value": 1}},
    ],
)
async def test_a_rule_that_cannot_be_is_refused(as_user, wrong):
    admin = await as_user("admin")
    refused = await admin.post(RULES, json=RULE | wrong)
    assert refused.status_code == 400
    assert refused.headers["content-type"] == "application/problem+json"


async def test_points_for_points_are_refused(as_user):
    admin = await as_user("admin")
    refused = await admin.post(RULES, json=RULE | {"event": "points.awarded.v1"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "event"


async def test_known_event_types_are_cores_and_those_of_rules_with_the_fields_to_compare(as_user):
    admin = await as_user("admin")
    await admin.post(RULES, json=RULE | {"condition": {"field": "words", "op": "gt", "value": 100}})
    kinds = (await admin.get(EVENT_TYPES)).json()["event_types"]
    fields = {each["type"]: each["fields"] for each in kinds}
    assert fields["learning.lesson.completed.v1"] == ["course_slug", "kind", "lesson_slug"]
    assert fields["identity.user.signed_up.v1"] == []
    assert fields["assessments.attempt.submitted.v1"] == ["first_pass", "percent"]
    assert fields["demo.draft.shared.v1"] == ["words"]
    assert (await (await as_user("learner")).get(EVENT_TYPES)).status_code == 403


async def test_learners_do_not_see_rules(as_user):
    learner = await as_user("learner")
    assert (await learner.get(RULES)).status_code == 403
    assert (await learner.post(RULES, json=RULE)).status_code == 403


async def test_another_tenants_rules_are_out_of_reach(site, as_user):
    other = await site.new_tenant()
    async with await site.sign_in(other, "admin") as stranger:
        theirs = (await stranger.get(RULES)).json()["items"][0]
    admin = await as_user("admin")
    assert (await admin.delete(f"{RULES}/{theirs['id']}")).status_code == 404
    assert (await admin.put(f"{RULES}/{theirs['id']}", json=RULE)).status_code == 404


async def test_a_users_points_go_along_and_are_erased(site, tenant, as_user, ctx, drain):
    from questline_sdk.events import CourseEnrolled

    learner = await as_user("learner")
    await ctx.publish(CourseEnrolled(user_id=learner.user_id, course_id=uuid4(), course_slug="c"))
    await ctx.session.commit()
    await drain()
    plugin = site.host.registry.records["points"].plugin
    async with site.context(tenant.id) as unit:
        mine = await plugin.personal_data(ctx=unit, user_id=learner.user_id)
        assert mine["balance"] == 5
        assert mine["entries"][0]["rule"] == "enrolled"
        msgspec.json.encode(mine)
        await plugin.erase_personal_data(ctx=unit, user_id=learner.user_id)
        assert await plugin.personal_data(ctx=unit, user_id=learner.user_id) == {
            "balance": 0,
            "reached_at": None,
            "entries": [],
        }


async def test_every_level_can_be_seen(as_user):
    learner = await as_user("learner")
    levels = (await learner.get("/api/v1/p/points/levels")).json()["levels"]
    assert [each["number"] for each in levels] == list(range(1, 11))


def test_levels_follow_the_balance():
    settings = PointsSettings()
    assert settings.level_at(-5) == settings.level_at(0) == CAREER[0]
    assert settings.level_at(49).number == 1
    assert settings.level_at(50).number == 2
    assert settings.next_after(50).number == 3
    assert settings.next_after(10**8) is None


@pytest.mark.parametrize(
    "levels",
    [
        [],
        [{"number": 1, "title": "A", "floor": 1}],
        [{"number": 1, "title": "A", "floor": 0}, {"number": 2, "title": "B", "floor": 0}],
        [{"number": 2, "title": "A", "floor": 0}, {"number": 1, "title": "B", "floor": 5}],
    ],
)
def test_levels_that_do_not_rise_are_refused(levels):
    with pytest.raises(msgspec.ValidationError, match="level"):
        msgspec.convert({"levels": levels}, PointsSettings)


def test_levels_may_be_replaced():
    settings = PointsSettings(levels=(Level(number=1, title="Only", floor=0),))
    assert settings.level_at(10**6).title == "Only"
