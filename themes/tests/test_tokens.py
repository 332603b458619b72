"""Every theme has the same token names, fonts that exist, and text that can be read."""

import json
from pathlib import Path

import pytest

THEMES = Path(__file__).parent.parent
FILES = sorted(THEMES.glob("*/src/*/tokens.json"))

# Text colour, what lies under it, least contrast: WCAG 2.2 level AA (1.4.3 text, 1.4.11 parts of controls).
PAIRS = [
    *[(text, ground, 4.5) for text in ("ink", "muted") for ground in ("background", "surface", "raised", "sunken")],
    *[
        (f"{name}-ink", ground, 4.5)
        for name in ("primary", "success", "points", "danger", "info")
        for ground in (f"{name}-soft", "background", "surface")
    ],
    *[
        (f"on-{name}", name, 4.5)
        for name in ("primary", "success", "points", "danger", "info", "bronze", "silver", "gold")
    ],
    *[(text, ground, 4.5) for text in ("hero-ink", "hero-muted") for ground in ("hero-start", "hero-end")],
    ("hero-on-action", "hero-action", 4.5),
    *[
        (f"code-{name}", "code-background", 4.5)
        for name in ("ink", "muted", "keyword", "string", "number", "name", "error")
    ],
    *[("edge", ground, 3.0) for ground in ("background", "surface")],
    *[("primary", ground, 3.0) for ground in ("background", "surface")],
]


def read(path: Path) -> dict:
    return json.loads(path.read_text())


def names(group: dict, prefix: str = "") -> set[str]:
    found = set()
    for key, value in group.items():
        if key.startswith("$"):
            continue
        found |= {f"{prefix}{key}"} if "$value" in value else names(value, f"{prefix}{key}.")
    return found


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two opaque colours (WCAG 2.2, relative luminance)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_there_are_at_least_two_themes() -> None:
    assert len(FILES) >= 2


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_a_theme_defines_the_names_of_the_default_theme(path: Path) -> None:
    default = THEMES / "aurora/src/questline_theme_aurora/tokens.json"
    assert names(read(path)) == names(read(default))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_light_and_dark_define_the_same_names(path: Path) -> None:
    tokens = read(path)
    assert names(tokens["light"]) == names(tokens["dark"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_font_file_is_in_the_package(path: Path) -> None:
    for font in read(path)["$extensions"]["questline"]["fonts"]:
        assert (path.parent / "fonts" / font["file"]).is_file()
    assert (path.parent / "logo.svg").is_file()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_text_has_enough_contrast(path: Path, scheme: str) -> None:
    colours = {name: token["$value"] for name, token in read(path)[scheme]["color"].items()}
    poor = [
        f"{text} on {ground}: {contrast(colours[text], colours[ground]):.2f} < {least}"
        for text, ground, least in PAIRS
        if contrast(colours[text], colours[ground]) < least
    ]
    assert not poor, poor
