import uuid

import jwt
import pytest

from questline_core.auth.tokens import AccessTokens

SECRET = "a secret key for tests, thirty-two bytes or more"


@pytest.fixture
def tokens_of():
    def make(secret=SECRET, seconds=600):
        return AccessTokens(secret, seconds=seconds)

    return make


@pytest.fixture
def claims(tenant):
    return {"user_id": uuid.uuid4(), "tenant_id": tenant.id, "role": "owner", "session_id": uuid.uuid4()}


async def test_a_token_of_ours_is_let_in(anonymous, host, claims):
    token = host.tokens.issue(**claims)
    assert (await anonymous.get("/api/v1/users", headers={"authorization": f"bearer {token}"})).status_code == 200


async def test_an_expired_token_says_so(anonymous, tokens_of, claims):
    token = tokens_of(seconds=-1).issue(**claims)
    answer = await anonymous.get("/api/v1/users", headers={"authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["code"]) == (401, "token_expired")


async def test_forged_tokens_are_refused(anonymous, host, tokens_of, claims):
    good = host.tokens.issue(**claims)
    payload = jwt.decode(good, options={"verify_signature": False})
    head, body, signature = good.split(".")
    forged = [
        tokens_of("another secret key that is long enough too").issue(**claims),
        jwt.encode(payload, None, algorithm="none"),
        jwt.encode(payload, SECRET, algorithm="HS256"),
        *(
            jwt.encode(
                changed, host.tokens.keys[-1].private, algorithm="EdDSA", headers={"kid": host.tokens.keys[-1].id}
            )
            for changed in (
                payload | {"aud": "another-api"},
                {name: value for name, value in payload.items() if name != "aud"},
                payload | {"iss": "another-site"},
            )
        ),
        f"{head}.{body}.{signature[::-1]}",
        f"{head}.{body}.",
        "nonsense",
        "\u00e9",
    ]
    for token in forged:
        answer = await anonymous.get("/api/v1/users", headers={"authorization": f"Bearer {token}".encode()})
        assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid"), token


@pytest.mark.parametrize("header", ["Basic YTpi", "Token x"])
async def test_other_kinds_of_credentials_are_refused(anonymous, header):
    answer = await anonymous.get("/api/v1/users", headers={"authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


async def test_without_credentials_only_public_routes_answer(anonymous):
    assert (await anonymous.get("/api/v1/me")).status_code == 401
    assert (await anonymous.get("/api/v1/site")).status_code == 200


async def test_an_unknown_tenant_is_not_found(anonymous):
    answer = await anonymous.get("/api/v1/site", headers={"x-questline-tenant": "nowhere"})
    assert answer.status_code == 404


async def test_every_path_says_which_methods_it_allows(as_user, anonymous, site):
    member = await as_user("learner")
    for route in site.app.routes:
        if not route.path.startswith("/api/v1/") or "{" in route.path:
            continue
        for client in (member, anonymous):
            answer = await client.options(route.path)
            assert answer.status_code == 204, route.path
            assert answer.headers["allow"]


async def test_every_error_of_a_route_is_documented(site):
    schema = site.app.openapi_schema.to_schema()
    operation = schema["paths"]["/api/v1/auth/log-out"]["post"]
    assert not operation["responses"]["204"].get("content")
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            documented = operation["responses"]
            assert {"400", "401", "404", "503"} <= documented.keys(), (method, path)
            for status, response in documented.items():
                if int(status) >= 400 and path != "/api/v1/oauth/token":  # RFC 6749 says what its errors look like
                    assert response.get("content", {}).keys() <= {"application/problem+json"}, (method, path, status)
