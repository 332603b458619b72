"""Whose signature an element carries. What counts afterwards is the element that was signed, never the message."""

from typing import Any

from cryptography.x509 import Certificate
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier

from questline_saml.xml import name, parse

METHODS = frozenset(
    {
        SignatureMethod.RSA_SHA256,
        SignatureMethod.RSA_SHA384,
        SignatureMethod.RSA_SHA512,
        SignatureMethod.ECDSA_SHA256,
        SignatureMethod.ECDSA_SHA384,
        SignatureMethod.ECDSA_SHA512,
    }
)
DIGESTS = frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512})
EXPECTED = SignatureConfiguration(location="./", signature_methods=METHODS, digest_algorithms=DIGESTS)


def signed(element: Any, signers: list[Certificate]) -> Any:
    """The element as it was signed by one of these.

    It is looked at apart from the message, so that a signature can only be about itself.

    Raises:
        ValueError: It is not signed, or not by them, or not as a whole.
    """
    what = "assertion" if element.tag == name("saml:Assertion") else "message"
    alone = etree.tostring(element, with_tail=False)
    if len(element.findall(name("ds:Signature"))) != 1:
        raise ValueError(f"the {what} is not signed")
    for signer in signers:
        try:
            verified = XMLVerifier().verify(parse(alone), x509_cert=signer, id_attribute="ID", expect_config=EXPECTED)
        except (SignXMLException, ValueError, etree.LxmlError):
            continue
        found = None if isinstance(verified, list) else verified.signed_xml
        if found is not None and found.tag == element.tag and found.get("ID") == element.get("ID"):
            return found
    raise ValueError(f"the {what}'s signature is not the identity provider's")
