"""A SCIM client of the test's site, as an identity provider has one."""

import asyncio

import httpx2
import pytest
import pytest_asyncio
from sqlalchemy import text

BASE = "/api/v1/p/scim/v2"


class Bridge(httpx2.BaseTransport):
    """Carries the requests of a client that blocks, in another thread, to the application in the test's loop."""

    def __init__(self, client, loop):
        self._client, self._loop = client, loop

    def handle_request(self, request):
        headers = {name: value for name, value in request.headers.items() if name not in {"host", "content-length"}}
        call = self._client.request(
            request.method, request.url.raw_path.decode(), content=request.read(), headers=headers
        )
        answer = asyncio.run_coroutine_threadsafe(call, self._loop).result(60)
        shown = {name: value for name, value in answer.headers.items() if name != "content-encoding"}
        return httpx2.Response(answer.status_code, headers=shown, content=answer.content)


@pytest.fixture
def bridge():
    """Make a blocking client out of one of the site's."""

    def make(client):
        return httpx2.Client(
            transport=Bridge(client, asyncio.get_running_loop()), base_url=f"http://localhost{BASE}", headers={}
        )

    return make


@pytest_asyncio.fixture(loop_scope="session")
async def admin(as_user):
    """Somebody who may use SCIM."""
    return await as_user("admin", name="Root")


@pytest_asyncio.fixture(loop_scope="session")
async def provider(site, tenant, as_user):
    """An identity provider: a program with an API key that is good for SCIM and nothing else."""
    owner = await as_user("owner")
    async with site.context(tenant.id) as ctx:  # a key takes somebody who has just proved who they are
        await ctx.session.execute(
            text(
                "INSERT INTO core.auth_session (id, user_id, created_at, last_used_at, authenticated_at, expires_at)"
                " VALUES (:who, :who, :now, :now, :now, :then)"
            ),
            {"who": owner.user_id, "now": ctx.now, "then": ctx.now.replace(year=2100)},
        )
    role = {"slug": "directory", "name": "Directory", "permissions": ["scim.directory.manage"]}
    assert (await owner.post("/api/v1/roles", json=role)).status_code == 201
    account = (await owner.post("/api/v1/service-accounts", json={"name": "Entra"})).json()["account"]
    grant = {"service_account_id": account["id"], "role": "directory"}
    assert (await owner.post("/api/v1/grants", json=grant)).status_code == 201
    made = await owner.post(f"/api/v1/service-accounts/{account['id']}/api-keys", json={"name": "first"})
    assert made.status_code == 201, made.text
    async with site.client(authorization=f"Bearer {made.json()['key']}") as client:
        yield client


@pytest.fixture
def scim(admin):
    """Call the service: `await scim("POST", "/Users", {...})`; gives the answer."""

    async def call(method, path, body=None, **headers):
        if body is not None:
            headers.setdefault("content-type", "application/scim+json")
        return await admin.request(method, BASE + path, json=body, headers=headers)

    return call


@pytest.fixture
def ada():
    """A person as Entra ID sends one, with more than we keep."""
    return {
        "schemas": [
            "urn:ietf:params:scim:schemas:core:2.0:User",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
        ],
        "externalId": "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
        "userName": "Ada@Contoso.example",
        "active": True,
        "emails": [{"primary": True, "type": "work", "value": "ada@contoso.example"}],
        "name": {"formatted": "Ada Lovelace", "familyName": "Lovelace", "givenName": "Ada"},
        "title": "Analyst",
        "preferredLanguage": "de_DE",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Engines"},
    }
