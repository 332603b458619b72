"""Encrypted assertions: XML Encryption by RSA-OAEP and AES, and nothing older.

AES-GCM notices what was changed. AES-CBC does not, and is taken because many identity providers know nothing else; what
it decrypts to counts only if it is signed, and whoever tries is not told how far it came.
"""

import base64
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from questline_saml.own_keys import PrivateKey
from questline_saml.xml import NAMES, find_all, name, parse, text_of

XENC, XENC11, DSIG = NAMES["xenc"], NAMES["xenc11"], NAMES["ds"]
GCM = {f"{XENC11}aes128-gcm": 16, f"{XENC11}aes192-gcm": 24, f"{XENC11}aes256-gcm": 32}
CBC_MODES = {f"{XENC}aes128-cbc": 16, f"{XENC}aes192-cbc": 24, f"{XENC}aes256-cbc": 32}
OAEP_MGF1P, OAEP_11 = f"{XENC}rsa-oaep-mgf1p", f"{XENC11}rsa-oaep"
HASHES: dict[str, hashes.HashAlgorithm] = {
    f"{DSIG}sha1": hashes.SHA1(),  # noqa: S303  of OAEP, where collisions do not matter
    f"{XENC}sha256": hashes.SHA256(),
    f"{XENC}sha512": hashes.SHA512(),
    "http://www.w3.org/2001/04/xmldsig-more#sha384": hashes.SHA384(),
    f"{XENC11}mgf1sha1": hashes.SHA1(),  # noqa: S303
    f"{XENC11}mgf1sha256": hashes.SHA256(),
    f"{XENC11}mgf1sha384": hashes.SHA384(),
    f"{XENC11}mgf1sha512": hashes.SHA512(),
}
BLOCK, NONCE = 16, 12
MOST_KEYS = 4


def decrypted(element: Any, keys: list[PrivateKey]) -> Any:
    """The assertion in a `saml:EncryptedAssertion`; raises `ValueError`."""
    found = find_all(element, "xenc:EncryptedData")
    if len(found) != 1:
        raise ValueError("there must be one piece of encrypted data")
    algorithm = _algorithm(found[0])
    content = _content(found[0])
    for wrapped in find_all(element, ".//xenc:EncryptedKey")[:MOST_KEYS]:
        for key in keys:
            try:
                assertion = parse(_plain(algorithm, _unwrapped(wrapped, key), content))
            except (ValueError, InvalidTag):
                continue
            if assertion.tag != name("saml:Assertion"):
                raise ValueError("what was encrypted is not an assertion")
            return assertion
    raise ValueError("it is not encrypted for this site")


def _unwrapped(wrapped: Any, key: PrivateKey) -> bytes:
    (method,) = find_all(wrapped, "xenc:EncryptionMethod")
    algorithm = method.get("Algorithm")
    if algorithm not in {OAEP_MGF1P, OAEP_11}:
        raise ValueError("the key is not encrypted by RSA-OAEP")
    digest = _hash(method, "ds:DigestMethod", f"{DSIG}sha1")
    mask = _hash(method, "xenc11:MGF", f"{XENC11}mgf1sha1") if algorithm == OAEP_11 else hashes.SHA1()  # noqa: S303
    return key.decrypt(_content(wrapped), OAEP(MGF1(mask), digest, None))


def _hash(method: Any, path: str, usual: str) -> hashes.HashAlgorithm:
    said = [each.get("Algorithm") for each in find_all(method, path)] or [usual]
    if len(said) != 1 or said[0] not in HASHES:
        raise ValueError("an unknown hash")
    return HASHES[said[0]]


def _plain(algorithm: str, key: bytes, content: bytes) -> bytes:
    if len(key) != (GCM | CBC_MODES).get(algorithm):
        raise ValueError("an unknown cipher, or a key that does not fit it")
    if algorithm in GCM:
        return AESGCM(key).decrypt(content[:NONCE], content[NONCE:], None)
    if len(content) < 2 * BLOCK or len(content) % BLOCK:
        raise ValueError("not whole blocks")
    decryptor = Cipher(AES(key), CBC(content[:BLOCK])).decryptor()
    padded = decryptor.update(content[BLOCK:]) + decryptor.finalize()
    if not 1 <= padded[-1] <= BLOCK:
        raise ValueError("not padded")
    return padded[: -padded[-1]]


def _algorithm(element: Any) -> str:
    (method,) = find_all(element, "xenc:EncryptionMethod") or [{}]
    return str(method.get("Algorithm", ""))


def _content(element: Any) -> bytes:
    found = find_all(element, "xenc:CipherData/xenc:CipherValue")
    if len(found) != 1:
        raise ValueError("there must be one value")
    return base64.b64decode("".join(text_of(found[0]).split()), validate=True)
