"""Assertions that npm's xml-encryption has encrypted for this site."""

import asyncio
import base64
import re
import sys
from pathlib import Path

import pytest
from lxml import etree

from questline_saml.xml import NAMES

XENC, XENC11 = NAMES["xenc"], NAMES["xenc11"]
OAEP, GCM, CBC = f"{XENC}rsa-oaep-mgf1p", f"{XENC11}aes256-gcm", f"{XENC}aes256-cbc"
SCRIPT = Path(__file__).with_name("encrypt.mjs")
VALUE = re.compile(rb"(<xenc:CipherValue>)([^<]*)(</xenc:CipherValue>)")


def pem(key):
    return key.key_file.read_text()


async def encrypted(data, key, *, content=GCM, wrap=OAEP):
    """A genuine answer with its assertion encrypted for a key."""
    root = etree.fromstring(data)
    (assertion,) = root.findall("saml:Assertion", NAMES)
    node = Path(sys.executable).with_name("node")
    process = await asyncio.create_subprocess_exec(
        node,
        SCRIPT,
        key.certificate_file,
        content,
        wrap,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    text, _ = await process.communicate(etree.tostring(assertion, with_tail=False))
    assert process.returncode == 0
    holder = etree.Element(f"{{{NAMES['saml']}}}EncryptedAssertion")
    holder.append(etree.fromstring(text))
    root.replace(assertion, holder)
    return etree.tostring(root)


@pytest.fixture
def answered(configure, way, own_key):
    async def make(**fields):
        await configure(**{"own_key": pem(own_key)} | fields)
        browser = way()
        return browser, await browser.at_provider(await browser.begin(), userName="eve@acme.example")

    return make


@pytest.mark.parametrize("content", [GCM, f"{XENC11}aes128-gcm", CBC])
async def test_an_encrypted_assertion_lets_somebody_in(answered, message, own_key, content):
    browser, posted = await answered()
    sealed = await encrypted(message.read(posted), own_key, content=content)
    assert b"eve@acme.example" not in sealed
    answer = await browser.come_back(message.put(posted, sealed))
    assert answer.status_code == 200, answer.text


async def test_two_keys_are_taken_while_one_takes_the_place_of_the_other(answered, message, own_key, other_key):
    browser, posted = await answered(own_key=pem(other_key) + pem(own_key))
    answer = await browser.come_back(message.put(posted, await encrypted(message.read(posted), own_key)))
    assert answer.status_code == 200, answer.text


def changed(sealed):
    """One bit of the encrypted assertion is another."""

    def flip(match):
        content = bytearray(base64.b64decode(match[2]))
        content[40] ^= 1
        return match[1] + base64.b64encode(content) + match[3]

    return b"".join(VALUE.sub(flip, piece) if place else piece for place, piece in enumerate(_last(sealed)))


def _last(sealed):
    place = sealed.rindex(b"<xenc:CipherValue>")
    return sealed[:place], sealed[place:]


@pytest.mark.parametrize("content", [GCM, CBC])
async def test_what_is_wrong_with_it_is_not_told(answered, message, own_key, other_key, content):
    details = set()
    for how in ("changed", "foreign key", "forged"):
        browser, posted = await answered()
        data = message.read(posted)
        if how == "forged":
            data = data.replace(b"eve@acme.example", b"boss@acme.example")
        sealed = await encrypted(data, other_key if how == "foreign key" else own_key, content=content)
        sealed = changed(sealed) if how == "changed" else sealed
        answer = await browser.come_back(message.put(posted, sealed))
        assert (answer.status_code, answer.json()["code"]) == (403, "provider_refused"), (how, answer.text)
        details.add(answer.json()["detail"])
    assert len(details) == 1


async def test_old_key_transport_is_refused(answered, message, own_key):
    browser, posted = await answered()
    sealed = await encrypted(message.read(posted), own_key, wrap=f"{XENC}rsa-1_5")
    answer = await browser.come_back(message.put(posted, sealed))
    assert answer.json()["code"] == "provider_refused"


async def test_without_a_key_it_says_so(answered, message, own_key):
    browser, posted = await answered(own_key="")
    answer = await browser.come_back(message.put(posted, await encrypted(message.read(posted), own_key)))
    assert "no key of this site" in answer.json()["detail"]


async def test_a_plain_assertion_beside_an_encrypted_one_is_refused(answered, message, own_key):
    browser, posted = await answered()
    data = message.read(posted)
    root = etree.fromstring(await encrypted(data, own_key))
    root.append(etree.fromstring(data).find("saml:Assertion", NAMES))
    answer = await browser.come_back(message.put(posted, etree.tostring(root)))
    assert "one assertion" in answer.json()["detail"]


async def test_metadata_name_the_key_and_settings_keep_it_secret(answered, way, own_key, configure):
    await answered()
    root = etree.fromstring((await way().client.get("/api/v1/p/saml/acme/metadata")).content)
    (certificate,) = root.findall(".//md:KeyDescriptor/ds:KeyInfo/ds:X509Data/ds:X509Certificate", NAMES)
    again = etree.fromstring((await way().client.get("/api/v1/p/saml/acme/metadata")).content)
    assert certificate.text == again.findtext(".//ds:X509Certificate", namespaces=NAMES)
    admin = await configure(own_key=pem(own_key))
    assert "PRIVATE KEY" not in (await admin.get("/api/v1/plugins/saml/settings")).text


@pytest.mark.parametrize(
    "text", ["no key", "-----BEGIN {kind}-----\nAAAA\n-----END {kind}-----".format(kind="PRIVATE" + " KEY")]
)
async def test_a_key_that_is_none_is_refused(configure, text):
    with pytest.raises(AssertionError, match="own_key"):
        await configure(own_key=text)
