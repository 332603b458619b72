"""A course as it was read from its folder: complete, checked, and ready to publish."""

import hashlib
from typing import Any

import msgspec

from questline_core.content.importer.markdown import MarkdownRenderer
from questline_core.content.importer.media import MediaFile, MediaLibrary
from questline_core.content.schemas import LessonKind, Level

RENDERING = 1
"""Counts changes of the rendering that must reach courses whose folders have not changed."""


class BlockSource(msgspec.Struct, frozen=True, kw_only=True):
    """A block: `data` is what the player gets for core's own types, else what the author wrote for a plugin's."""

    id: str
    type: str
    data: Any
    authored: bool = False


class LessonSource(msgspec.Struct, frozen=True, kw_only=True):
    """A lesson with its blocks in order."""

    slug: str
    title: str
    kind: LessonKind
    minutes: int
    objectives: list[str]
    blocks: list[BlockSource]


class ModuleSource(msgspec.Struct, frozen=True, kw_only=True):
    """A module with its lessons in order."""

    slug: str
    title: str
    summary: str
    lessons: list[LessonSource]


class CourseContent(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of a course that learners see."""

    slug: str
    title: str
    summary: str
    description_html: str
    level: Level
    language: str
    tags: list[str]
    objectives: list[str]
    cover: str | None
    modules: list[ModuleSource]


class CourseSource(msgspec.Struct, frozen=True, kw_only=True):
    """A course's content, and what publishing it needs."""

    content: CourseContent
    library: MediaLibrary
    markdown: MarkdownRenderer

    @property
    def media(self) -> list[MediaFile]:
        """The files the course uses."""
        return list(self.library.used.values())

    @property
    def lessons(self) -> list[LessonSource]:
        """Every lesson in order."""
        return [lesson for module in self.content.modules for lesson in module.lessons]

    def checksum(self) -> str:
        """The same for the same content, media included."""
        names = sorted(media.name for media in self.media)
        return hashlib.sha256(msgspec.json.encode([RENDERING, self.content, names])).hexdigest()
