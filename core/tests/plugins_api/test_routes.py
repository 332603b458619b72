"""The plugins as admins see them."""

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(loop_scope="session")
async def admin(plugins):
    async with await plugins.site.sign_in(plugins.tenant, "admin") as client:
        yield client


async def test_every_installed_plugin_is_listed_with_its_state(admin):
    answer = await admin.get("/api/v1/plugins")
    assert answer.status_code == 200
    listed = {plugin["id"]: plugin for plugin in answer.json()["plugins"]}
    assert list(listed) == sorted(["base", "broken", "everywhere", "upper"])
    assert listed["base"] == {
        "id": "base",
        "title": "Base",
        "version": "1.2.3",
        "summary": "The ground floor.",
        "state": "disabled",
        "reason": None,
        "enabled": False,
        "scope": "tenant",
        "requires": [],
        "dependants": [],
        "packs": [],
        "permissions": ["base.read"],
        "has_settings": True,
        "has_course_settings": True,
    }
    assert (listed["broken"]["state"], listed["broken"]["enabled"]) == ("failed", False)
    assert "deliberate" in listed["broken"]["reason"]
    assert (listed["everywhere"]["state"], listed["everywhere"]["enabled"]) == ("active", True)
    assert listed["upper"]["requires"] == ["base"]


async def test_a_plugin_is_switched_on_and_off(admin):
    answer = await admin.put("/api/v1/plugins/base/enabled", json={"enabled": True})
    assert (answer.status_code, answer.json()["state"], answer.json()["enabled"]) == (200, "active", True)
    listed = {plugin["id"]: plugin for plugin in (await admin.get("/api/v1/plugins")).json()["plugins"]}
    assert listed["base"]["enabled"]
    answer = await admin.put("/api/v1/plugins/base/enabled", json={"enabled": False})
    assert (answer.status_code, answer.json()["state"], answer.json()["enabled"]) == (200, "disabled", False)


async def test_a_plugin_is_switched_together_with_those_that_need_it(plugins, admin):
    on = {"enabled": True, "with_others": True}
    assert (await admin.put("/api/v1/plugins/upper/enabled", json=on)).status_code == 200
    assert {"base", "upper"} <= await plugins.site.host.enablement.of(plugins.tenant.id)
    assert (await admin.get("/api/v1/plugins/base")).json()["dependants"] == ["upper"]
    assert (await admin.put("/api/v1/plugins/base/enabled", json={"enabled": False})).status_code == 409
    answer = await admin.put("/api/v1/plugins/base/enabled", json={"enabled": False, "with_others": True})
    assert (answer.status_code, answer.json()["dependants"]) == (200, [])
    assert await plugins.site.host.enablement.of(plugins.tenant.id) == {"everywhere"}


async def test_a_plugins_page_tells_of_its_health_and_changes(plugins, admin):
    details = (await admin.get("/api/v1/plugins/base")).json()
    assert details["health"] == [
        {"subject": "code", "ok": True, "detail": None},
        {"subject": "jobs", "ok": True, "detail": None},
    ]
    assert details["permission_details"] == [{"name": "base.read", "title": "Read", "roles": ["admin", "owner"]}]
    assert details["changelog_html"] == "<h3>1.2.3</h3>\n<ul>\n<li>Higher <strong>ceilings</strong>.</li>\n</ul>"
    broken = (await admin.get("/api/v1/plugins/broken")).json()
    assert (broken["health"][0]["subject"], broken["health"][0]["ok"]) == ("code", False)
    assert "deliberate" in broken["health"][0]["detail"]
    assert broken["changelog_html"] is None
    assert (await admin.get("/api/v1/plugins/nothing")).json()["code"] == "plugin_not_found"


async def test_jobs_that_failed_for_good_are_part_of_its_health(plugins, admin):
    await admin.put("/api/v1/plugins/base/enabled", json={"enabled": True})
    async with plugins.site.context(plugins.tenant.id) as ctx:
        await ctx.enqueue(plugins.base.BAD_JOB, plugins.base.Args(word="no"))
    await plugins.site.drain()
    health = (await admin.get("/api/v1/plugins/base")).json()["health"]
    assert health[-1] == {"subject": "jobs", "ok": False, "detail": "1"}


async def test_refusals_are_problems_with_a_code(admin):
    for plugin_id, status, code in [
        ("upper", 409, "plugin_requires_others"),
        ("broken", 409, "plugin_not_active"),
        ("everywhere", 409, "plugin_is_system"),
        ("nothing", 404, "plugin_not_found"),
    ]:
        answer = await admin.put(f"/api/v1/plugins/{plugin_id}/enabled", json={"enabled": True})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["content-type"] == "application/problem+json"
    assert (await admin.put("/api/v1/plugins/base/enabled", json={"enabled": "yes"})).status_code == 400


async def test_open_browsers_hear_of_the_switch(plugins, admin):
    async with plugins.site.host.live.subscribe(plugins.tenant.id, admin.user_id) as tab:
        await admin.put("/api/v1/plugins/base/enabled", json={"enabled": True})
        message = await tab.queue.get()
    assert (message.topic, message.data) == ("plugins.changed", {"plugin_id": "base", "enabled": True})


async def test_settings_come_with_the_schema_that_draws_their_form(admin):
    answer = await admin.get("/api/v1/plugins/base/settings")
    assert answer.status_code == 200
    form = answer.json()
    assert form["values"] == form["inherited"] == {"colour": "red", "size": 3, "key": ""}
    assert (form["own"], form["filled_secrets"]) == ([], [])
    assert form["sources"]["size"] == {"level": "default", "pack": None}
    assert form["schema"]["properties"]["colour"]["maxLength"] == 10
    assert form["schema"]["properties"]["key"]["writeOnly"] is True


async def test_settings_are_stored_and_secrets_never_shown(plugins, admin):
    sent = {"colour": "blue", "size": 5, "key": "open sesame"}
    answer = await admin.put("/api/v1/plugins/base/settings", json=sent)
    assert (answer.status_code, answer.json()["values"]) == (200, {"colour": "blue", "size": 5, "key": ""})
    again = await admin.put("/api/v1/plugins/base/settings", json={"colour": "green", "size": 5, "key": ""})
    assert again.json()["values"]["colour"] == "green"
    async with plugins.site.context(plugins.tenant.id) as ctx:
        settings = await ctx.settings(plugins.base.Settings)
    assert (settings.colour, settings.size, settings.key) == ("green", 5, "open sesame")
    shown = (await admin.get("/api/v1/plugins/base/settings")).text
    assert "open sesame" not in shown


async def test_wrong_settings_name_the_field_and_change_nothing(admin):
    for values, field in [
        ({"size": 0}, "size"),
        ({"colour": "x" * 11}, "colour"),
        ({"unknown": 1}, "values"),
    ]:
        answer = await admin.put("/api/v1/plugins/base/settings", json=values)
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert (await admin.get("/api/v1/plugins/base/settings")).json()["values"]["size"] == 3


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"colour": "a\\u0000b"}', 422),
        (b'{"colour": "a\\ud800"}', 400),
        (b'{"colour": "a\xff"}', 400),
        (b'{"colour":', 400),
        (b"[]", 400),
        (b"null", 400),
    ],
)
async def test_bodies_that_cannot_be_settings_are_refused(admin, body, status):
    headers = {"content-type": "application/json"}
    answer = await admin.put("/api/v1/plugins/base/settings", content=body, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


async def test_a_plugin_without_settings_has_none(admin):
    for plugin_id, code in [("upper", "plugin_has_no_settings"), ("broken", "plugin_has_no_settings")]:
        answer = await admin.get(f"/api/v1/plugins/{plugin_id}/settings")
        assert (answer.status_code, answer.json()["code"]) == (404, code)
    assert (await admin.put("/api/v1/plugins/nothing/settings", json={})).status_code == 404


async def test_only_admins_may(plugins):
    async with await plugins.site.sign_in(plugins.tenant, "learner") as learner:
        for method, path, body in [
            ("GET", "/api/v1/plugins", None),
            ("PUT", "/api/v1/plugins/base/enabled", {"enabled": True}),
            ("GET", "/api/v1/plugins/base/settings", None),
            ("PUT", "/api/v1/plugins/base/settings", {}),
        ]:
            assert (await learner.request(method, path, json=body)).status_code == 403
