"""What the API of the prompt library takes and gives."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

MOST_TAGS = 8
Tag = Annotated[str, Meta(min_length=1, max_length=30)]
Shelf = Literal["mine", "shared"]
Sort = Literal["newest", "votes"]


class PromptInput(Struct, frozen=True, kw_only=True):
    """A prompt to keep; `shared` shows it to everybody of the site, with its writer's name."""

    title: Annotated[str, Meta(min_length=1, max_length=120)]
    text: Annotated[str, Meta(min_length=1, max_length=8_000)]
    tags: Annotated[tuple[Tag, ...], Meta(max_length=MOST_TAGS)] = ()
    shared: bool = False


class PromptView(Struct, frozen=True, kw_only=True):
    """A kept prompt, with what the reader may do with it."""

    id: UUID
    title: str
    text: str
    tags: list[str]
    shared: bool
    mine: bool
    author: str
    """The name its writer goes by here; empty where they are gone."""
    votes: int
    voted: bool
    """Whether the reader's vote is among them."""
    created_at: dt.datetime


class TagCount(Struct, frozen=True, kw_only=True):
    """A tag and how many prompts of a shelf have it."""

    tag: str
    prompts: int
