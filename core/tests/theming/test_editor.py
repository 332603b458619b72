"""A tenant changes its theme: what is saved is seen by its people at once, and by nobody else's."""

import asyncio

from questline_core.host import Host
from questline_core.theming.models import TenantLook

PINK = {"light.color.primary": "#b0125b", "light.color.primary-strong": "#8c0e48"}


async def test_what_is_saved_is_in_the_style_sheet_and_nothing_before(anonymous, as_user, save) -> None:
    admin = await as_user("admin")
    first = await anonymous.get("/api/v1/ui/theme.css")
    editor = (await admin.get("/api/v1/tenant/theme")).json()
    assert (editor["theme"]["id"], editor["overrides"], editor["version"]) == ("aurora", {}, 0)
    assert (editor["changed_at"], editor["changed_by"]) == (None, None)
    saved = await save(admin, PINK | {"radius.card": "6px", "dark.color.ink": "#f4f0fb"})
    assert saved.status_code == 200, saved.text
    assert saved.json()["overrides"] == PINK | {"radius.card": "6px"}, "what the theme says anyway is not kept"
    second = await anonymous.get("/api/v1/ui/theme.css", headers={"if-none-match": first.headers["etag"]})
    assert second.status_code == 200
    assert second.headers["etag"] != first.headers["etag"]
    light, dark = second.text.split('[data-color-scheme="dark"]')
    assert "--ql-color-primary:#b0125b;" in light
    assert "--ql-radius-card:6px;" in light
    assert "#b0125b" not in dark, "light and dark are changed separately"
    kept = await anonymous.get("/api/v1/ui/theme.css", headers={"if-none-match": second.headers["etag"]})
    assert kept.status_code == 304


async def test_who_changed_it_and_when_is_kept(site, as_user, save, tenant) -> None:
    admin = await as_user("admin", name="Ada Admin")
    saved = (await save(admin, PINK)).json()
    assert (saved["changed_by"], saved["version"]) == ("Ada Admin", 1)
    assert saved["changed_at"]
    async with site.context(tenant.id) as ctx:
        row = await ctx.session.get_one(TenantLook, tenant.id)
    assert row.changed_by == admin.user_id


async def test_the_look_stays_when_who_made_it_goes(site, as_user, save, tenant, anonymous) -> None:
    from questline_core.privacy.person import erase_user

    admin = await as_user("admin")
    await save(admin, PINK)
    async with site.context(tenant.id) as ctx:
        await erase_user(ctx, admin.user_id)
    assert "#b0125b" in (await anonymous.get("/api/v1/ui/theme.css")).text
    editor = (await (await as_user("admin")).get("/api/v1/tenant/theme")).json()
    assert (editor["changed_by"], editor["overrides"]) == (None, PINK)


async def test_tokens_left_out_have_the_themes_value_again(anonymous, as_user, save) -> None:
    admin = await as_user("admin")
    before = (await anonymous.get("/api/v1/ui/theme.css")).text
    await save(admin, PINK)
    await save(admin, {})
    assert (await anonymous.get("/api/v1/ui/theme.css")).text == before


async def test_each_theme_keeps_its_own_changes(anonymous, as_user, save) -> None:
    admin = await as_user("admin")
    await save(admin, PINK)
    await admin.put("/api/v1/tenant/theme", json={"theme": "press"})
    assert "#b0125b" not in (await anonymous.get("/api/v1/ui/theme.css")).text
    await save(admin, {"radius.card": "3px"})
    await admin.put("/api/v1/tenant/theme", json={"theme": "aurora"})
    css = (await anonymous.get("/api/v1/ui/theme.css")).text
    assert "#b0125b" in css
    assert "--ql-radius-card:22px" in css


async def test_another_tenant_sees_nothing_of_it(site, as_user, save) -> None:
    other = await site.new_tenant(plugins=[])
    await save(await as_user("admin"), PINK, site_name="Acme Academy")
    async with site.client(**{"x-questline-tenant": other.slug}) as client:
        assert "#b0125b" not in (await client.get("/api/v1/ui/theme.css")).text
    async with await site.sign_in(other, "admin") as admin:
        assert (await admin.get("/api/v1/tenant/theme")).json()["overrides"] == {}


async def test_two_editors_do_not_overwrite_each_other(as_user, save) -> None:
    admin = await as_user("admin")
    assert (await save(admin, PINK)).status_code == 200
    late = await save(admin, {}, version=0)
    assert (late.status_code, late.json()["code"]) == (409, "theme_changed")
    elsewhere = await save(admin, {}, theme="press")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (409, "theme_changed")


async def test_only_those_who_may_see_and_change_it(as_user) -> None:
    learner = await as_user("learner")
    body = {"theme": "aurora", "version": 0, "tokens": {}, "site_name": "Mine"}
    assert (await learner.get("/api/v1/tenant/theme")).status_code == 403
    assert (await learner.put("/api/v1/tenant/theme/changes", json=body)).status_code == 403
    assert (await learner.post("/api/v1/tenant/theme/logos", json={"content": ""})).status_code == 403
    assert (await learner.get("/api/v1/tenant/theme/package")).status_code == 403


async def test_the_site_has_the_name_and_texts_that_were_saved(anonymous, as_user, save) -> None:
    admin = await as_user("admin")
    texts = {"en": {"tagline": "  Learn at Acme ", "promise": " "}, "de": {"tagline": "Lernen bei Acme"}}
    saved = (await save(admin, {}, site_name=" Acme Academy ", strings=texts)).json()
    assert saved["site_name"] == "Acme Academy"
    assert saved["strings"] == {"en": {"tagline": "Learn at Acme"}, "de": {"tagline": "Lernen bei Acme"}}
    assert (await anonymous.get("/api/v1/site")).json()["name"] == "Acme Academy"
    assert (await anonymous.get("/api/v1/ui/theme")).json()["strings"]["de"] == {"tagline": "Lernen bei Acme"}
    for wrong in ({"xx-y": {}}, {"en": {"motto": "x"}}, {"en": {"tagline": "x" * 301}}):
        assert (await save(admin, {}, strings=wrong)).status_code in {400, 422}


async def test_other_processes_see_it(site, tenant, as_user, save) -> None:
    admin = await as_user("admin")
    async with Host(site.host.settings, []).running() as other:
        before = await other.looks.of(await other.tenants.get(tenant.id))
        await save(admin, PINK)
        async with asyncio.timeout(60):
            while (await other.looks.of(await other.tenants.get(tenant.id))).etag == before.etag:
                await asyncio.sleep(0.01)


async def test_open_browsers_are_told(site, tenant, as_user, save) -> None:
    admin = await as_user("admin")
    async with site.host.live.subscribe(tenant.id, admin.user_id) as subscriber, asyncio.timeout(60):
        await save(admin, PINK)
        message = await subscriber.queue.get()
    assert (message.topic, message.data) == ("theme.changed", {"theme": "aurora", "version": 1})
