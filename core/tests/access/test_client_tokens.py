"""Client credentials: tokens of service accounts as RFC 6749 and RFC 9068 have them."""

import base64

import jwt
import pytest
import pytest_asyncio

TOKEN = "/api/v1/oauth/token"
PEOPLE = "/api/v1/users"


@pytest_asyncio.fixture(loop_scope="session")
async def client_of(owner, make_role):
    """A service account's id and a key of it."""
    await make_role("robot", "tenant.users.read", "tenant.audit.read")
    account = (await owner.post("/api/v1/service-accounts", json={"name": "Robot"})).json()["account"]
    await owner.post("/api/v1/grants", json={"service_account_id": account["id"], "role": "robot"})
    made = (await owner.post(f"/api/v1/service-accounts/{account['id']}/api-keys", json={"name": "first"})).json()
    return account["id"], made["key"], made["card"]["id"]


def basic(client_id, secret):
    return {"authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}


@pytest.mark.parametrize("by_header", [True, False])
async def test_a_token_has_the_scope_that_was_asked_for(site, client_of, by_header):
    client_id, secret, _ = client_of
    form = {"grant_type": "client_credentials", "scope": "tenant.users.read"}
    shown = {} if by_header else {"client_id": client_id, "client_secret": secret}
    async with site.client() as client:
        headers = basic(client_id, secret) if by_header else {}
        answer = await client.post(TOKEN, data=form | shown, headers=headers)
        assert answer.status_code == 200, answer.text
        assert answer.headers["cache-control"] == "no-store"
        body = answer.json()
        assert (body["token_type"], body["scope"], body["expires_in"]) == ("Bearer", "tenant.users.read", 600)
        bearer = {"authorization": f"Bearer {body['access_token']}"}
        assert (await client.get(PEOPLE, headers=bearer)).status_code == 200
        assert (await client.get("/api/v1/audit", headers=bearer)).status_code == 403


async def test_a_token_is_verified_by_the_published_keys(site, client_of):
    client_id, secret, _ = client_of
    async with site.client() as client:
        form = {"grant_type": "client_credentials"}
        token = (await client.post(TOKEN, data=form, headers=basic(client_id, secret))).json()["access_token"]
        keys = jwt.PyJWKSet.from_dict((await client.get("/.well-known/jwks.json")).json())
    header = jwt.get_unverified_header(token)
    claims = jwt.decode(token, keys[header["kid"]].key, algorithms=["EdDSA"], audience="questline-api")
    assert header["typ"] == "at+jwt"
    assert claims["sub"] == claims["client_id"] == client_id
    assert set(claims["scope"].split()) == {"tenant.users.read", "tenant.audit.read"}
    assert {"iss", "exp", "aud", "iat", "jti"} <= claims.keys()


async def test_a_token_ends_with_its_key(site, owner, client_of):
    client_id, secret, key_id = client_of
    async with site.client() as client:
        form = {"grant_type": "client_credentials"}
        token = (await client.post(TOKEN, data=form, headers=basic(client_id, secret))).json()["access_token"]
        bearer = {"authorization": f"Bearer {token}"}
        assert (await client.get(PEOPLE, headers=bearer)).status_code == 200
        assert (await owner.delete(f"/api/v1/api-keys/{key_id}")).status_code == 204
        answer = await client.get(PEOPLE, headers=bearer)
        assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")


async def test_refusals_are_those_of_the_standard(site, client_of, staff):
    client_id, secret, _ = client_of
    admin = await staff("admin")
    personal = (await admin.post("/api/v1/account/api-keys", json={"name": "mine"})).json()["key"]
    good = {"grant_type": "client_credentials"}
    both = good | {"client_secret": secret}
    cases = [
        (good, {}, 401, "invalid_client"),
        (good, basic(client_id, "wrong"), 401, "invalid_client"),
        (good, basic(client_id, secret[:-1] + ("1" if secret.endswith("0") else "0")), 401, "invalid_client"),
        (good, basic(str(admin.user_id), personal), 401, "invalid_client"),
        (good, {"authorization": "Basic ???"}, 401, "invalid_client"),
        (good, basic("00000000-0000-0000-0000-000000000000", secret), 401, "invalid_client"),
        (both, basic(client_id, secret), 400, "invalid_request"),
        (good | {"scope": "tenant.theme.manage"}, basic(client_id, secret), 400, "invalid_scope"),
        ({"grant_type": "password"}, basic(client_id, secret), 400, "unsupported_grant_type"),
        ({"scope": "x"}, basic(client_id, secret), 400, "unsupported_grant_type"),
    ]
    async with site.client() as client:
        for form, headers, status, error in cases:
            answer = await client.post(TOKEN, data=form, headers=headers)
            assert (answer.status_code, answer.json()["error"]) == (status, error), (form, answer.text)
            assert status != 401 or answer.headers["www-authenticate"].startswith("Basic")


async def test_a_form_that_cannot_be_read_is_refused_as_the_standard_says(site):
    form = {"content-type": "application/x-www-form-urlencoded"}
    async with site.client() as client:
        for body in (b"grant_type=" + b"x" * 200, b"grant_type=%ff%fe&scope=%00"):
            answer = await client.post(TOKEN, content=body, headers=form)
            assert answer.status_code == 400, answer.text
            assert answer.json()["error"] in {"invalid_request", "unsupported_grant_type"}
