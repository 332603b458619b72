import datetime as dt
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.api_jwk import PyJWKSet

from questline_core.auth.keys import Key, derived_key, in_order, key_id, read_keys, rotate_keys
from questline_core.auth.sealing import Sealer, SealError
from questline_core.auth.tokens import AccessTokens
from questline_core.encryption.ring import KeyRing
from questline_sdk import Unauthenticated

NOW = dt.datetime.now(dt.UTC)


def key(age):
    private = Ed25519PrivateKey.generate()
    return Key(id=key_id(private), private=private, active_from=NOW - age)


def issue(tokens):
    return tokens.issue(user_id=uuid4(), tenant_id=uuid4(), role="learner", session_id=uuid4())


def kid(token):
    return jwt.get_unverified_header(token)["kid"]


def test_the_newest_active_key_signs_and_its_predecessor_still_verifies():
    tokens, old, new = AccessTokens("x" * 32, seconds=60), key(dt.timedelta(days=9)), key(dt.timedelta(minutes=1))
    tokens.replace_keys(in_order([derived_key("x" * 32), old]))
    before = issue(tokens)
    tokens.replace_keys(in_order([derived_key("x" * 32), old, new]))
    after = issue(tokens)
    assert (kid(before), kid(after)) == (old.id, new.id)
    assert tokens.verify(before)
    assert tokens.verify(after)


def test_a_key_does_not_sign_before_everybody_knows_it_but_verifies():
    tokens, coming = AccessTokens("x" * 32, seconds=60), key(dt.timedelta(days=-1))
    keys = in_order([derived_key("x" * 32), coming])
    tokens.replace_keys(keys)
    assert kid(issue(tokens)) == derived_key("x" * 32).id
    tokens.replace_keys([coming])
    other = AccessTokens("x" * 32, seconds=60)
    other.replace_keys(keys)
    assert other.keys[-1].former_until is None


def test_a_key_verifies_no_more_an_hour_after_its_successor_began():
    tokens, old = AccessTokens("x" * 32, seconds=3600), key(dt.timedelta(days=9))
    tokens.replace_keys(in_order([old]))
    token = issue(tokens)
    tokens.replace_keys(in_order([old, key(dt.timedelta(hours=1, seconds=1))]))
    with pytest.raises(Unauthenticated):
        tokens.verify(token)


@pytest.mark.parametrize("header", [{}, {"kid": "unknown"}])
def test_a_token_must_name_one_of_our_keys(header):
    tokens, foreign = AccessTokens("x" * 32, seconds=60), key(dt.timedelta(0))
    forged = jwt.encode({"sub": str(uuid4())}, foreign.private, algorithm="EdDSA", headers=header)
    with pytest.raises(Unauthenticated):
        tokens.verify(forged)


async def test_a_rotation_reaches_a_running_process_and_the_key_set(site, tenant, visitor, email):
    ada = await visitor()
    before = (await ada.sign_up(email)).json()["access_token"]
    ring = site.host.vault.ring
    made = await rotate_keys(site.owner_engine, ring, now=NOW - dt.timedelta(minutes=1))
    for _ in range(500):
        if any(each.id == made for each in site.host.tokens.keys):
            break
        await site.host.redis.ping()
    after = (await ada.refresh()).json()["access_token"]
    assert (kid(before) != made, kid(after) == made) == (True, True)
    assert (await ada.me(before)).status_code == 200
    assert (await ada.me(after)).status_code == 200
    answer = await ada.get("/.well-known/jwks.json")
    assert answer.headers["content-type"] == "application/jwk-set+json"
    assert "private" not in answer.text
    assert '"d"' not in answer.text
    published = PyJWKSet.from_dict(answer.json())
    for token in (before, after):
        claims = jwt.decode(token, published[kid(token)], algorithms=["EdDSA"], audience="questline-api")
        assert claims["tid"] == str(tenant.id)


async def test_keys_that_the_ring_does_not_open_are_left_out(site):
    made = await rotate_keys(site.owner_engine, KeyRing({"other": bytes(32)}), now=NOW - dt.timedelta(days=2))
    async with site.host.database.session(None) as session:
        keys = await read_keys(session, site.host.vault.ring, site.host.settings.secret_key)
    assert made not in {each.id for each in keys}


async def test_keys_past_their_use_are_removed(site):
    ring = site.host.vault.ring
    old = await rotate_keys(site.owner_engine, ring, now=NOW - dt.timedelta(days=3))
    await rotate_keys(site.owner_engine, ring, now=NOW - dt.timedelta(days=2, hours=1))
    await rotate_keys(site.owner_engine, ring, now=NOW)
    async with site.host.database.session(None) as session:
        keys = await read_keys(session, ring, site.host.settings.secret_key)
    assert old not in {each.id for each in keys}


def test_sealed_bytes_open_only_for_their_purpose_record_and_secret():
    sealed = Sealer("a" * 32, "mail").seal(b"content", of=b"1")
    assert Sealer("a" * 32, "mail").open(sealed, of=b"1") == b"content"
    for sealer, record, data in (
        (Sealer("a" * 32, "totp"), b"1", sealed),
        (Sealer("b" * 32, "mail"), b"1", sealed),
        (Sealer("a" * 32, "mail"), b"2", sealed),
        (Sealer("a" * 32, "mail"), b"1", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (Sealer("a" * 32, "mail"), b"1", b"\x02" + sealed[1:]),
        (Sealer("a" * 32, "mail"), b"1", b""),
    ):
        with pytest.raises(SealError):
            sealer.open(data, of=record)
