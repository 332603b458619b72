"""E-mails and certificates look as the site does."""

import re

import pytest

from questline_core.theming.contrast import contrast
from questline_core.theming.site_look import opaque
from questline_sdk.services import SiteLook

CHANGES = {
    "light.color.primary": "#b0125b",
    "light.color.primary-strong": "#8c0e48",
    "dark.color.primary": "#ffb3d1",
    "dark.color.on-primary": "#3a0019",
    "dark.color.primary-strong": "#ffd0e2",
    "radius.control": "4px",
}


async def test_plugins_get_the_tenants_colours_fonts_and_name(site, tenant, as_user, save) -> None:
    saved = await save(await as_user("admin"), CHANGES, site_name="Acme", strings={"en": {"tagline": "Learn at Acme"}})
    assert saved.status_code == 200, saved.text
    async with site.context(tenant.id) as ctx:
        light = await ctx.service(SiteLook).tokens()
        dark = await ctx.service(SiteLook).tokens("dark")
    assert (light.site_name, light.strings["en"]["tagline"]) == ("Acme", "Learn at Acme")
    assert (light.colors["primary"], dark.colors["primary"]) == ("#b0125b", "#ffb3d1")
    assert light.values["font.family.body"].startswith("Figtree, system-ui, 'Segoe UI'")
    assert light.logo_url.endswith("/logo.svg")
    assert "background:#b0125b;color:#ffffff;border-radius:4px" in light.styles["button"]
    assert "background:#ffb3d1;color:#3a0019" in dark.styles["button"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("theme", ["aurora", "press"])
async def test_the_styles_are_fit_for_an_attribute_of_an_email(site, tenant, as_user, theme, scheme) -> None:
    await (await as_user("admin")).put("/api/v1/tenant/theme", json={"theme": theme})
    async with site.context(tenant.id) as ctx:
        look = await ctx.service(SiteLook).tokens(scheme)
    assert set(look.styles) == {"page", "card", "heading", "text", "muted", "link", "button", "rule"}
    for style in look.styles.values():
        assert not re.search(r'["<>]|var\(|#[0-9a-f]{8}', style), style
    assert all(re.fullmatch(r"#[0-9a-f]{6}", color) for color in look.colors.values())
    assert contrast(look.colors["on-primary"], look.colors["primary"]) >= 4.5


def test_a_transparent_colour_is_mixed_with_its_ground() -> None:
    assert opaque("#00000080", "#ffffff") == "#7f7f7f"
    assert opaque("#123456", "#ffffff") == "#123456"
