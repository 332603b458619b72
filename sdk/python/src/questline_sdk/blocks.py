"""Blocks: the pieces of a lesson, each of a type that core or a plugin provides."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec

from questline_sdk.context import Context
from questline_sdk.errors import FieldError


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One block of a published lesson as the player receives it."""

    id: str
    type: str
    data: dict[str, Any]


class BlockPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where an authored block lies, and what turns its Markdown and media into what the player shows.

    Args:
        key: Stable key of the block in its course (`lesson-slug#type-n`); re-imports of the block keep it.
        kind: `quiz` where the block is the whole lesson and must be passed to complete it, else `lesson`.
        render_markdown: Markdown to sanitised HTML; media references become addresses.
        media_url: A `media/...` reference to its address.
    """

    key: str
    kind: str
    course_id: UUID
    course_slug: str
    lesson_id: UUID
    lesson_slug: str
    lesson_title: str
    render_markdown: Callable[[str], str]
    media_url: Callable[[str], str]


def _nothing_to_check(_: Any) -> list[FieldError]:
    return []


class BlockType(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of block that lessons may use.

    Args:
        name: `<plugin id>.<word>`; the directive and the UI's block view carry the same name.
        authored: The Struct an author writes (as YAML).
        publish: Stores what the block needs and returns the data for the player.
        check: Finds what the Struct's types cannot say; each error's field is a path such as `items[2].options`.
    """

    name: str
    authored: type[msgspec.Struct]
    publish: Callable[[Context, BlockPlace, Any], Awaitable[msgspec.Struct]]
    check: Callable[[Any], list[FieldError]] = _nothing_to_check
