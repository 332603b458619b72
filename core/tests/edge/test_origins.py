"""Which other sites' pages may read what the API answers: those their tenant names, and never with credentials."""

import msgspec
import pytest_asyncio

FRIEND, STRANGER = "https://www.friend.example", "https://stranger.example"


async def open_to(site, *origins):
    tenant = await site.new_tenant()
    async with site.owner_engine.begin() as connection:
        edge = msgspec.json.encode({"origins": list(origins)}).decode()
        await connection.exec_driver_sql("UPDATE core.tenant SET edge = $1 WHERE id = $2", (edge, tenant.id))
    site.host.tenants.forget()
    return tenant


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def friendly(site):
    return await open_to(site, FRIEND)


async def ask(site, tenant, origin, **headers):
    async with site.client(**{"x-questline-tenant": tenant.slug}) as visitor:
        return await visitor.get("/api/v1/site", headers={"origin": origin} | headers)


async def test_a_named_site_may_read_and_another_not(site, friendly):
    allowed, refused = await ask(site, friendly, FRIEND), await ask(site, friendly, STRANGER)
    assert allowed.headers["access-control-allow-origin"] == FRIEND
    assert "ratelimit" in allowed.headers["access-control-expose-headers"]
    assert "access-control-allow-origin" not in refused.headers
    for answer in (allowed, refused):
        assert answer.headers["vary"] == "origin"
        assert "access-control-allow-credentials" not in answer.headers


async def test_a_tenant_does_not_open_another_one(site, friendly):
    answer = await ask(site, await site.new_tenant(), FRIEND)
    assert "access-control-allow-origin" not in answer.headers


async def test_every_site_is_allowed_without_credentials_only(site):
    answer = await ask(site, await open_to(site, "*"), STRANGER)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers


async def test_the_sites_own_pages_need_no_leave(site, friendly):
    answer = await ask(site, friendly, "http://localhost")
    assert "access-control-allow-origin" not in answer.headers


async def test_errors_can_be_read_too(site, friendly):
    async with site.client(**{"x-questline-tenant": friendly.slug, "origin": FRIEND}) as visitor:
        answer = await visitor.get("/api/v1/me")
    assert answer.status_code == 401
    assert answer.headers["access-control-allow-origin"] == FRIEND


async def test_browsers_are_told_beforehand_what_a_page_may_do(site, friendly):
    asked = {"access-control-request-method": "PATCH", "access-control-request-headers": "authorization"}
    async with site.client() as visitor:
        known = await visitor.options("/api/v1/me", headers={"origin": FRIEND} | asked)
        unknown = await visitor.options("/api/v1/me", headers={"origin": "https://nobody.example"} | asked)
    assert known.status_code == unknown.status_code == 204
    assert known.headers["access-control-allow-origin"] == FRIEND
    assert "PATCH" in known.headers["access-control-allow-methods"]
    assert "authorization" in known.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in known.headers


async def test_an_administrator_names_the_sites(as_user, site, tenant):
    admin = await as_user("admin")
    answer = await admin.put("/api/v1/tenant/edge", json={"origins": [FRIEND, FRIEND]})
    assert answer.json()["origins"] == [FRIEND]
    site.host.tenants.forget()
    assert (await ask(site, tenant, FRIEND)).headers["access-control-allow-origin"] == FRIEND
    assert {each["route_class"] for each in answer.json()["rates"]} >= {"read", "write", "auth", "upload"}
    for wrong in ("friend.example", "https://friend.example/path", "null", "https://*.example"):
        assert (await admin.put("/api/v1/tenant/edge", json={"origins": [wrong]})).status_code in {400, 422}
    learner = await as_user("learner")
    assert (await learner.get("/api/v1/tenant/edge")).status_code == 403
