"""A tenant's look as a theme of its own: a wheel that any site can install.

The format of wheels: https://packaging.python.org/en/latest/specifications/binary-distribution-format/
"""

import asyncio
import base64
import hashlib
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import msgspec

from questline_core.content.queries import MEDIA_PREFIX
from questline_core.context import HostContext
from questline_core.storage.routes import media_key
from questline_core.theming.look import Look, borrowed
from questline_core.theming.overrides import walk
from questline_core.ui.themes import GROUP, ILLUSTRATIONS
from questline_core.ui.tokens import fonts_of
from questline_sdk import Invalid, NotFound

VERSION = re.compile(r"\d{1,6}(\.\d{1,6}){0,2}")
ID = re.compile(r"[a-z][a-z0-9-]{0,39}[a-z0-9]")
TITLE = re.compile(r"[^\x00-\x1f]{1,60}")
EPOCH = (2020, 1, 1, 0, 0, 0)
"""Time of every file in the archive, so that the same look makes the same wheel."""


class ThemePackage(msgspec.Struct, frozen=True, kw_only=True):
    """A wheel with its file name."""

    filename: str
    content: bytes


async def export_package(
    ctx: HostContext, *, theme_id: str | None = None, title: str | None = None, version: str = "1.0.0"
) -> ThemePackage:
    """The wheel of the context's tenant, named after it where nothing is said."""
    tenant = await ctx.host.tenants.get(ctx.tenant_id)
    look = await ctx.host.looks.of(tenant)
    if look is None:
        raise NotFound("No theme is installed.", code="no_theme")
    stored = (look.manifest.logo_url or "").removeprefix(MEDIA_PREFIX)
    logo = None
    if look.manifest.logo_url == MEDIA_PREFIX + stored:
        logo = (stored[stored.rindex(".") :], await ctx.host.store.get(media_key(tenant.id, stored)))
    return await asyncio.to_thread(
        make_package, look, theme_id=theme_id or tenant.slug, title=title or tenant.name, version=version, logo=logo
    )


def make_package(
    look: Look, *, theme_id: str, title: str, version: str, logo: tuple[str, bytes] | None
) -> ThemePackage:
    """Build the wheel of a look; `logo` is the tenant's own, with its ending."""
    for field, pattern, value in (("id", ID, theme_id), ("title", TITLE, title), ("version", VERSION, version)):
        if not pattern.fullmatch(value):
            raise Invalid.field(field, f"must match {pattern.pattern}")
    name = f"questline_theme_{theme_id.replace('-', '_')}"
    files = {f"{name}/{path}": content for path, content in _contents(look, logo).items()}
    files[f"{name}/__init__.py"] = _module(theme_id, title, version).encode()
    files[f"{name}/py.typed"] = b""
    info = f"{name}-{version}.dist-info"
    files[f"{info}/METADATA"] = _metadata(theme_id, title, version, look).encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: questline\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/entry_points.txt"] = f"[{GROUP}]\n{theme_id} = {name}:THEME\n".encode()
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD").encode()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(entry, content)
    return ThemePackage(filename=f"{name}-{version}-py3-none-any.whl", content=archive.getvalue())


def _contents(look: Look, logo: tuple[str, bytes] | None) -> dict[str, bytes]:
    named = {name for path, token in walk(look.tokens) if path.startswith("font.family.") for name in token["$value"]}
    faces, files = list(fonts_of(look.tokens)), _folder(look.theme.path, "fonts")
    for other, families in borrowed(look.theme, named):
        faces += [font for font in fonts_of(other.tokens) if font["family"] in families]
        files = _folder(other.path, "fonts") | files
    shipped = {font["file"] for font in faces}
    files = {path: content for path, content in files.items() if path.split("/")[1] in shipped or ".woff" not in path}
    files |= _folder(look.theme.path, "illustrations", ILLUSTRATIONS)
    tokens: dict[str, Any] = {**look.tokens, "$extensions": {"questline": {"fonts": faces}}}
    files["tokens.json"] = msgspec.json.format(msgspec.json.encode(tokens), indent=2) + b"\n"
    if look.manifest.strings:
        files["strings.json"] = msgspec.json.format(msgspec.json.encode(look.manifest.strings), indent=2) + b"\n"
    if logo is not None:
        files[f"logo{logo[0]}"] = logo[1]
    elif look.theme.logo:
        files[look.theme.logo] = (look.theme.path / look.theme.logo).read_bytes()
    return files


def _folder(theme: Path, name: str, suffixes: set[str] | None = None) -> dict[str, bytes]:
    return {
        f"{name}/{path.name}": path.read_bytes()
        for path in sorted(theme.glob(f"{name}/*"))
        if path.is_file() and (suffixes is None or path.suffix in suffixes) and path.suffix != ".py"
    }


def _module(theme_id: str, title: str, version: str) -> str:
    return (
        f'"""The theme {theme_id}: design tokens, logo and fonts, read by the host at start."""\n\n'
        "from pathlib import Path\n\nfrom questline_sdk.themes import Theme\n\n"
        '__all__ = ["THEME"]\n\n'
        f"THEME = Theme(id={theme_id!r}, title={title!r}, version={version!r}, path=Path(__file__).parent)\n"
    )


def _metadata(theme_id: str, title: str, version: str, look: Look) -> str:
    return (
        f"Metadata-Version: 2.1\nName: questline-theme-{theme_id}\nVersion: {version}\n"
        f"Summary: {title}, a Questline theme made from {look.theme.manifest.title} {look.theme.manifest.version}.\n"
        "Requires-Python: >=3.11\nRequires-Dist: questline-sdk>=0.1,<0.2\n"
    )


def _record(files: dict[str, bytes], own: str) -> str:
    lines = [
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b'=').decode()},{len(content)}"
        for path, content in files.items()
    ]
    return "\n".join([*lines, f"{own},,", ""])
