"""Choosing a tenant's theme and changing it; the contrast of what is saved is checked first."""

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec
import structlog
from sqlalchemy import event, select, text, update
from sqlalchemy.dialects.postgresql import insert

from questline_core.auth.models import User
from questline_core.context import HostContext
from questline_core.plugins.enablement import announce
from questline_core.storage.counted import put_blob
from questline_core.storage.routes import media_key
from questline_core.tenancy.directory import as_info
from questline_core.tenancy.models import Tenant
from questline_core.theming.contrast import PAIRS, poor_contrast
from questline_core.theming.logo import TYPES, logo_name
from questline_core.theming.look import logo_url
from questline_core.theming.models import TenantLook
from questline_core.theming.overrides import changed_colors, changed_only, colors, editable, merged, problems
from questline_core.theming.schemas import FontChoice, SaveTheme, StoredLogo, ThemeChanged, ThemeEditor
from questline_core.ui.themes import LoadedTheme, installed_themes
from questline_core.ui.tokens import SCHEMES
from questline_sdk import Conflict, FieldError, Invalid, NotFound

LOCK = text("SELECT FROM core.tenant WHERE id = :tenant_id FOR NO KEY UPDATE")
SYSTEM_FONTS = (
    ["system-ui", "Segoe UI", "Roboto", "sans-serif"],
    ["Charter", "Georgia", "Cambria", "serif"],
    ["ui-rounded", "Hiragino Maru Gothic ProN", "Quicksand", "sans-serif"],
    ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Liberation Mono", "monospace"],
)
log = structlog.get_logger()


async def choose_theme(ctx: HostContext, theme_id: str) -> LoadedTheme:
    """Give the tenant another theme; what it changed of either is kept. Raises `Invalid` for one not installed."""
    theme = installed_themes().find(theme_id)
    if theme is None:
        known = ", ".join(each.manifest.id for each in installed_themes().all())
        raise Invalid.field("theme", f"is not installed; choose one of {known}")
    await ctx.session.execute(update(Tenant).where(Tenant.id == ctx.tenant_id).values(theme=theme_id))
    await ctx.audit("tenant.theme.chosen", subject=("theme", theme_id))
    stored = await _stored(ctx)
    await _tell(ctx, ThemeChanged(theme=theme_id, version=stored.version if stored else 0))
    return theme


async def read_editor(ctx: HostContext) -> ThemeEditor:
    """Everything an editor of the tenant's theme needs; raises `NotFound` where no theme is installed."""
    tenant = as_info(await ctx.session.get_one(Tenant, ctx.tenant_id, populate_existing=True))
    theme = installed_themes().choose(tenant.theme)
    if theme is None:
        raise NotFound("No theme is installed.", code="no_theme")
    stored = await _stored(ctx)
    name = await ctx.session.scalar(select(User.display_name).where(User.id == stored.changed_by)) if stored else None
    return ThemeEditor(
        theme=theme.manifest,
        tokens=editable(theme.tokens),
        overrides=stored.tokens.get(theme.manifest.id, {}) if stored else {},
        site_name=tenant.name,
        strings=stored.strings if stored else {},
        logo=stored.logo if stored else None,
        logo_url=logo_url(stored.logo) if stored else None,
        pairs=list(PAIRS),
        fonts=_fonts(),
        version=stored.version if stored else 0,
        changed_at=stored.changed_at if stored else None,
        changed_by=name,
    )


async def save_theme(ctx: HostContext, data: SaveTheme) -> ThemeEditor:
    """Store the tenant's changes, all or none.

    Raises:
        Conflict: Somebody else saved, or chose another theme, in the meantime.
        Invalid: A value is none, or colours cannot be told apart; each problem under its token's path.
    """
    await ctx.session.execute(LOCK, {"tenant_id": ctx.tenant_id})
    tenant = await ctx.session.get_one(Tenant, ctx.tenant_id, populate_existing=True)
    stored = await _stored(ctx)
    theme = installed_themes().choose(tenant.theme)
    if theme is None or theme.manifest.id != data.theme or data.version != (stored.version if stored else 0):
        raise Conflict("The theme was changed by somebody else in the meantime; load it again.", code="theme_changed")
    await _check(theme, data.tokens)
    if data.logo is not None:
        await ctx.host.store.info(media_key(ctx.tenant_id, data.logo))
    others = {name: values for name, values in stored.tokens.items() if name != data.theme} if stored else {}
    own = changed_only(theme.tokens, data.tokens)
    values = {
        "tokens": others | ({data.theme: own} if own else {}),
        "strings": _said(msgspec.to_builtins(data.strings)),
        "logo": data.logo,
        "version": data.version + 1,
        "changed_at": ctx.now,
        "changed_by": ctx.actor.id if ctx.actor else None,
    }
    statement = insert(TenantLook).values(**values)
    await ctx.session.execute(statement.on_conflict_do_update(index_elements=["tenant_id"], set_=values))
    await ctx.session.execute(update(Tenant).where(Tenant.id == ctx.tenant_id).values(name=data.site_name.strip()))
    await ctx.audit(
        "tenant.theme.changed",
        subject=("theme", data.theme),
        before={"tokens": stored.tokens.get(data.theme, {}) if stored else {}, "site_name": tenant.name},
        after={"tokens": own, "site_name": data.site_name.strip(), "logo": data.logo},
    )
    await _tell(ctx, ThemeChanged(theme=data.theme, version=data.version + 1))
    log.info("theme changed", tenant_id=str(ctx.tenant_id), theme=data.theme, changed_tokens=sorted(own))
    return await read_editor(ctx)


async def store_logo(ctx: HostContext, content: bytes) -> StoredLogo:
    """Keep a logo so that a saved theme may name it; raises `Invalid` for what is no harmless picture."""
    name = logo_name(content)
    suffix = name[name.rindex(".") :]
    await put_blob(ctx, media_key(ctx.tenant_id, name), content, content_type=TYPES[suffix])
    return StoredLogo(logo=name, logo_url=logo_url(name) or "")


async def _check(theme: LoadedTheme, values: Mapping[str, Any]) -> None:
    wrong = problems(theme.tokens, values)
    if wrong:
        raise Invalid("Some values are not what their tokens hold.", errors=wrong)
    tokens = merged(theme.tokens, changed_only(theme.tokens, values))
    poor = [
        each
        for scheme in SCHEMES
        for each in await asyncio.to_thread(
            poor_contrast, scheme, colors(tokens, scheme), changed=changed_colors(values, scheme)
        )
    ]
    if poor:
        raise Invalid(
            "Some colours cannot be told apart well enough (WCAG 2.2, level AA).",
            code="poor_contrast",
            errors=[FieldError(f"{each.scheme}.color.{each.pair.color}", str(each)) for each in poor],
        )


def _said(strings: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The texts without those left blank."""
    said = {
        language: {key: text.strip() for key, text in texts.items() if text.strip()}
        for language, texts in strings.items()
    }
    return {language: texts for language, texts in said.items() if texts}


def _fonts() -> list[FontChoice]:
    shipped = [
        FontChoice(stack=token["$value"], theme=theme.manifest.id)
        for theme in installed_themes().all()
        for token in theme.tokens.get("font", {}).get("family", {}).values()
        if token["$value"][0] in theme.families
    ]
    system = [FontChoice(stack=stack, theme=None) for stack in SYSTEM_FONTS]
    return list({choice.stack[0]: choice for choice in reversed([*shipped, *system])}.values())[::-1]


async def _stored(ctx: HostContext) -> TenantLook | None:
    statement = select(TenantLook).execution_options(populate_existing=True)
    return (await ctx.session.scalars(statement)).one_or_none()


async def _tell(ctx: HostContext, change: ThemeChanged) -> None:
    """Let this process, the others and open browsers see the change once it is committed."""
    await announce(ctx.session, "tenants")
    event.listen(ctx.session.sync_session, "after_commit", lambda _: ctx.host.tenants.forget(), once=True)
    ctx.send_live("theme.changed", change)
