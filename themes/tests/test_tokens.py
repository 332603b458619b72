"""Every theme has the same token names, fonts that exist, and text that can be read."""

import json
from pathlib import Path

import pytest

from questline_core.theming.contrast import PAIRS, poor_contrast
from questline_core.theming.overrides import colors

THEMES = Path(__file__).parent.parent
FILES = sorted(THEMES.glob("*/src/*/tokens.json"))


def read(path: Path) -> dict:
    return json.loads(path.read_text())


def names(group: dict, prefix: str = "") -> set[str]:
    found = set()
    for key, value in group.items():
        if key.startswith("$"):
            continue
        found |= {f"{prefix}{key}"} if "$value" in value else names(value, f"{prefix}{key}.")
    return found


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
    palette = colors(read(path), scheme)
    assert {name for pair in PAIRS for name in (pair.color, pair.ground)} <= palette.keys()
    poor = list(map(str, poor_contrast(scheme, palette)))
    assert not poor, poor
