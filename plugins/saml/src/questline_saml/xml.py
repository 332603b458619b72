"""XML as SAML needs it: read without entities, DTDs or the network, and found by name."""

from typing import Any

from lxml import etree

MAX_BYTES = 200_000
NAMES = {
    "samlp": "urn:oasis:names:tc:SAML:2.0:protocol",
    "saml": "urn:oasis:names:tc:SAML:2.0:assertion",
    "md": "urn:oasis:names:tc:SAML:2.0:metadata",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "xenc": "http://www.w3.org/2001/04/xmlenc#",
    "xenc11": "http://www.w3.org/2009/xmlenc11#",
}


def parse(data: bytes) -> Any:
    """The root element.

    Comments go, so that no text is cut in two by one.

    Raises:
        ValueError: It is not XML, too long, or has a DTD.
    """
    if len(data) > MAX_BYTES:
        raise ValueError("too long")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("not XML") from error
    if root.getroottree().docinfo.doctype:
        raise ValueError("has a DTD")
    return root


def name(prefixed: str) -> str:
    """A qualified name as lxml writes it: `saml:Issuer`."""
    prefix, _, local = prefixed.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


def find_all(element: Any, path: str) -> list[Any]:
    """The elements on a path of prefixed names."""
    found: list[Any] = element.findall(path, NAMES)
    return found


def text_of(element: Any) -> str:
    """All the text in an element."""
    return "".join(element.itertext()).strip()
