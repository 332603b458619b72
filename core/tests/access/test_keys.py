"""API keys and service accounts: what a key is good for, and that it ends at once."""

import datetime as dt

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from questline_core.access.key_text import new_key, read_key
from questline_core.access.models import ApiKey

MINE = "/api/v1/account/api-keys"
PEOPLE = "/api/v1/users"


@pytest.fixture
def with_key(site):
    """Makes clients that show an API key, or a token."""

    def make(key):
        return site.client(authorization=f"Bearer {key}")

    return make


@pytest_asyncio.fixture(loop_scope="session")
async def robot(owner, make_role):
    """A service account that may read the people and the log, with one key; and the answer that made the key."""
    await make_role("robot", "tenant.users.read", "tenant.audit.read")
    account = (await owner.post("/api/v1/service-accounts", json={"name": "Robot"})).json()["account"]
    await owner.post("/api/v1/grants", json={"service_account_id": account["id"], "role": "robot"})
    made = await owner.post(f"/api/v1/service-accounts/{account['id']}/api-keys", json={"name": "first"})
    assert made.status_code == 201, made.text
    return account, made.json()


async def test_a_personal_key_may_what_it_is_limited_to_and_no_more(staff, with_key):
    admin = await staff("admin")
    made = await admin.post(MINE, json={"name": "export", "permissions": ["tenant.users.read"]})
    assert made.status_code == 201, made.text
    async with with_key(made.json()["key"]) as client:
        assert (await client.get(PEOPLE)).status_code == 200
        assert (await client.get("/api/v1/audit")).status_code == 403
        assert (await client.get("/api/v1/me")).status_code == 403
    shown = (await admin.get(MINE)).json()
    assert made.json()["key"].startswith(shown[0]["prefix"])
    assert made.json()["key"] not in (await admin.get(MINE)).text


async def test_a_key_is_kept_as_a_hash_only(site, tenant, staff):
    admin = await staff("admin")
    key = (await admin.post(MINE, json={"name": "export"})).json()["key"]
    async with site.context(tenant.id) as ctx:
        row = (await ctx.session.execute(select(ApiKey.__table__))).mappings().one()
    assert row["key_hash"] == read_key(key).digest
    assert key.removeprefix(row["prefix"]) not in str(dict(row))


async def test_a_key_loses_what_its_owner_loses(site, tenant, staff, with_key):
    from questline_core.auth.accounts import set_role

    admin = await staff("admin")
    key = (await admin.post(MINE, json={"name": "all"})).json()["key"]
    async with with_key(key) as client:
        assert (await client.get("/api/v1/audit")).status_code == 200
        async with site.context(tenant.id) as ctx:
            await set_role(ctx, admin.user_id, "learner")
        assert (await client.get("/api/v1/audit")).status_code == 403


async def test_a_revoked_key_is_refused_at_once(staff, with_key):
    admin = await staff("admin")
    made = (await admin.post(MINE, json={"name": "all"})).json()
    async with with_key(made["key"]) as client:
        assert (await client.get(PEOPLE)).status_code == 200
        assert (await admin.delete(f"{MINE}/{made['card']['id']}")).status_code == 204
        refused = await client.get(PEOPLE)
        assert (refused.status_code, refused.json()["code"]) == (401, "key_revoked")


async def test_a_rotated_key_stays_good_for_the_overlap(site, tenant, staff, with_key):
    admin = await staff("admin")
    former = (await admin.post(MINE, json={"name": "all"})).json()
    path = f"{MINE}/{former['card']['id']}/rotation"
    latter = (await admin.post(path, json={"overlap_hours": 1})).json()
    assert (await admin.post(path, json={})).json()["code"] == "key_rotated"
    for each in (former, latter):
        async with with_key(each["key"]) as client:
            assert (await client.get(PEOPLE)).status_code == 200
    async with site.context(tenant.id) as ctx:
        end = await ctx.session.scalar(select(ApiKey.expires_at).where(ApiKey.prefix == former["card"]["prefix"]))
        assert dt.timedelta(minutes=59) < end - ctx.now <= dt.timedelta(hours=1)
        late = update(ApiKey).where(ApiKey.prefix == former["card"]["prefix"]).values(expires_at=ctx.now)
        await ctx.session.execute(late)
    site.host.api_keys.forget()
    async with with_key(former["key"]) as client:
        assert (await client.get(PEOPLE)).json()["code"] == "key_expired"


async def test_a_key_of_somebody_else_is_not_to_be_had(staff, owner):
    admin = await staff("admin")
    made = (await admin.post(MINE, json={"name": "mine"})).json()["card"]
    assert (await owner.post(f"{MINE}/{made['id']}/rotation", json={})).status_code == 404
    refused = await owner.post(f"/api/v1/api-keys/{made['id']}/rotation", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "personal_key")
    assert (await owner.delete(f"/api/v1/api-keys/{made['id']}")).status_code == 204


async def test_a_key_makes_no_keys(staff, with_key):
    admin = await staff("admin")
    key = (await admin.post(MINE, json={"name": "all"})).json()["key"]
    async with with_key(key) as client:
        refused = await client.post(MINE, json={"name": "more"})
        assert (refused.status_code, refused.json()["code"]) == (403, "step_up_needed")


async def test_nobody_puts_into_a_key_what_its_owner_may_not(staff, as_user):
    author = await staff("author")
    refused = await author.post(MINE, json={"name": "x", "permissions": ["tenant.audit.read"]})
    assert refused.status_code == 422
    learner = await as_user("learner")
    assert (await learner.get(MINE)).status_code == 403


async def test_nothing_but_a_key_of_ours_is_let_in(tenant, with_key):
    unknown = new_key(tenant.id).text
    for text in (unknown, unknown[:-1] + "0", "qlk_", unknown + "x", "qlk_\u00e9"):
        async with with_key("") as client:
            answer = await client.get(PEOPLE, headers={"authorization": f"Bearer {text}".encode()})
            assert (answer.status_code, answer.json()["code"]) == (401, "key_invalid"), text


async def test_guessing_keys_from_one_address_has_to_wait(site, tenant):
    import httpx

    transport = httpx.ASGITransport(app=site.app, client=("203.0.113.77", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        for _ in range(40):
            header = {"authorization": f"Bearer {new_key(tenant.id).text}"}
            answer = await client.get(PEOPLE, headers=header)
            if answer.status_code == 429:
                break
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0


async def test_the_last_use_is_written_beside_the_request(site, host, staff, with_key, statements):
    admin = await staff("admin")
    made = (await admin.post(MINE, json={"name": "all"})).json()
    async with with_key(made["key"]) as client:
        await client.get("/api/v1/catalogue")
        async with statements(host) as sent:
            assert (await client.get("/api/v1/catalogue")).status_code == 200
        assert len(sent) == 1, sent
    await host.api_keys.write_uses()
    assert (await admin.get(MINE)).json()[0]["last_used_at"] is not None


async def test_a_service_account_acts_under_its_own_name(robot, owner, with_key):
    account, made = robot
    async with with_key(made["key"]) as client:
        assert (await client.get(PEOPLE)).status_code == 200
        assert (await client.get("/api/v1/me")).status_code == 403
        assert (await client.get("/api/v1/audit/export")).status_code == 200
    (entry,) = (await owner.get("/api/v1/audit", params={"actor_id": account["id"]})).json()["items"]
    assert entry["actor_name"] == "Robot"
    assert entry["details"]["key"] == {"id": made["card"]["id"], "prefix": made["card"]["prefix"]}


async def test_a_suspended_service_account_is_refused_at_once(robot, owner, with_key):
    account, made = robot
    path = f"/api/v1/service-accounts/{account['id']}"
    async with with_key(made["key"]) as client:
        assert (await client.get(PEOPLE)).status_code == 200
        assert (await owner.put(path, json={"name": "Robot", "status": "suspended"})).status_code == 200
        assert (await client.get(PEOPLE)).status_code == 401
        assert (await owner.put(path, json={"name": "Robot"})).status_code == 200
        assert (await client.get(PEOPLE)).status_code == 200
        assert (await owner.delete(path)).status_code == 204
        assert (await client.get(PEOPLE)).status_code == 401
