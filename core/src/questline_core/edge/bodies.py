"""Bodies that come packed: unpacked in small pieces, so that a bomb is noticed before it goes off."""

import zlib
from typing import Any, cast

from litestar.exceptions import ClientException
from litestar.types import HTTPReceiveMessage, Receive, Scope

PIECE = 65_536
"""Bytes that are unpacked at once; the framework counts them against the route's limit."""
GZIP = 31
"""zlib's window bits for the gzip format (RFC 1952)."""


def packing(scope: Scope) -> str:
    """How the body is packed, in lower case; empty where it is not."""
    for name, value in scope["headers"]:
        if name == b"content-encoding":
            coding = value.decode("latin-1").strip().lower()
            return "" if coding == "identity" else coding
    return ""


def unpacked(scope: Scope, receive: Receive) -> Receive:
    """Receive a gzip body as it was before it was packed, and make the request's headers say so."""
    gone = (b"content-encoding", b"content-length")
    scope["headers"] = [header for header in scope["headers"] if header[0] not in gone]
    unpacker = zlib.decompressobj(GZIP)
    waiting, more = b"", True

    async def receive_unpacked() -> Any:
        nonlocal waiting, more
        while True:
            if not waiting and more:
                message = await receive()
                if message["type"] != "http.request":
                    return message
                waiting, more = message["body"], message.get("more_body", False)
            piece, waiting = _unpack(unpacker, waiting)
            finished = not waiting and not more
            if finished and not unpacker.eof:
                raise ClientException("The body ends before its gzip stream does.")
            if piece or finished:
                found = {"type": "http.request", "body": piece, "more_body": not finished}
                return cast("HTTPReceiveMessage", found)

    return receive_unpacked


def _unpack(unpacker: Any, packed: bytes) -> tuple[bytes, bytes]:
    if unpacker.eof and packed:
        raise ClientException("There is something after the body's gzip stream.")
    try:
        piece = unpacker.decompress(packed, PIECE)
    except zlib.error:
        raise ClientException("The body is not gzip.") from None
    if unpacker.unused_data:
        raise ClientException("There is something after the body's gzip stream.")
    return piece, unpacker.unconsumed_tail
