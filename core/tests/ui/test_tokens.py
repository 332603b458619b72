"""Design tokens to CSS."""

import pytest

from questline_core.ui.themes import Themes
from questline_core.ui.tokens import TokenError, theme_css

TOKENS = {
    "$description": "A theme.",
    "$extensions": {
        "questline": {"fonts": [{"family": "Fig Tree", "file": "fig.woff2", "weight": "300 900", "style": "italic"}]}
    },
    "font": {
        "family": {"body": {"$type": "fontFamily", "$value": ["Fig Tree", "Inter", "Source Sans 3", "sans-serif"]}},
        "weight": {"strong": {"$type": "fontWeight", "$value": 650}},
        "tracking": {"display": {"$type": "dimension", "$value": "-0.022em"}},
    },
    "motion": {"easing": {"spring": {"$type": "cubicBezier", "$value": [0.34, 1.56, 0.64, 1]}}},
    "light": {
        "color": {"primary-soft": {"$type": "color", "$value": "#ece6ff"}},
        "shadow": {
            "card": {
                "$type": "shadow",
                "$value": [
                    {"offsetX": "0px", "offsetY": "1px", "blur": "2px", "spread": "0px", "color": "#2a1a5c0f"},
                    {"offsetX": "0px", "offsetY": "6px", "blur": "20px", "spread": "-8px", "color": "#2a1a5c1f"},
                ],
            }
        },
    },
    "dark": {"color": {"primary-soft": {"$type": "color", "$value": "#2d2154"}}},
}


def test_every_type_becomes_the_css_of_the_table() -> None:
    light, dark = theme_css(TOKENS, fonts_url="/themes/t/1/fonts").split('[data-color-scheme="dark"]')
    for line in [
        '--ql-font-family-body:"Fig Tree", Inter, "Source Sans 3", sans-serif;',
        "--ql-font-weight-strong:650;",
        "--ql-font-tracking-display:-0.022em;",
        "--ql-motion-easing-spring:cubic-bezier(0.34, 1.56, 0.64, 1);",
        "--ql-color-primary-soft:#ece6ff;",
        "--ql-shadow-card:0px 1px 2px 0px #2a1a5c0f, 0px 6px 20px -8px #2a1a5c1f;",
        "color-scheme:light;",
        'src:url("/themes/t/1/fonts/fig.woff2") format("woff2")',
        'font-family:"Fig Tree";font-style:italic;font-weight:300 900;font-display:swap;',
    ]:
        assert line in light
    assert dark == "{color-scheme:dark;--ql-color-primary-soft:#2d2154;}\n"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("color", "red;} body{display:none"),
        ("color", "#12345"),
        ("dimension", "1px; --x: y"),
        ("dimension", 14),
        ("duration", "fast"),
        ("fontFamily", ['Bad"; }']),
        ("cubicBezier", [1, 2, 3]),
        ("fontWeight", "bold"),
        ("shadow", [{"offsetX": "0px"}]),
        ("gradient", "x"),
    ],
)
def test_a_token_that_is_not_its_type_is_named(kind: str, value: object) -> None:
    with pytest.raises(TokenError, match=r"light\.color\.odd|color\.odd"):
        theme_css({"light": {"color": {"odd": {"$type": kind, "$value": value}}}}, fonts_url="/f")


@pytest.mark.parametrize(
    "font", [{"family": "X"}, {"family": "X", "file": "../x.woff2"}, {"family": "}", "file": "x.woff2"}]
)
def test_a_font_face_that_is_none_is_named(font: dict[str, str]) -> None:
    with pytest.raises(TokenError, match="fonts"):
        theme_css({"$extensions": {"questline": {"fonts": [font]}}}, fonts_url="/f")


def test_the_installed_themes_load() -> None:
    themes = Themes()
    assert {"aurora", "press"} <= {theme.manifest.id for theme in themes.all()}
    for theme in themes.all():
        assert theme.css.count(b"--ql-color-") > 100
        assert theme.manifest.logo_url


def test_an_unknown_theme_gives_way_to_the_default() -> None:
    chosen = Themes().choose("gone")
    assert chosen is not None
    assert chosen.manifest.id == "aurora"
