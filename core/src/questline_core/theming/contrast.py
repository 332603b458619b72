"""Which colours of a theme must be told apart, and whether they are: WCAG 2.2 level AA.

Success criteria 1.4.3 (text, 4.5:1) and 1.4.11 (parts of controls, 3:1): https://www.w3.org/TR/WCAG22/
"""

from collections.abc import Iterable, Mapping

import msgspec

TEXT = 4.5
PART = 3.0
TONES = ("primary", "success", "points", "danger", "info")
TIERS = ("bronze", "silver", "gold")
GROUNDS = ("background", "surface", "raised", "sunken")
CODE = ("ink", "muted", "keyword", "string", "number", "name", "error")


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A colour, the ground it lies on, and the least contrast between them; both are names of colour tokens."""

    color: str
    ground: str
    least: float


class PoorContrast(msgspec.Struct, frozen=True, kw_only=True):
    """A pair that falls short in a colour scheme, with the ratio it has."""

    scheme: str
    pair: Pair
    ratio: float

    def __str__(self) -> str:
        pair, ratio = self.pair, int(self.ratio * 100) / 100  # never shown as more than it is
        return f"{pair.color} on {pair.ground} has a contrast of {ratio:.2f}:1 and needs {pair.least:g}:1"


def _pairs(colors: Iterable[str], grounds: Iterable[str], least: float) -> list[Pair]:
    grounds = list(grounds)
    return [Pair(color=color, ground=ground, least=least) for color in colors for ground in grounds]


PAIRS: tuple[Pair, ...] = (
    *_pairs(("ink", "muted"), (*GROUNDS, *(f"{tone}-soft" for tone in TONES)), TEXT),
    *(pair for tone in TONES for pair in _pairs([f"{tone}-ink"], (f"{tone}-soft", *GROUNDS), TEXT)),
    *(pair for tone in TONES for pair in _pairs([f"on-{tone}"], (tone, f"{tone}-strong"), TEXT)),
    *(pair for tier in TIERS for pair in _pairs([f"on-{tier}"], [tier], TEXT)),
    *_pairs(("hero-ink", "hero-muted"), ("hero-start", "hero-end"), TEXT),
    *_pairs(["hero-on-action"], ["hero-action"], TEXT),
    *_pairs((f"code-{name}" for name in CODE), ["code-background"], TEXT),
    *_pairs(("edge", "primary"), GROUNDS, PART),
)
"""What every theme must keep, in light and in dark."""


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two opaque colours, 1 to 21."""
    from coloraide import Color  # it takes a quarter of a second to import, and only editors need it

    return Color(first).contrast(second, method="wcag21")


def poor_contrast(
    scheme: str, colors: Mapping[str, str], *, changed: frozenset[str] | None = None
) -> list[PoorContrast]:
    """The pairs that fall short; where `changed` is given, only those with one of these colours in them."""
    found = []
    for pair in PAIRS:
        known = pair.color in colors and pair.ground in colors
        if known and (changed is None or changed & {pair.color, pair.ground}):
            ratio = contrast(colors[pair.color], colors[pair.ground])
            if ratio < pair.least:
                found.append(PoorContrast(scheme=scheme, pair=pair, ratio=ratio))
    return found
