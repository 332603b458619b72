"""The presets for Microsoft and LinkedIn, against a local server that behaves as they document.

Microsoft: "OpenID Connect on the Microsoft identity platform", "Signing key rollover", "ID token claims reference".
LinkedIn: "Sign In with LinkedIn using OpenID Connect".
"""

import base64
import hashlib
import secrets
import time
from urllib.parse import parse_qsl, urlsplit

import pytest
import pytest_asyncio
from joserfc import jwt
from joserfc.jwk import RSAKey

from questline_sdk.testing.local_service import Answer, LocalService, Request

SECRET = "a secret of the app"
CLIENT = "6731de76-14a6-49ae-97bc-6eba6914391e"
CONTOSO, FABRIKAM = "9188040d-6c67-4c5b-b112-36a304b66dad", "72f988bf-86f1-41af-91ab-2d7cd011db47"


class Provider(LocalService):
    """What both have in common: codes for ID tokens that one key has signed."""

    discovery = ""
    token_path = ""
    keys_path = ""

    def __init__(self):
        super().__init__()
        self.codes = {}
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(8), "use": "sig"})
        self.spoil = {}
        self.userinfo = {}

    def authorize(self, url, claims):
        """What the browser is sent back with after somebody agreed at the address."""
        query = dict(parse_qsl(urlsplit(url).query))
        code = secrets.token_hex(10)
        self.codes[code] = (query, claims)
        return query, {"code": code, "state": query["state"]}

    async def answer(self, request: Request) -> Answer:
        """Answer one request."""
        if request.path == self.discovery:
            return Answer(self.metadata())
        if request.path == self.keys_path:
            return Answer({"keys": [self.public_key()]})
        if request.path == self.token_path:
            return self._token(request, dict(parse_qsl(request.body.decode())))
        assert request.headers["authorization"] == "Bearer access"
        return Answer(self.userinfo)

    def metadata(self):
        """The discovery document."""
        raise NotImplementedError

    def public_key(self):
        """The key as it is published."""
        return self.key.as_dict(private=False)

    def refusal(self, request, form, query):
        """Why a code is not exchanged, as the provider says it; None where it is."""
        raise NotImplementedError

    def _token(self, request, form):
        query, claims = self.codes.pop(form.get("code"), ({}, None))
        wrong = self.refusal(request, form, query)
        if claims is None or wrong is not None:
            return Answer({"error": wrong or "invalid_grant", "error_description": "AADSTS70008"}, 400)
        now = int(time.time())
        times = {"aud": form["client_id"], "iat": now, "exp": now + 3600}
        token = jwt.encode({"alg": "RS256", "kid": self.key.kid}, times | claims | self.spoil, self.key)
        return Answer({"access_token": "access", "expires_in": 3599, "token_type": "Bearer", "id_token": token})


class Microsoft(Provider):
    """The endpoint `common`, whose issuer has a place for the directory of whoever signs in."""

    discovery = "/common/v2.0/.well-known/openid-configuration"
    token_path = "/common/oauth2/v2.0/token"
    keys_path = "/common/discovery/v2.0/keys"
    key_issuer = "{tenantid}"

    def issuer(self, directory="{tenantid}"):
        """The issuer of a directory."""
        return f"{self.url}/{directory}/v2.0"

    def metadata(self):
        """The discovery document."""
        return {
            "issuer": self.issuer(),
            "authorization_endpoint": f"{self.url}/common/oauth2/v2.0/authorize",
            "token_endpoint": self.url + self.token_path,
            "jwks_uri": self.url + self.keys_path,
            "userinfo_endpoint": f"{self.url}/oidc/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
        }

    def public_key(self):
        """The key, which says whose it is."""
        return super().public_key() | {"issuer": self.issuer(self.key_issuer)}

    def refusal(self, request, form, query):
        """PKCE and the secret are checked."""
        verifier = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).decode()
        given = base64.b64decode(request.headers.get("authorization", "Basic ").removeprefix("Basic ")).decode()
        if given:
            form["client_id"], _, form["client_secret"] = given.partition(":")
        if form.get("client_secret") not in {SECRET, SECRET.replace(" ", "%20")}:
            return "invalid_client"
        return None if verifier.rstrip("=") == query.get("code_challenge") else "invalid_grant"

    def person(self, name, directory=CONTOSO, **claims):
        """What an ID token of version 2.0 says of somebody."""
        who = hashlib.sha256(name.encode()).hexdigest()
        return {
            "iss": self.issuer(directory),
            "tid": directory,
            "sub": who,
            "oid": who[:36],
            "ver": "2.0",
            "name": name,
            "preferred_username": f"{name}@contoso.example",
            "email": f"{name}@contoso.example",
        } | claims


class LinkedIn(Provider):
    """LinkedIn's OpenID Connect: no nonce, no PKCE, and the secret in the body only."""

    discovery = "/oauth/.well-known/openid-configuration"
    token_path = "/oauth/v2/accessToken"
    keys_path = "/oauth/openid/jwks"

    def metadata(self):
        """The discovery document."""
        return {
            "issuer": f"{self.url}/oauth",
            "authorization_endpoint": f"{self.url}/oauth/v2/authorization",
            "token_endpoint": self.url + self.token_path,
            "userinfo_endpoint": f"{self.url}/v2/userinfo",
            "jwks_uri": self.url + self.keys_path,
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "profile", "email"],
            "claims_supported": ["iss", "aud", "iat", "exp", "sub", "name", "given_name", "family_name", "email"],
        }

    def refusal(self, request, form, query):
        """What comes with PKCE, or with the secret in a header, is turned away."""
        if "authorization" in request.headers or "code_verifier" in form or "code_challenge" in query:
            return "invalid_request"
        right = (form.get("client_id"), form.get("client_secret")) == (query.get("client_id"), SECRET)
        return None if right and form.get("redirect_uri") == query.get("redirect_uri") else "invalid_client"

    def person(self, name, **claims):
        """What an ID token says of somebody."""
        return {
            "iss": f"{self.url}/oauth",
            "sub": name[::-1],
            "given_name": name,
            "family_name": "Example",
            "name": f"{name} Example",
            "email": f"{name}@linked.example",
            "email_verified": "true",
            "locale": "en_US",
        } | claims


@pytest_asyncio.fixture(loop_scope="session")
async def microsoft():
    async with Microsoft().running() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def linkedin():
    async with LinkedIn().running() as running:
        yield running


@pytest.fixture
def log_in_at(as_user, browser):
    """Sets a preset up and comes in as somebody; gives the answer and the query of the request."""

    async def go(provider, kind, path, claims, **fields):
        given = {"id": kind, "kind": kind, "issuer": provider.url + path, "client_id": CLIENT, "client_secret": SECRET}
        admin = await as_user("admin")
        answer = await admin.put("/api/v1/plugins/oauth/settings", json={"providers": [given | fields]})
        assert answer.status_code == 200, answer.text
        async with await browser() as client:
            begun = await client.post(f"/api/v1/sign-in/oauth.{kind}", json={})
            assert begun.status_code == 200, begun.text
            query, brought = provider.authorize(begun.json()["url"], claims)
            body = {"state": brought["state"], "parameters": brought}
            return await client.post(f"/api/v1/sign-in/oauth.{kind}/completion", json=body), query

    return go


@pytest.fixture
def at_microsoft(microsoft, log_in_at):
    async def go(claims, path="/common/v2.0", **fields):
        nonce = {}

        def with_nonce(url, said):
            query, brought = Microsoft.authorize(microsoft, url, said)
            nonce["nonce"] = query["nonce"]
            microsoft.codes[brought["code"]] = (query, nonce | said)
            return query, brought

        microsoft.authorize = with_nonce
        return await log_in_at(microsoft, "microsoft", path, claims, **fields)

    return go


async def test_somebody_of_any_directory_comes_in_at_microsoft(microsoft, at_microsoft):
    for name, directory in (("ada", CONTOSO), ("bob", FABRIKAM)):
        answer, query = await at_microsoft(microsoft.person(name, directory), trusts_email=True)
        assert answer.status_code == 200, answer.text
        assert answer.json()["user"]["email"] == f"{name}@contoso.example"
        assert query["scope"] == "openid email profile"
        assert query["code_challenge_method"] == "S256"


async def test_people_of_two_directories_are_two_people(microsoft, at_microsoft):
    first, _ = await at_microsoft(microsoft.person("ada", CONTOSO), trusts_email=True)
    same = microsoft.person("ada", FABRIKAM, email="other@fabrikam.example")
    second, _ = await at_microsoft(same, trusts_email=True)
    assert first.json()["user"]["id"] != second.json()["user"]["id"]


async def test_microsofts_addresses_are_confirmed_only_where_it_says_so(microsoft, at_microsoft):
    answer, _ = await at_microsoft(microsoft.person("eve"))
    assert answer.json()["code"] == "email_unverified"
    answer, _ = await at_microsoft(microsoft.person("eve", xms_edov=True))
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"tid": FABRIKAM}, "another issuer"),
        ({"tid": None}, "another issuer"),
        ({"tid": "../common"}, "another issuer"),
        ({"iss": "https://evil.example/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"}, "another issuer"),
        ({"aud": "another app"}, "another application"),
        ({"nonce": "another"}, "another request"),
    ],
)
async def test_microsofts_issuer_is_that_of_the_directory(microsoft, at_microsoft, claims, why):
    answer, _ = await at_microsoft(microsoft.person("eve", xms_edov=True, **claims))
    assert (answer.status_code, answer.json()["code"]) == (403, "provider_refused"), answer.text
    assert why in answer.json()["detail"]


async def test_a_key_of_one_directory_signs_for_no_other(microsoft, at_microsoft):
    microsoft.key_issuer = FABRIKAM
    answer, _ = await at_microsoft(microsoft.person("eve", CONTOSO, xms_edov=True))
    assert "another directory" in answer.json()["detail"]
    answer, _ = await at_microsoft(microsoft.person("eve", FABRIKAM, xms_edov=True))
    assert answer.status_code == 200, answer.text


async def test_microsofts_refusal_of_a_secret_is_told_without_its_words(microsoft, at_microsoft):
    answer, _ = await at_microsoft(microsoft.person("eve"), client_secret="an old one")
    assert answer.json()["code"] == "provider_refused"
    assert "AADSTS" not in answer.text


async def test_somebody_comes_in_at_linkedin_without_nonce_and_pkce(linkedin, log_in_at):
    answer, query = await log_in_at(linkedin, "linkedin", "/oauth", linkedin.person("ada"))
    assert answer.status_code == 200, answer.text
    user = answer.json()["user"]
    assert (user["email"], user["display_name"]) == ("ada@linked.example", "ada Example")
    assert not {"nonce", "code_challenge"} & query.keys()
    assert query["scope"] == "openid email profile"


async def test_linkedins_address_may_come_from_the_userinfo(linkedin, log_in_at):
    claims = linkedin.person("bob")
    linkedin.userinfo = {name: claims.pop(name) for name in ("email", "email_verified")} | {"sub": claims["sub"]}
    answer, _ = await log_in_at(linkedin, "linkedin", "/oauth", claims)
    assert answer.json()["user"]["email"] == "bob@linked.example", answer.text
    linkedin.userinfo["sub"] = "somebody else"
    answer, _ = await log_in_at(linkedin, "linkedin", "/oauth", claims)
    assert answer.json()["code"] == "provider_refused"


@pytest.mark.parametrize(
    "claims", [{"iss": "https://www.linkedin.com/oauth"}, {"aud": "another"}, {"exp": 1_700_000_000}, {"nonce": "x"}]
)
async def test_a_token_of_linkedin_that_is_not_for_here_is_refused(linkedin, log_in_at, claims):
    answer, _ = await log_in_at(linkedin, "linkedin", "/oauth", linkedin.person("eve", **claims))
    assert (answer.status_code, answer.json()["code"]) == (403, "provider_refused"), answer.text
