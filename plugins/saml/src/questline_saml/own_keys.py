"""This site's own keys towards an identity provider: what it encrypts for, and what verifies our messages."""

import datetime as dt
import re

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509.oid import NameOID

PrivateKey = RSAPrivateKey
BLOCK = re.compile(r"-----BEGIN (?:RSA )?PRIVATE KEY-----.*?-----END (?:RSA )?PRIVATE KEY-----", re.DOTALL)
LEAST_BITS, MOST = 2048, 2
BEGINS, ENDS = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
"""A certificate in metadata only carries the key; what it says of time is not looked at."""


def read_keys(text: str) -> list[PrivateKey]:
    """The keys in a text, in its order; raises `ValueError`."""
    blocks = BLOCK.findall(text)
    if BLOCK.sub("", text).strip() or len(blocks) > MOST:
        raise ValueError(f"must be at most {MOST} private keys in PEM")
    keys = []
    for block in blocks:
        try:
            key = serialization.load_pem_private_key(block.encode(), password=None)
        except (TypeError, ValueError, UnsupportedAlgorithm):
            raise ValueError("must be a private key in PEM, without a password") from None
        if not isinstance(key, RSAPrivateKey) or key.key_size < LEAST_BITS:
            raise ValueError(f"must be an RSA key of {LEAST_BITS} bits or more")
        keys.append(key)
    return keys


def certificate_of(key: PrivateKey, site: str) -> bytes:
    """A certificate (DER) that carries a key's public half; the same each time."""
    public = key.public_key()
    plain = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    digest = hashes.Hash(hashes.SHA256())
    digest.update(plain)
    number = int.from_bytes(digest.finalize()[:15], "big") + 1
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, site[:64])])
    builder = x509.CertificateBuilder(subject, subject, public, number, BEGINS, ENDS)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
