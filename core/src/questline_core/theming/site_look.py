"""The look of the site for what is no page of it: e-mails and certificates."""

from typing import Literal, cast

from questline_core.context import HostContext
from questline_core.theming.look import Look
from questline_core.theming.overrides import colors, walk
from questline_core.ui.tokens import token_css
from questline_sdk import Context, NotFound
from questline_sdk.services import LookTokens, Service, SiteLook


class TenantSiteLook:
    """Hands out the look of the context's tenant."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = cast("HostContext", ctx)

    async def tokens(self, scheme: Literal["light", "dark"] = "light") -> LookTokens:
        """The look in a scheme; raises `NotFound` where no theme is installed."""
        host = self._ctx.host
        look = await host.looks.of(await host.tenants.get(self._ctx.tenant_id))
        if look is None:
            raise NotFound("No theme is installed.", code="no_theme")
        return look_tokens(look, scheme, host.settings.public_url or "")


def look_tokens(look: Look, scheme: Literal["light", "dark"], public_url: str) -> LookTokens:
    """Resolve a look: opaque colours, fonts quoted for an attribute, addresses with the site's in front."""
    css = {
        path.removeprefix(f"{scheme}."): token_css(path, token).replace('"', "'")
        for path, token in walk(look.tokens)
        if not path.startswith("dark." if scheme == "light" else "light.")
    }
    palette = {name: opaque(color, css["color.background"]) for name, color in colors(look.tokens, scheme).items()}
    values = {path: value for path, value in css.items() if not path.startswith(("color.", "motion."))}
    logo = look.manifest.logo_url
    return LookTokens(
        scheme=scheme,
        site_name=look.tenant.name,
        logo_url=f"{public_url}{logo}" if logo else None,
        strings=look.manifest.strings,
        colors=palette,
        values=values,
        styles=inline_styles(palette, values),
    )


def inline_styles(palette: dict[str, str], values: dict[str, str]) -> dict[str, str]:
    """Values of `style` attributes for the parts of an e-mail; mail programs know no CSS variables."""
    body = values.get("font.family.body", "sans-serif")
    display = values.get("font.family.display", body)
    radius, line = values.get("radius.control", "0"), palette.get("line", palette["ink"])
    return {
        "page": (
            f"margin:0;padding:32px 16px;background:{palette['background']};color:{palette['ink']};font-family:{body}"
        ),
        "card": (
            f"max-width:560px;margin:0 auto;padding:32px;background:{palette['surface']};color:{palette['ink']};"
            f"border:1px solid {line};border-radius:{values.get('radius.card', '0')}"
        ),
        "heading": (
            f"margin:0 0 16px;color:{palette['ink']};font-family:{display};"
            f"font-weight:{values.get('font.weight.heading', '700')};font-size:26px;line-height:1.2"
        ),
        "text": f"margin:0 0 16px;color:{palette['ink']};font-family:{body};font-size:16px;line-height:1.6",
        "muted": f"margin:0;color:{palette['muted']};font-family:{body};font-size:14px;line-height:1.5",
        "link": f"color:{palette['primary-ink']};text-decoration:underline",
        "button": (
            f"display:inline-block;padding:13px 24px;background:{palette['primary']};color:{palette['on-primary']};"
            f"border-radius:{radius};font-family:{body};font-weight:{values.get('font.weight.strong', '700')};"
            "font-size:16px;text-decoration:none"
        ),
        "rule": f"height:1px;margin:24px 0;border:0;background:{line}",
    }


def opaque(color: str, ground: str) -> str:
    """A colour as it looks on a ground, without the transparency that mail programs may not know."""
    if len(color) == 7:
        return color
    alpha = int(color[7:9], 16) / 255
    mixed = (int(color[i : i + 2], 16) * alpha + int(ground[i : i + 2], 16) * (1 - alpha) for i in (1, 3, 5))
    return "#" + "".join(f"{round(channel):02x}" for channel in mixed)


THEMING_SERVICES = [Service(protocol=SiteLook, factory=TenantSiteLook)]
