"""Turns directives into blocks: core's own types rendered, plugins' types checked by their Structs."""

import posixpath
from collections.abc import Mapping
from typing import Any, Literal, get_args

from questline_core.content.importer.directives import Segment
from questline_core.content.importer.markdown import MarkdownRenderer
from questline_core.content.importer.media import CONTENT_TYPES, IMAGES, VIDEOS, MediaLibrary
from questline_core.content.importer.problems import Problems, did_you_mean
from questline_core.content.importer.shapes import Shape, parse_path
from questline_core.content.importer.source import BlockSource
from questline_core.content.importer.yaml_document import Path, YamlDocument, parse_yaml
from questline_sdk.blocks import BlockType

Tone = Literal["note", "tip", "warning", "example", "key"]
TONES: tuple[str, ...] = get_args(Tone)
MARKDOWN_TYPES = frozenset({"callout", "figure", "video"})


class BlockReader:
    """Reads the blocks of one file."""

    def __init__(
        self,
        file: str,
        problems: Problems,
        media: MediaLibrary,
        markdown: MarkdownRenderer,
        block_types: Mapping[str, BlockType],
    ) -> None:
        self._file, self._problems, self._media, self._markdown = file, problems, media, markdown
        self._block_types = block_types
        self._headings: dict[str, int] = {}
        self._counts: dict[str, int] = {}

    def read(self, segment: Segment, slug: str) -> BlockSource | None:
        """Make a segment's block; None, with problems reported, where it cannot be one."""
        readers = {"": self._text, "callout": self._callout, "figure": self._figure, "video": self._video}
        name = segment.name or "text"
        reader = readers.get(segment.name)
        if reader is None:
            return self._plugin_block(segment, slug)
        data = reader(segment)
        return None if data is None else BlockSource(id=self._id(slug, name), type=name, data=data)

    def text(self, markdown: str, slug: str, *, line: int) -> BlockSource | None:
        """Make a text block of Markdown that stands outside a lesson file's body."""
        return self.read(Segment(line=line, body_line=line, rows=markdown.split("\n")), slug)

    def authored(
        self, name: str, document: YamlDocument, value: dict[str, Any], slug: str, *, line: int
    ) -> BlockSource | None:
        """Make a plugin's block of YAML."""
        kind = self._block_types.get(name)
        if kind is None:
            known = {*self._block_types, *MARKDOWN_TYPES}
            self._problems.add(self._file, line, f"unknown block type {name!r}{did_you_mean(name, known)}")
            return None
        block_id = self._id(slug, name)
        shape = Shape(document, self._problems)
        struct = shape.convert(kind.authored, value)
        self._check_texts(document, value, ())
        if struct is None:
            return None
        for error in kind.check(struct):
            shape.report(parse_path(error.field), f"{error.field}: {error.message}")
        return BlockSource(id=block_id, type=name, data=struct, authored=True)

    def _plugin_block(self, segment: Segment, slug: str) -> BlockSource | None:
        if segment.argument or segment.label:
            self._report(segment, f"`:::{segment.name}` takes nothing on its first line; write YAML below it")
        if segment.name not in self._block_types:
            known = {*self._block_types, *MARKDOWN_TYPES}
            self._report(segment, f"unknown block type {segment.name!r}{did_you_mean(segment.name, known)}")
            return None
        document = parse_yaml(segment.body, self._file, self._problems, first_line=segment.body_line)
        if document is None:
            return None
        if document.value is None:
            self._report(segment, f"`:::{segment.name}` is empty")
            return None
        return self.authored(segment.name, document, document.value, slug, line=segment.line)

    def _check_texts(self, document: YamlDocument, value: Any, path: Path) -> None:
        """Look for media and links in every text: only the plugin knows which are Markdown, but these say it."""
        if isinstance(value, dict):
            for key, each in value.items():
                self._check_texts(document, each, (*path, key))
        elif isinstance(value, list):
            for index, each in enumerate(value):
                self._check_texts(document, each, (*path, index))
        elif isinstance(value, str):
            line = document.text_line(path)
            if value.startswith("media/") and " " not in value:
                self._media.use(value, tuple(CONTENT_TYPES), file=self._file, line=line)
            else:
                self._check_markdown(value, line)

    def _text(self, segment: Segment) -> dict[str, Any]:
        self._check_markdown(segment.body, segment.body_line)
        return {"html": self._markdown.render(segment.body, headings=self._headings)}

    def _callout(self, segment: Segment) -> dict[str, Any]:
        if segment.argument not in TONES:
            self._report(segment, f"unknown tone {segment.argument!r}{did_you_mean(segment.argument, TONES)}")
        if not segment.body.strip():
            self._report(segment, "this callout is empty")
        return {"tone": segment.argument, "title": segment.label or None, "html": self._body(segment)}

    def _figure(self, segment: Segment) -> dict[str, Any] | None:
        if not segment.label:
            self._report(segment, "this figure has no alternative text; write `:::figure media/x.svg | What it shows`")
        image = self._media.use(segment.argument, IMAGES, file=self._file, line=segment.line)
        caption = self._body(segment)
        if image is None:
            return None
        return {"src": self._media.url(segment.argument), "alt": segment.label, "caption_html": caption}

    def _video(self, segment: Segment) -> dict[str, Any] | None:
        if not segment.label:
            self._report(segment, "this video has no title; write `:::video media/x.webm | Title`")
        video = self._media.use(segment.argument, VIDEOS, file=self._file, line=segment.line)
        transcript = self._body(segment)
        captions = self._beside(segment, (".vtt",))
        if captions is None and video is not None:
            text = "has no captions beside it" if transcript else "has neither captions beside it nor a transcript"
            report = self._problems.warn if transcript else self._problems.add
            report(self._file, segment.line, f"the video {segment.argument!r} {text}")
        poster = self._beside(segment, IMAGES)
        if video is None:
            return None
        return {
            "src": self._media.url(segment.argument),
            "title": segment.label,
            "captions": captions,
            "poster": poster,
            "transcript_html": transcript,
        }

    def _beside(self, segment: Segment, suffixes: tuple[str, ...]) -> str | None:
        """The address of the file of the same name with one of these endings, if there is one."""
        stem = posixpath.splitext(segment.argument)[0]
        for suffix in suffixes:
            if self._media.exists(stem + suffix):
                found = self._media.use(stem + suffix, suffixes, file=self._file, line=segment.line)
                return self._media.url(stem + suffix) if found else None
        return None

    def _body(self, segment: Segment) -> str:
        self._check_markdown(segment.body, segment.body_line)
        return self._markdown.render(segment.body)

    def _check_markdown(self, text: str, line: int) -> None:
        def report(at: int, message: str) -> None:
            self._problems.add(self._file, at, message)

        self._markdown.check(text, self._file, line, report)

    def _id(self, slug: str, name: str) -> str:
        """Counted by type, so that a block keeps its id when blocks of other types come or go."""
        word = name.replace(".", "-").replace("_", "-")
        self._counts[word] = self._counts.get(word, 0) + 1
        return f"{slug}-{word}-{self._counts[word]}"

    def _report(self, segment: Segment, message: str) -> None:
        self._problems.add(self._file, segment.line, message)
