"""Fetches a wheel from where the resolver found it, and takes it only with the hash it was announced with."""

import asyncio
import base64
import hashlib
import os
import ssl
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import unquote, urlsplit

from questline_core.generations.wheels import MAX_BYTES

SECONDS = 60
INDEX_VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_INDEX")


class FetchError(Exception):
    """A wheel cannot be fetched; the message names it and says why."""


async def fetch(address: str, sha256: str) -> bytes:
    """Read a `file:` or `https:` address; raises `FetchError` for another content than announced."""
    name = unquote(address.rpartition("/")[2])
    try:
        content = await asyncio.to_thread(_read, address)
    except (OSError, ValueError) as error:
        raise FetchError(f"{name} cannot be fetched: {getattr(error, 'reason', None) or error}") from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise FetchError(f"{name} is not the wheel that was announced: its SHA-256 is {found}, not {sha256}")
    return content


def _read(address: str) -> bytes:
    parts = urlsplit(address)
    if parts.scheme == "file":
        return Path(unquote(parts.path)).read_bytes()
    if parts.scheme not in {"http", "https"}:
        raise ValueError(f"cannot read {parts.scheme}: addresses")
    host = parts.netloc.rpartition("@")[2]
    request = urllib.request.Request(parts._replace(netloc=host).geturl())  # noqa: S310  http and https only
    login = parts.netloc.rpartition("@")[0] or _login_of(host)
    if login:
        request.add_header("Authorization", "Basic " + base64.b64encode(unquote(login).encode()).decode())
    with urllib.request.urlopen(request, timeout=SECONDS, context=_trust()) as answer:  # noqa: S310
        content: bytes = answer.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValueError(f"it is larger than {MAX_BYTES // 10**6} MB")
    return content


def _login_of(host: str) -> str:
    """The name and password that `uv` is configured with for a host."""
    for variable in INDEX_VARIABLES:
        for address in os.environ.get(variable, "").split():
            login, _, found = urlsplit(address.partition("=")[2] or address).netloc.rpartition("@")
            if found == host and login:
                return login
    return ""


def _trust() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or None)
