"""What a tenant may set: what counts as a gap, and how much is shown."""

from typing import Annotated

from msgspec import Meta

from questline_sdk import PluginSettings


class RecommendationsSettings(PluginSettings, frozen=True, kw_only=True):
    """How recommendations are made and shown."""

    shown: Annotated[int, Meta(title="Lessons on the dashboard", ge=1, le=12)] = 4
    related: Annotated[int, Meta(title="Related lessons", description="Below a lesson.", ge=1, le=8)] = 3
    gap_below: Annotated[
        int,
        Meta(
            title="Skill gap below",
            description="A best quiz result below so many per cent calls for lessons on the same subject.",
            ge=0,
            le=100,
        ),
    ] = 85
    embeddings: Annotated[
        bool,
        Meta(
            title="Compare texts by the AI service",
            description="Lessons' texts go to the AI provider that is set up for embeddings; else words are compared.",
        ),
    ] = False
