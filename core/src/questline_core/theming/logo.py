"""Logos that tenants upload: what they are by their content, and nothing that could do more than draw."""

import hashlib

from questline_core.content.importer.problems import Problems
from questline_core.content.importer.svg import check_svg
from questline_sdk import Invalid

MAX_BYTES = 256 * 1024
MAX_PIXELS = 2048
PNG = b"\x89PNG\r\n\x1a\n"
TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


def logo_name(content: bytes) -> str:
    """The name to keep a logo under, its SHA-256 with the ending of its type; raises `Invalid` for any other file."""
    if len(content) > MAX_BYTES:
        raise Invalid.field("content", f"is larger than {MAX_BYTES // 1024} kB")
    if content.startswith(PNG):
        _check_png(content)
        suffix = ".png"
    else:
        _check_svg(content)
        suffix = ".svg"
    return hashlib.sha256(content).hexdigest() + suffix


def _check_png(content: bytes) -> None:
    """Read the size from the first chunk, IHDR (PNG, third edition, section 11.2.1)."""
    if len(content) < 33 or content[12:16] != b"IHDR":
        raise Invalid.field("content", "is not a whole PNG file")
    width, height = int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
    if not (0 < width <= MAX_PIXELS and 0 < height <= MAX_PIXELS):
        raise Invalid.field("content", f"is {width} x {height} pixels; use at most {MAX_PIXELS} x {MAX_PIXELS}")


def _check_svg(content: bytes) -> None:
    if b"<svg" not in content:
        raise Invalid.field("content", "is neither an SVG nor a PNG file")
    problems = Problems()
    check_svg(content, "logo.svg", problems)
    for problem in problems.listed():
        raise Invalid.field("content", problem.message)
