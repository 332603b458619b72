"""Markdown to sanitised HTML: CommonMark with tables and strikethrough, code in Pygments' classes."""

import posixpath
import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

from questline_core.content.importer.media import CONTENT_TYPES, IMAGES, MediaLibrary
from questline_core.content.queries import MEDIA_PREFIX
from questline_core.text import slugify

Report = Callable[[int, str], None]

_CODE_CLASSES = {name for name in STANDARD_TYPES.values() if name}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "loading", "width", "height"},
    "pre": {"tabindex"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "abbr": {"title"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_TEXT_TAGS = "a abbr b br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup u var"
_BLOCK_TAGS = "blockquote dd details div dl dt h2 h3 h4 h5 h6 hr li ol p pre summary ul"
_TABLE_TAGS = "caption table tbody td tfoot th thead tr"
_TAGS = frozenset(f"{_TEXT_TAGS} {_BLOCK_TAGS} {_TABLE_TAGS}".split())

_HTML_TAGS = _TAGS - {"img"}
_TAG_NAME = re.compile(r"<([a-z][a-z0-9]*)")


def _keep(tag: str, attribute: str, value: str) -> str | None:
    if (tag, attribute) == ("img", "src") and not value.startswith(MEDIA_PREFIX):
        return None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_ATTRIBUTES,
    attribute_filter=_keep,
    allowed_classes={"div": {"highlight"}, "span": _CODE_CLASSES},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener",
)


class MarkdownRenderer:
    """Renders the Markdown of one course, whose media it can look up."""

    def __init__(self, media: MediaLibrary) -> None:
        self._media = media
        self._parser = MarkdownIt("commonmark", renderer_cls=_Renderer).enable(["table", "strikethrough"])

    def render(self, text: str, *, headings: dict[str, int] | None = None) -> str:
        """HTML that is safe to show; with `headings` (ids given so far) every heading gets an id."""
        tokens = self._parser.parse(text)
        for token in tokens:
            for each in (token, *(token.children or ())):
                self._rewrite(each)
        if headings is not None:
            _number_headings(tokens, headings)
        html = self._parser.renderer.render(tokens, self._parser.options, {})
        return str(_CLEANER.clean(html)).strip()

    def check(self, text: str, file: str, first_line: int, report: Report) -> None:
        """Report each image and link that would not work, with its line in the file."""
        for token, row in _inline(self._parser.parse(text)):
            line = first_line + row
            if token.type == "image":
                self._check_image(token, file, line, report)
            elif token.type == "link_open":
                self._check_link(unquote(str(token.attrs.get("href", ""))), file, line, report)
            elif token.type in {"html_block", "html_inline"}:
                for tag in sorted(set(_TAG_NAME.findall(token.content.lower())) - _HTML_TAGS):
                    report(line, f"the HTML tag <{tag}> is not kept; write Markdown instead")

    def _check_image(self, token: Token, file: str, line: int, report: Report) -> None:
        source = unquote(str(token.attrs.get("src", "")))
        if not token.content.strip():
            report(line, f"the image {source!r} has no alternative text; say what it shows in ![...]")
        if urlsplit(source).scheme or source.startswith("//"):
            report(line, f"the image {source!r} is on another site; put it into media/")
        else:
            self._media.use(source, IMAGES, file=file, line=line)

    def _check_link(self, target: str, file: str, line: int, report: Report) -> None:
        if target.startswith("media/"):
            self._media.use(target, tuple(CONTENT_TYPES), file=file, line=line)
        elif not urlsplit(target).scheme and not target.startswith(("#", "/")):
            report(line, f"the link {target!r} leads nowhere; use https://..., /..., #... or media/...")

    def _rewrite(self, token: Token) -> None:
        for name in ("src", "href"):
            value = unquote(str(token.attrs.get(name, "")))
            if posixpath.normpath(value).startswith("media/"):
                with suppress(LookupError):  # `check` has reported it
                    token.attrs[name] = self._media.url(value)
        if token.type == "image":
            token.attrs["loading"] = "lazy"
        if token.type in {"th_open", "td_open"} and "style" in token.attrs:
            # An attribute, because a strict content security policy forbids inline styles.
            token.attrs["align"] = str(token.attrs.pop("style")).removeprefix("text-align:")
        if token.type in {"heading_open", "heading_close"} and token.tag == "h1":
            token.tag = "h2"  # the page's only h1 is the lesson's title


def _inline(tokens: list[Token]) -> Iterator[tuple[Token, int]]:
    """Every inline token with its row: where its block begins, and one more for each line break before it."""
    for token in tokens:
        row = token.map[0] if token.map else 0
        if token.type == "html_block":
            yield token, row
        for child in token.children or ():
            yield child, row
            row += child.type in {"softbreak", "hardbreak"}


def _number_headings(tokens: list[Token], seen: dict[str, int]) -> None:
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            word = slugify(inline.content) or "section"
            seen[word] = seen.get(word, 0) + 1
            token.attrs["id"] = word if seen[word] == 1 else f"{word}-{seen[word]}"


class _Renderer(RendererHTML):
    """Fenced code goes through Pygments; scrollable code can be reached by keyboard."""

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]) -> str:
        """Highlight a fenced block."""
        token = tokens[idx]
        language = token.info.strip().split(maxsplit=1)[0] if token.info.strip() else ""
        try:
            lexer = get_lexer_by_name(language or "text", stripnl=False)
            code = highlight(token.content, lexer, HtmlFormatter(nowrap=True))
        except ClassNotFound:
            code = escapeHtml(token.content)
        return f'<div class="highlight"><pre tabindex="0"><code>{code}</code></pre></div>\n'

    def code_block(self, tokens: Sequence[Token], idx: int, options: Any, env: MutableMapping[str, Any]) -> str:
        """An indented block is code of no language."""
        return f'<div class="highlight"><pre tabindex="0"><code>{escapeHtml(tokens[idx].content)}</code></pre></div>\n'
