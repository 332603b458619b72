"""Logging in through a real SAML identity provider, and everything it must not be fooled by."""

import base64
import datetime as dt
import re
import zlib
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree
from signxml import XMLSigner, methods

from questline_saml.xml import NAMES

DSIG = "{http://www.w3.org/2000/09/xmldsig#}Signature"


async def test_somebody_comes_in_with_what_the_provider_says(configure, way, tenant):
    await configure()
    ada = {"userName": "ada@acme.example", "email": "ada@acme.example", "displayName": "Ada Lovelace"}
    browser = way()
    first = await browser.come_back(await browser.at_provider(await browser.begin(), **ada))
    assert first.status_code == 200, first.text
    user = first.json()["user"]
    assert (user["email"], user["display_name"]) == ("ada@acme.example", "Ada Lovelace")
    again = way()
    second = await again.come_back(await again.at_provider(await again.begin(), **ada))
    assert second.json()["user"]["id"] == user["id"]


async def test_the_request_names_this_site(configure, way):
    await configure()
    url = await way().begin()
    packed = base64.b64decode(parse_qs(urlsplit(url).query)["SAMLRequest"][0])
    request = etree.fromstring(zlib.decompress(packed, -zlib.MAX_WBITS))
    assert request.get("AssertionConsumerServiceURL") == "http://localhost:8000/api/v1/sign-in/saml.acme/answer"
    assert request.findtext("saml:Issuer", namespaces=NAMES) == "http://localhost:8000/api/v1/p/saml/acme/metadata"
    assert request.get("ForceAuthn") is None


async def test_metadata_say_where_answers_go(configure, way):
    await configure()
    answer = await way().client.get("/api/v1/p/saml/acme/metadata")
    assert answer.headers["content-type"].startswith("application/samlmetadata+xml")
    root = etree.fromstring(answer.content)
    assert root.get("entityID") == "http://localhost:8000/api/v1/p/saml/acme/metadata"
    (service,) = root.findall(".//md:AssertionConsumerService", NAMES)
    assert service.get("Location") == "http://localhost:8000/api/v1/sign-in/saml.acme/answer"
    assert (await way().client.get("/api/v1/p/saml/other/metadata")).status_code == 404


async def test_groups_make_roles(configure, way):
    await configure(roles=[{"value": "Teachers", "role": "instructor"}])
    browser = way()
    person = {"userName": "gus@acme.example", "email": "gus@acme.example", "groups": "Staff, Teachers"}
    answer = await browser.come_back(await browser.at_provider(await browser.begin(), **person))
    assert answer.json()["user"]["role"] == "instructor"


@pytest.fixture
def answered(configure, way):
    """A browser with a genuine answer for it."""

    async def make(**fields):
        await configure(**fields)
        browser = way()
        return browser, await browser.at_provider(await browser.begin(), userName="eve@acme.example")

    return make


def signed_again(data, key, change):
    """The answer with its assertion changed and signed anew with a key."""
    root = etree.fromstring(data)
    (assertion,) = root.findall("saml:Assertion", NAMES)
    place = list(root).index(assertion)
    assertion.remove(assertion.find(DSIG))
    root.remove(assertion)
    text = change(etree.tostring(assertion).decode())
    signer = XMLSigner(method=methods.enveloped, c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#")
    fresh = etree.fromstring(text)
    signed = signer.sign(fresh, key=key.private, cert=key.pem, reference_uri=fresh.get("ID"), id_attribute="ID")
    root.insert(place, signed)
    return etree.tostring(root)


def wrapped(data, how):
    """The genuine assertion hidden somewhere, and a forged one in its place."""
    root = etree.fromstring(data)
    (genuine,) = root.findall("saml:Assertion", NAMES)
    forged = etree.fromstring(etree.tostring(genuine).replace(b"eve@acme.example", b"admin@acme.example"))
    if how == "beside":
        root.insert(list(root).index(genuine), forged)
    elif how == "inside the signature":
        root.replace(genuine, forged)
        forged.find(DSIG).append(genuine)
    elif how == "as an extension":
        root.replace(genuine, forged)
        etree.SubElement(root, "{urn:oasis:names:tc:SAML:2.0:protocol}Extensions").append(genuine)
    elif how == "another id":
        forged.remove(forged.find(DSIG))
        forged.set("ID", "_forged")
        signature = genuine.find(DSIG)
        forged.append(signature)
        root.replace(genuine, forged)
    return etree.tostring(root)


@pytest.mark.parametrize("how", ["beside", "inside the signature", "as an extension", "another id"])
async def test_a_wrapped_assertion_is_refused(answered, message, how):
    browser, posted = await answered()
    answer = await browser.come_back(message.put(posted, wrapped(message.read(posted), how)))
    assert (answer.status_code, answer.json()["code"]) == (403, "provider_refused"), answer.text


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda text: text.replace(b"eve@acme.example", b"boss@acme.example"), "signature"),
        (lambda text: re.sub(rb"<Signature.*?</Signature>", b"", text, flags=re.DOTALL), "not signed"),
        (lambda text: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + text, "DTD"),
        (lambda _: b"<not-saml/>", "not a response"),
        (lambda _: b"\x00", "not XML"),
        (lambda text: text.replace(b"status:Success", b"status:Responder"), "did not let you in"),
    ],
    ids=["forged", "unsigned", "entities", "other xml", "no xml", "failed"],
)
async def test_what_is_forged_is_refused(answered, message, change, why):
    browser, posted = await answered()
    answer = await browser.come_back(message.put(posted, change(message.read(posted))))
    assert (answer.status_code, answer.json()["code"]) == (403, "provider_refused"), answer.text
    assert why in answer.json()["detail"]


def shifted(seconds, *names):
    """Moves times of an assertion."""
    moment = (dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return lambda text: re.sub(rf'({"|".join(names)})="[^"]*"', rf'\1="{moment}"', text)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (shifted(-3600, "NotOnOrAfter"), "expired"),
        (shifted(3600, "NotBefore"), "from the future"),
        (lambda text: text.replace("api/v1/p/saml/acme/metadata", "elsewhere"), "another site"),
        (lambda text: re.sub(r"<\w*:?Audience>.*?</\w*:?Audience>", "", text), "another site"),
        (lambda text: re.sub(r'Recipient="[^"]*"', 'Recipient="https://evil.example"', text), "not confirmed"),
        (lambda text: re.sub(r'InResponseTo="[^"]*"', 'InResponseTo="_other"', text), "not confirmed"),
        (lambda text: text.replace("urn:example:idp", "urn:evil"), "another issuer"),
    ],
    ids=["expired", "early", "audience", "no audience", "recipient", "request", "issuer"],
)
async def test_a_signed_assertion_that_is_not_for_here_and_now_is_refused(answered, message, key, change, why):
    browser, posted = await answered()
    answer = await browser.come_back(message.put(posted, signed_again(message.read(posted), key, change)))
    assert (answer.status_code, answer.json()["code"]) == (403, "provider_refused"), answer.text
    assert why in answer.json()["detail"]


async def test_the_key_is_the_one_in_the_settings(answered, message, key, other_key):
    browser, posted = await answered()
    foreign = signed_again(message.read(posted), other_key, lambda text: text)
    assert "signature" in (await browser.come_back(message.put(posted, foreign))).json()["detail"]
    both, posted = await answered(certificates=other_key.pem + key.pem)
    assert (await both.come_back(posted)).status_code == 200


async def test_an_answer_is_taken_once_by_its_own_browser(answered, way):
    browser, posted = await answered()
    stranger = way()
    await stranger.begin()
    assert (await stranger.come_back(posted)).json()["code"] == "link_over"
    assert "another request" in (await stranger.come_back(posted | {"RelayState": stranger.state})).json()["detail"]
    kept = list(browser.client.cookies.jar)
    assert (await browser.come_back(posted)).status_code == 200
    for cookie in kept:
        browser.client.cookies.jar.set_cookie(cookie)
    assert (await browser.come_back(posted)).json()["code"] in {"provider_refused", "link_over"}


async def test_an_assertion_is_remembered_where_its_request_is_not(answered, ctx, message, configure):
    browser, posted = await answered()
    assert (await browser.come_back(posted)).status_code == 200
    found = [key async for key in ctx.redis.scan_iter(match=ctx.redis_key("saml", "assertion", "*"))]
    assert len(found) == 1
    assert 0 < await ctx.redis.ttl(found[0]) < 7200
