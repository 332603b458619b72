"""What is sent to an identity provider, and what it is told of this site."""

import base64
import datetime as dt
import secrets
import zlib
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import etree

from questline_saml.own_keys import PrivateKey, certificate_of
from questline_saml.settings import IdentityProvider
from questline_saml.xml import NAMES, name
from questline_sdk.sign_in import SignInAddresses

REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
AES_GCM, OAEP = f"{NAMES['xenc11']}aes256-gcm", f"{NAMES['xenc']}rsa-oaep-mgf1p"
TIME = "%Y-%m-%dT%H:%M:%SZ"


def entity_id(addresses: SignInAddresses, option: str) -> str:
    """This site's name for an identity provider, which is where its metadata are."""
    return urljoin(addresses.answer_to, f"/api/v1/p/saml/{option}/metadata")


def logout_address(addresses: SignInAddresses, option: str) -> str:
    """Where an identity provider sends its requests to log out."""
    return urljoin(addresses.answer_to, f"/api/v1/p/saml/{option}/log-out")


def new_id() -> str:
    """An unguessable id; XML wants a letter first."""
    return f"q{secrets.token_hex(20)}"


def request_url(
    settings: IdentityProvider,
    addresses: SignInAddresses,
    *,
    request_id: str,
    state: str,
    now: dt.datetime,
    fresh: bool,
) -> str:
    """Where to send the browser: an AuthnRequest by the HTTP-Redirect binding."""
    request = etree.Element(
        name("samlp:AuthnRequest"),
        {
            "ID": request_id,
            "Version": "2.0",
            "IssueInstant": now.strftime(TIME),
            "Destination": settings.sign_on_url,
            "ProtocolBinding": POST,
            "AssertionConsumerServiceURL": addresses.answer_to,
            **({"ForceAuthn": "true"} if fresh else {}),
        },
        nsmap={"samlp": NAMES["samlp"], "saml": NAMES["saml"]},
    )
    etree.SubElement(request, name("saml:Issuer")).text = entity_id(addresses, settings.id)
    etree.SubElement(request, name("samlp:NameIDPolicy"), {"AllowCreate": "true"})
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(etree.tostring(request)) + deflate.flush()
    query = urlencode({"SAMLRequest": base64.b64encode(packed).decode(), "RelayState": state})
    return f"{settings.sign_on_url}{'&' if urlsplit(settings.sign_on_url).query else '?'}{query}"


def metadata(addresses: SignInAddresses, settings: IdentityProvider) -> bytes:
    """What an identity provider has to know of this site."""
    own = entity_id(addresses, settings.id)
    root = etree.Element(name("md:EntityDescriptor"), {"entityID": own}, {"md": NAMES["md"]})
    service = etree.SubElement(
        root,
        name("md:SPSSODescriptor"),
        {
            "AuthnRequestsSigned": "false",
            "WantAssertionsSigned": "true",
            "protocolSupportEnumeration": NAMES["samlp"],
        },
    )
    for key in settings.own_keys():
        _describe(service, key, own)
    if settings.logout_url:
        address = logout_address(addresses, settings.id)
        for binding in (REDIRECT, POST):
            etree.SubElement(service, name("md:SingleLogoutService"), {"Binding": binding, "Location": address})
    etree.SubElement(
        service,
        name("md:AssertionConsumerService"),
        {"Binding": POST, "Location": addresses.answer_to, "index": "0", "isDefault": "true"},
    )
    body: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return body


def _describe(service: Any, key: PrivateKey, own: str) -> None:
    """A key of this site, for encryption and for signatures."""
    described = etree.SubElement(service, name("md:KeyDescriptor"))
    data = etree.SubElement(
        etree.SubElement(described, name("ds:KeyInfo"), nsmap={"ds": NAMES["ds"]}), name("ds:X509Data")
    )
    etree.SubElement(data, name("ds:X509Certificate")).text = base64.b64encode(certificate_of(key, own)).decode()
    for algorithm in (AES_GCM, OAEP):
        etree.SubElement(described, name("md:EncryptionMethod"), {"Algorithm": algorithm})
