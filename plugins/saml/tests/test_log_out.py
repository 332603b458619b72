"""Single log-out, asked for by npm's saml-idp and answered to it."""

import base64
import datetime as dt
import re
import zlib
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from lxml import etree

from questline_saml.logout import RSA_SHA256
from questline_saml.xml import NAMES

LOG_OUT = "/api/v1/p/saml/acme/log-out"
FIELD = re.compile(r'<input[^>]*name="([^"]+)"[^>]*value=["\']([^"\']*)["\']')
ADDRESS = f"http://localhost:8000{LOG_OUT}"
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"


@pytest.fixture
def entered(configure, way, idp, own_key):
    """Somebody who has come in through the provider, and their browser there."""

    async def make(name="ada@acme.example"):
        await configure(own_key=own_key.key_file.read_text(), logout_url=f"{idp}/saml/slo")
        browser = way()
        answer = await browser.come_back(await browser.at_provider(await browser.begin(), userName=name, email=name))
        assert answer.status_code == 200, answer.text
        browser.client.headers["authorization"] = f"Bearer {answer.json()['access_token']}"
        return browser

    return make


def request_of(name, *, now=None, issuer="urn:example:idp", address=ADDRESS, number="_1"):
    at = (now or dt.datetime.now(dt.UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        f'<samlp:LogoutRequest xmlns:samlp="{NAMES["samlp"]}" xmlns:saml="{NAMES["saml"]}" ID="{number}" Version="2.0"'
        f' IssueInstant="{at}" Destination="{address}"><saml:Issuer>{issuer}</saml:Issuer>'
        f"<saml:NameID>{name}</saml:NameID></samlp:LogoutRequest>"
    ).encode()


def by_redirect(data, key, *, relay_state="r&1"):
    """The query of the HTTP-Redirect binding."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = base64.b64encode(deflate.compress(data) + deflate.flush()).decode()
    pairs = {"SAMLRequest": packed, "RelayState": relay_state, "SigAlg": RSA_SHA256}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs.items())
    signature = base64.b64encode(key.private.sign(query.encode(), PKCS1v15(), hashes.SHA256())).decode()
    return f"{query}&Signature={quote(signature, safe='')}"


def answer_in(url, key):
    """The answer in an address, its signature verified with this site's key; and its relay state."""
    query = urlsplit(url).query
    content, _, signature = query.partition("&Signature=")
    values = {name: value[0] for name, value in parse_qs(query).items()}
    key.private.public_key().verify(
        base64.b64decode(values["Signature"]), content.encode(), PKCS1v15(), hashes.SHA256()
    )
    assert signature
    packed = base64.b64decode(values["SAMLResponse"])
    return etree.fromstring(zlib.decompress(packed, -zlib.MAX_WBITS)), values.get("RelayState")


async def test_who_logs_out_there_is_logged_out_here(entered, way, idp, own_key):
    browser, other = await entered(), await entered("bob@acme.example")
    assert (await browser.client.get("/api/v1/me")).status_code == 200
    await entered()  # the provider's one user is Ada again
    async with httpx.AsyncClient(follow_redirects=True) as there:
        page = await there.get(f"{idp}/signout")
        posted = {name: unescape(value) for name, value in FIELD.findall(page.text)}
        assert 'action="http://localhost:8000/api/v1/p/saml/acme/log-out"' in page.text
        answer = await browser.client.post(
            LOG_OUT, data=posted, headers={"origin": idp, "sec-fetch-site": "cross-site"}
        )
        assert answer.status_code == 302, answer.text
        response, relay_state = answer_in(answer.headers["location"], own_key)
        assert response.find("samlp:Status/samlp:StatusCode", NAMES).get("Value") == SUCCESS
        # saml-idp reads answers that are packed only where it has packed its own request.
        form = {"SAMLResponse": base64.b64encode(etree.tostring(response)).decode(), "RelayState": relay_state}
        assert (await there.post(f"{idp}/saml/slo", data=form)).status_code == 200
    assert (await browser.client.get("/api/v1/me")).status_code == 401
    assert (await other.client.get("/api/v1/me")).status_code == 200
    assert (await way().client.post(LOG_OUT, data=posted)).json()["code"] == "provider_refused"


async def test_a_signed_redirect_logs_out_too(entered, key, own_key):
    browser = await entered()
    answer = await browser.client.get(f"{LOG_OUT}?{by_redirect(request_of('ada@acme.example'), key)}")
    response, relay_state = answer_in(answer.headers["location"], own_key)
    assert (response.get("InResponseTo"), relay_state) == ("_1", "r&1")
    assert (await browser.client.get("/api/v1/me")).status_code == 401


async def test_somebody_unknown_is_answered_alike(entered, key):
    browser = await entered()
    answer = await browser.client.get(f"{LOG_OUT}?{by_redirect(request_of('nobody@acme.example'), key)}")
    assert answer.status_code == 302
    assert (await browser.client.get("/api/v1/me")).status_code == 200


@pytest.mark.parametrize(
    "how", ["foreign key", "old", "issuer", "address", "twice", "unsigned", "changed", "not a request", "not packed"]
)
async def test_what_is_forged_logs_nobody_out(entered, key, other_key, how):
    browser, name = await entered(), "ada@acme.example"
    hour = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    good = by_redirect(request_of(name), key)
    query = {
        "foreign key": lambda: by_redirect(request_of(name), other_key),
        "old": lambda: by_redirect(request_of(name, now=hour), key),
        "issuer": lambda: by_redirect(request_of(name, issuer="urn:other"), key),
        "address": lambda: by_redirect(request_of(name, address="https://elsewhere.example"), key),
        "twice": lambda: by_redirect(request_of("x"), other_key).partition("&")[0] + "&" + good,
        "unsigned": lambda: good.partition("&SigAlg")[0],
        "changed": lambda: re.sub("RelayState=[^&]*", "RelayState=other", good),
        "not a request": lambda: by_redirect(b"<a/>", key),
        "not packed": lambda: by_redirect(b"", key).replace("SAMLRequest=", "SAMLRequest=AAAA"),
    }[how]()
    answer = await browser.client.get(f"{LOG_OUT}?{query}")
    assert (answer.status_code, answer.json()["code"]) == (403, "provider_refused"), answer.text
    assert (await browser.client.get("/api/v1/me")).status_code == 200


async def test_metadata_name_the_address_and_without_one_there_is_none(entered, configure):
    browser = await entered()
    root = etree.fromstring((await browser.client.get("/api/v1/p/saml/acme/metadata")).content)
    assert {each.get("Location") for each in root.findall(".//md:SingleLogoutService", NAMES)} == {ADDRESS}
    await configure()
    assert (await browser.client.get(LOG_OUT)).status_code == 404


async def test_it_needs_a_key_and_a_name_id(configure, idp, own_key):
    with pytest.raises(AssertionError, match="private key"):
        await configure(logout_url=f"{idp}/saml/slo")
    with pytest.raises(AssertionError, match="name id"):
        await configure(
            logout_url=f"{idp}/saml/slo", own_key=own_key.key_file.read_text(), subject_attribute="employee"
        )
