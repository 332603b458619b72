"""Signatures of messages, and their secrets: Standard Webhooks 1.0.0, "Signature scheme" and "Webhook headers".

A message is signed as `{id}.{timestamp}.{body}` with HMAC-SHA256; the field `webhook-signature` lists `v1,<base64>`
for every secret that is good, with spaces between, so that a receiver may change over to a new one without a gap.
"""

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
SECRET_BYTES = 32
SCHEME = "v1"
MASKED = f"{SCHEME},[masked]"


def new_secret() -> str:
    """Make a secret, as the receiver writes it into its settings."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The signature of a message with one secret."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    content = f"{message_id}.{timestamp}.".encode() + body
    return f"{SCHEME},{base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()}"


def headers_of(message_id: str, at: dt.datetime, body: bytes, secrets_in_use: Iterable[str]) -> dict[str, str]:
    """The header fields that identify, date and sign a message."""
    timestamp = int(at.timestamp())
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(sign(secret, message_id, timestamp, body) for secret in secrets_in_use),
    }
