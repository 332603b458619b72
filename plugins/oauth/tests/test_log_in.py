"""Logging in through a real OpenID Connect provider."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import update

from questline_core.tenancy.models import Tenant


async def test_somebody_comes_in_with_what_the_provider_says(configure, log_in, peer):
    await configure()
    await peer.tell(people={"ada": {"name": "Ada Lovelace"}})
    first = await log_in("ada")
    assert first.status_code == 200, first.text
    user = first.json()["user"]
    assert (user["email"], user["display_name"], user["role"]) == ("ada@peer.example", "Ada Lovelace", "learner")
    assert (await log_in("ada")).json()["user"]["id"] == user["id"]
    assert (await log_in("bob")).json()["user"]["id"] != user["id"]


async def test_the_request_carries_pkce_state_and_nonce(configure, browser, peer):
    await configure(label="", scopes="openid email")
    async with await browser() as client:
        (option,) = (await client.get("/api/v1/site")).json()["sign_in_with"]
        assert (option["provider"], option["label"]) == ("oauth.acme", "acme")
        url = (await client.post("/api/v1/sign-in/oauth.acme", json={"locale": "de"})).json()["url"]
    query = {name: value[0] for name, value in parse_qs(urlsplit(url).query).items()}
    assert url.startswith(f"{peer.url}/auth?")
    assert query["code_challenge_method"] == "S256"
    assert (query["scope"], query["ui_locales"]) == ("openid email", "de")
    assert len(query["nonce"]) > 20
    assert len(query["state"]) > 40


async def test_a_public_client_needs_no_secret(configure, log_in):
    await configure(id="public", client_id="public", client_secret="")
    assert (await log_in("pub", option="public")).status_code == 200


async def test_groups_make_roles(configure, log_in, peer):
    roles = [{"value": "staff", "role": "instructor"}, {"value": "all", "role": "author"}]
    await configure(roles=roles, follow_roles=True)
    await peer.tell(people={"gus": {"groups": ["all", "staff"]}})
    assert (await log_in("gus")).json()["user"]["role"] == "instructor"
    await peer.tell(people={"gus": {"groups": ["all"]}})
    assert (await log_in("gus")).json()["user"]["role"] == "author"


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        ({"iss": "https://evil.example"}, "another issuer"),
        ({"aud": "somebody else"}, "another application"),
        ({"aud": ["questline", "other"], "azp": "other"}, "another application"),
        ({"aud": ["questline", "other"]}, "which application"),
        ({"nonce": "another"}, "another request"),
        ({"nonce": None}, "another request"),
        ({"exp": 1_700_000_000}, "expired"),
        ({"exp": None}, "no times"),
        ({"iat": 4_000_000_000}, "from the future"),
        ({"sub": ""}, "names nobody"),
        ({"unsigned": True}, "not signed by a public key"),
        ({"header": {"alg": "HS256"}}, "not signed by a public key"),
        ({"foreign": True}, "BadSignatureError"),
        ({"header": {"kid": "made up"}}, "a key that is not its own"),
    ],
)
async def test_a_token_that_is_not_what_it_has_to_be_is_refused(configure, log_in, spoil, why):
    await configure()
    answer = await log_in("eve", spoil=spoil)
    assert (answer.status_code, answer.json()["code"]) == (403, "provider_refused")
    assert why in answer.json()["detail"]


async def test_a_rotated_key_is_fetched(configure, log_in, peer):
    await configure()
    assert (await log_in("kim")).status_code == 200
    await peer.tell(rotate=True)
    assert (await log_in("kim")).status_code == 200


@pytest.mark.parametrize("alter", [{"code": "made up"}, {"iss": "https://evil.example"}, {"error": "access_denied"}])
async def test_a_forged_return_is_refused(configure, log_in, alter):
    await configure()
    answer = await log_in("mallory", alter=alter)
    assert (answer.status_code, answer.json()["code"]) == (403, "provider_refused")


async def test_a_second_factor_is_trusted_where_it_is_said(configure, log_in, site, tenant):
    await configure(second_factor="trust_if_said")
    async with site.context(tenant.id) as ctx:
        values = {"sign_in": {"second_factor_roles": ["learner"]}}
        await ctx.session.execute(update(Tenant).where(Tenant.id == tenant.id).values(values))
    site.host.tenants.forget()
    assert (await log_in("mia")).json()["must_enrol"] is True
    assert (await log_in("mia", spoil={"amr": ["pwd", "mfa"]})).json()["must_enrol"] is False


async def test_an_unconfirmed_address_opens_nothing_unless_the_provider_is_trusted(configure, log_in, peer):
    await configure()
    await peer.tell(people={"una": {"email_verified": False}})
    assert (await log_in("una")).json()["code"] == "email_unverified"
    await configure(trusts_email=True)
    assert (await log_in("una")).status_code == 200


async def test_a_provider_that_does_not_answer_is_said(configure, browser):
    await configure(issuer="http://127.0.0.1:9")
    async with await browser() as client:
        answer = await client.post("/api/v1/sign-in/oauth.acme", json={})
    assert (answer.status_code, answer.json()["code"]) == (503, "provider_unavailable")


async def test_another_issuer_in_the_metadata_is_refused(configure, browser, peer):
    await configure(issuer=peer.url.replace("localhost", "127.0.0.1"))
    async with await browser() as client:
        answer = await client.post("/api/v1/sign-in/oauth.acme", json={})
    assert answer.json()["code"] == "provider_unavailable"
