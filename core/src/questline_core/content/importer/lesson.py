"""Reads one lesson: Markdown with front matter and directives, or a quiz in YAML."""

import posixpath
import re
from collections.abc import Mapping
from typing import Any

import msgspec

from questline_core.content.importer.authored import FrontMatter, QuizHead
from questline_core.content.importer.blocks import MARKDOWN_TYPES, BlockReader
from questline_core.content.importer.directives import split_directives
from questline_core.content.importer.folder import CourseFolder
from questline_core.content.importer.markdown import MarkdownRenderer
from questline_core.content.importer.media import MediaLibrary
from questline_core.content.importer.problems import Problems
from questline_core.content.importer.shapes import Shape
from questline_core.content.importer.source import LessonSource
from questline_core.content.importer.yaml_document import parse_yaml
from questline_core.text import slugify
from questline_sdk.blocks import BlockType

HEAD_KEYS = frozenset(field.name for field in msgspec.structs.fields(QuizHead))
KEPT_KEYS = frozenset({"title"})
"""Keys of the head that a block gets as well, where it has them too."""


class LessonReader:
    """Reads the lessons of one course."""

    def __init__(self, folder: CourseFolder, problems: Problems, block_types: Mapping[str, BlockType]) -> None:
        self._folder, self._problems, self._block_types = folder, problems, block_types
        self.media = MediaLibrary(folder, problems)
        self.markdown = MarkdownRenderer(self.media)

    def read(self, path: str) -> LessonSource | None:
        """Read a lesson; None, with problems reported, where its file or its head cannot be read."""
        text = self._folder.read_text(path)
        if text is None:
            return None
        if path.endswith(".md"):
            return self._read_markdown(path, text)
        if path.endswith((".yaml", ".yml")):
            return self._read_quiz(path, text)
        self._problems.add(path, 1, "a lesson must be Markdown (.md) or a quiz (.yaml)")
        return None

    def _read_markdown(self, path: str, text: str) -> LessonSource | None:
        rows = text.split("\n")
        end = next((row for row in range(1, len(rows)) if rows[row].rstrip() == "---"), 0)
        if rows[0].rstrip() != "---" or not end:
            self._problems.add(path, 1, "the lesson must begin with front matter: `---`, title and minutes, `---`")
            return None
        head = self._head(path, "\n".join(rows[1:end]))
        slug = (head.slug if head else None) or default_slug(path)
        segments = split_directives(
            rows[end + 1 :], path, self._problems, first_line=end + 2, markdown_types=MARKDOWN_TYPES
        )
        if not segments:
            self._problems.add(path, end + 1, "the lesson is empty")
        reader = self._blocks(path)
        blocks = [block for segment in segments if (block := reader.read(segment, slug))]
        if head is None:
            return None
        return LessonSource(
            slug=slug,
            title=head.title,
            kind="lesson",
            minutes=head.minutes,
            objectives=head.objectives,
            blocks=blocks,
        )

    def _head(self, path: str, text: str) -> FrontMatter | None:
        document = parse_yaml(text, path, self._problems, first_line=2)
        return Shape(document, self._problems).convert(FrontMatter) if document else None

    def _read_quiz(self, path: str, text: str) -> LessonSource | None:
        document = parse_yaml(text, path, self._problems)
        if document is None:
            return None
        shape = Shape(document, self._problems)
        if not isinstance(document.value, dict):
            shape.convert(QuizHead)
            return None
        own = {key: value for key, value in document.value.items() if key in HEAD_KEYS}
        head = shape.convert(QuizHead, own)
        name = str(own.get("block", ""))
        slug = (head.slug if head else None) or default_slug(path)
        reader = self._blocks(path)
        intro = str(own.get("intro") or "")
        blocks = [reader.text(intro, slug, line=document.text_line(("intro",)))] if intro.strip() else []
        if name:
            value = self._block_value(name, document.value)
            blocks.append(reader.authored(name, document, value, slug, line=document.line(("block",))))
        if head is None:
            return None
        return LessonSource(
            slug=slug,
            title=head.title,
            kind="quiz",
            minutes=head.minutes,
            objectives=head.objectives,
            blocks=[block for block in blocks if block],
        )

    def _block_value(self, name: str, value: dict[str, Any]) -> dict[str, Any]:
        kind = self._block_types.get(name)
        fields = {field.encode_name for field in msgspec.structs.fields(kind.authored)} if kind else set()
        return {key: each for key, each in value.items() if key not in HEAD_KEYS or key in KEPT_KEYS & fields}

    def _blocks(self, path: str) -> BlockReader:
        return BlockReader(path, self._problems, self.media, self.markdown, self._block_types)


def default_slug(path: str) -> str:
    """`01-listen-first.md` is `listen-first`; a quiz carries its module's name, since each module may have one."""
    folder, name = posixpath.split(path)
    stem = re.sub(r"^\d+[-_. ]*", "", posixpath.splitext(name)[0]) or posixpath.splitext(name)[0]
    words = stem if path.endswith(".md") else f"{posixpath.basename(folder)}-{stem}"
    return slugify(words) or "lesson"
