"""Single log-out: what an identity provider asks, checked, and what it is answered."""

import base64
import datetime as dt
import zlib
from typing import Any
from urllib.parse import quote, unquote_plus, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import Certificate
from lxml import etree
from msgspec import Struct

from questline_saml.own_keys import PrivateKey
from questline_saml.requests import TIME, new_id
from questline_saml.responses import LEEWAY, SUCCESS
from questline_saml.signatures import signed
from questline_saml.xml import MAX_BYTES, NAMES, find_all, name, parse, text_of

RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
HASHES: dict[str, tuple[str, hashes.HashAlgorithm]] = {
    f"http://www.w3.org/2001/04/xmldsig-more#{kind}-sha{bits}": (kind, algorithm)
    for kind in ("rsa", "ecdsa")
    for bits, algorithm in ((256, hashes.SHA256()), (384, hashes.SHA384()), (512, hashes.SHA512()))
}
SIGNED = ("SAMLRequest", "RelayState", "SigAlg")
LASTS = dt.timedelta(minutes=5)
"""How old a request may be; it is remembered as long, so that it counts once."""


class LogoutRequest(Struct, frozen=True, kw_only=True):
    """A verified request that somebody be logged out."""

    id: str
    name_id: str


def posted_request(form: dict[str, str], signers: list[Certificate]) -> Any:
    """The signed message of the HTTP-POST binding; raises `ValueError`."""
    return signed(parse(base64.b64decode(form.get("SAMLRequest", ""), validate=True)), signers)


def redirected_request(query: str, signers: list[Certificate]) -> Any:
    """The message of the HTTP-Redirect binding, whose signature is about the query as it came; raises `ValueError`."""
    pieces = {piece.partition("=")[0]: piece for piece in query.split("&")}
    if len(pieces) != query.count("&") + 1:
        raise ValueError("a parameter is there twice")
    values = {key: unquote_plus(piece.partition("=")[2]) for key, piece in pieces.items()}
    content = "&".join(pieces[each] for each in SIGNED if each in pieces).encode()
    signature = base64.b64decode(values.get("Signature", ""), validate=True)
    if not any(_is_signed(content, signature, values.get("SigAlg", ""), signer) for signer in signers):
        raise ValueError("the message's signature is not the identity provider's")
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        message = inflate.decompress(base64.b64decode(values.get("SAMLRequest", ""), validate=True), MAX_BYTES + 1)
    except zlib.error:
        raise ValueError("it is not packed as it should be") from None
    return parse(message)


def read_request(message: Any, *, issuer: str, address: str, now: dt.datetime) -> LogoutRequest:
    """What a message asks whose signature was verified; raises `ValueError`."""
    if message.tag != name("samlp:LogoutRequest"):
        raise ValueError("it is not a request to log out")
    if [text_of(each) for each in find_all(message, "saml:Issuer")] != [issuer]:
        raise ValueError("the request is of another issuer")
    if message.get("Destination") != address:
        raise ValueError("it is for another address")
    issued, ends = _time(message.get("IssueInstant")), _time(message.get("NotOnOrAfter"))
    if issued is None or not now - LASTS < issued < now + LEEWAY or (ends is not None and ends + LEEWAY <= now):
        raise ValueError("the request is not of this time")
    names, request_id = find_all(message, "saml:NameID"), message.get("ID")
    if len(names) != 1 or not request_id:
        raise ValueError("it does not name one person")
    return LogoutRequest(id=request_id, name_id=text_of(names[0]))


def response_url(
    address: str, key: PrivateKey, *, own: str, in_response_to: str, relay_state: str | None, now: dt.datetime
) -> str:
    """Where to send the browser: a signed LogoutResponse by the HTTP-Redirect binding.

    Args:
        address: The identity provider's single log-out address.
        key: This site's key.
        own: This site's entity id.
        in_response_to: The request's id.
        relay_state: What came with the request.
        now: The time.
    """
    response = etree.Element(
        name("samlp:LogoutResponse"),
        {
            "ID": new_id(),
            "Version": "2.0",
            "IssueInstant": now.strftime(TIME),
            "Destination": address,
            "InResponseTo": in_response_to,
        },
        nsmap={"samlp": NAMES["samlp"], "saml": NAMES["saml"]},
    )
    etree.SubElement(response, name("saml:Issuer")).text = own
    status = etree.SubElement(response, name("samlp:Status"))
    etree.SubElement(status, name("samlp:StatusCode"), {"Value": SUCCESS})
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = deflate.compress(etree.tostring(response)) + deflate.flush()
    pairs = [("SAMLResponse", base64.b64encode(packed).decode())]
    pairs += [("RelayState", relay_state)] if relay_state else []
    query = "&".join(f"{key_}={quote(value, safe='')}" for key_, value in [*pairs, ("SigAlg", RSA_SHA256)])
    signature = base64.b64encode(key.sign(query.encode(), PKCS1v15(), hashes.SHA256())).decode()
    return f"{address}{'&' if urlsplit(address).query else '?'}{query}&Signature={quote(signature, safe='')}"


def _is_signed(content: bytes, signature: bytes, algorithm: str, signer: Certificate) -> bool:
    kind, digest = HASHES.get(algorithm, ("", hashes.SHA256()))
    public = signer.public_key()
    try:
        if kind == "rsa" and isinstance(public, RSAPublicKey):
            public.verify(signature, content, PKCS1v15(), digest)
        elif kind == "ecdsa" and isinstance(public, EllipticCurvePublicKey):
            public.verify(signature, content, ECDSA(digest))
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _time(value: str | None) -> dt.datetime | None:
    if value is None:
        return None
    moment = dt.datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
