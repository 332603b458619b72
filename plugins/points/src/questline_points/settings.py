"""What a tenant may set: its levels."""

from typing import Annotated

from msgspec import Meta, Struct

from questline_sdk import PluginSettings


class Level(Struct, frozen=True, kw_only=True):
    """A step of a learner's way up, reached at a balance of `floor` points."""

    number: Annotated[int, Meta(ge=1, le=1000)]
    title: Annotated[str, Meta(min_length=1, max_length=60)]
    floor: Annotated[int, Meta(ge=0, le=1_000_000_000)]


CAREER = (
    Level(number=1, title="Intern", floor=0),
    Level(number=2, title="Marketing Assistant", floor=50),
    Level(number=3, title="Copywriter", floor=150),
    Level(number=4, title="Content Specialist", floor=300),
    Level(number=5, title="Campaign Manager", floor=500),
    Level(number=6, title="Growth Marketer", floor=800),
    Level(number=7, title="Brand Strategist", floor=1200),
    Level(number=8, title="Head of Marketing", floor=1800),
    Level(number=9, title="Marketing Director", floor=2600),
    Level(number=10, title="Chief Marketing Officer", floor=4000),
)


class PointsSettings(PluginSettings, frozen=True, kw_only=True):
    """The levels, lowest first."""

    levels: Annotated[
        tuple[Level, ...],
        Meta(title="Levels", description="Lowest first; the first starts at 0 points.", min_length=1, max_length=100),
    ] = CAREER

    def __post_init__(self) -> None:
        """Refuse levels that do not rise from 0."""
        if self.levels[0].floor != 0:
            raise ValueError("levels: the first level starts at 0 points")
        for lower, upper in zip(self.levels, self.levels[1:], strict=False):
            if upper.floor <= lower.floor or upper.number <= lower.number:
                raise ValueError(f"levels: {upper.title!r} must have a higher number and floor than {lower.title!r}")

    def level_at(self, balance: int) -> Level:
        """The level a balance has reached."""
        return [level for level in self.levels if level.floor <= max(balance, 0)][-1]

    def next_after(self, balance: int) -> Level | None:
        """The level a balance reaches next; None at the top."""
        return next((level for level in self.levels if level.floor > max(balance, 0)), None)
