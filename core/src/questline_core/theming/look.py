"""How each tenant's site looks now: its theme with its own changes in it, kept in memory."""

import hashlib
from uuid import UUID

import msgspec
from sqlalchemy import select

from questline_core.content.queries import MEDIA_PREFIX
from questline_core.db.engine import Database
from questline_core.tenancy.schemas import TenantInfo
from questline_core.theming.models import TenantLook
from questline_core.theming.overrides import Tokens, families, merged
from questline_core.theming.schemas import ThemeManifest
from questline_core.ui.themes import LoadedTheme, installed_themes
from questline_core.ui.tokens import font_faces, theme_css

KEPT = 2000
"""How many tenants' looks a process keeps; the one that came first makes room."""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What a tenant's pages, e-mails and certificates look like."""

    tenant: TenantInfo
    theme: LoadedTheme
    manifest: ThemeManifest
    tokens: Tokens
    css: bytes
    etag: str


class Looks:
    """The look of each tenant. A look is as old as the `TenantInfo` it was made for, which changes when it does."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looks: dict[UUID, Look] = {}

    async def of(self, tenant: TenantInfo) -> Look | None:
        """A tenant's look; None where no theme is installed. The tenant must come from the directory of now."""
        look = self._looks.get(tenant.id)
        if look is not None and look.tenant is tenant:
            return look
        theme = installed_themes().choose(tenant.theme)
        if theme is None:
            return None
        async with self._database.session(tenant.id) as session:
            stored = (await session.scalars(select(TenantLook))).one_or_none()
        look = make_look(tenant, theme, stored)
        self._looks.pop(tenant.id, None)
        while len(self._looks) >= KEPT:
            self._looks.pop(next(iter(self._looks)))
        self._looks[tenant.id] = look
        return look


def make_look(tenant: TenantInfo, theme: LoadedTheme, stored: TenantLook | None) -> Look:
    """A theme with what a tenant has stored put into it."""
    if stored is None:
        return Look(
            tenant=tenant, theme=theme, manifest=theme.manifest, tokens=theme.tokens, css=theme.css, etag=theme.etag
        )
    values = stored.tokens.get(theme.manifest.id, {})
    tokens, css, etag = theme.tokens, theme.css, theme.etag
    if values:
        tokens = merged(theme.tokens, values)
        css = (borrowed_faces(theme, values) + theme_css(tokens, fonts_url=theme.fonts_url)).encode()
        etag = f'W/"{hashlib.sha256(css).hexdigest()[:32]}"'
    manifest = msgspec.structs.replace(
        theme.manifest,
        logo_url=logo_url(stored.logo) or theme.manifest.logo_url,
        strings=merge_strings(theme.manifest.strings, stored.strings),
    )
    return Look(tenant=tenant, theme=theme, manifest=manifest, tokens=tokens, css=css, etag=etag)


def logo_url(name: str | None) -> str | None:
    """The address of a logo that a tenant has uploaded."""
    return MEDIA_PREFIX + name if name else None


def merge_strings(theme: dict[str, dict[str, str]], own: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """A theme's texts by language with a tenant's own over them."""
    return {language: theme.get(language, {}) | own.get(language, {}) for language in sorted({*theme, *own})}


def borrowed(theme: LoadedTheme, wanted: set[str]) -> list[tuple[LoadedTheme, frozenset[str]]]:
    """The other installed themes that ship one of these font families, with the families they ship."""
    missing = wanted - theme.families
    found = []
    for other in installed_themes().all():
        shipped = other.families & missing
        if shipped and other is not theme:
            found.append((other, shipped))
            missing -= shipped
    return found


def borrowed_faces(theme: LoadedTheme, values: dict[str, object]) -> str:
    """The font faces of families that a tenant's values name and that another installed theme ships."""
    return "".join(
        font_faces(other.tokens, fonts_url=other.fonts_url, families=shipped)
        for other, shipped in borrowed(theme, families(values))
    )
