"""Markdown becomes safe HTML with highlighted code, heading ids and media addresses."""

import pytest

from questline_core.content.importer.folder import CourseFolder
from questline_core.content.importer.markdown import MarkdownRenderer
from questline_core.content.importer.media import IMAGES, MediaLibrary
from questline_core.content.importer.problems import Problems
from questline_core.text import slugify


@pytest.fixture
def media(write_course):
    problems = Problems()
    library = MediaLibrary(CourseFolder(write_course(), problems), problems)
    library.use("media/cup.svg", IMAGES, file="x.md", line=1)
    return library


@pytest.fixture
def render(media):
    return MarkdownRenderer(media).render


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        '<a href="javascript:alert(1)">a</a>',
        "<iframe src='https://example.org'></iframe>",
        "<svg onload=alert(1)></svg>",
        "<p style='position:fixed'>x</p>",
        "<form action='/'><input></form>",
        "![a](data:text/html,x)",
    ],
)
def test_nothing_in_markdown_can_run_or_load(render, text):
    html = render(text)
    for forbidden in (
        "<script",
        "onerror",
        "onload",
        'href="javascript',
        "<iframe",
        "<svg",
        "style=",
        "<form",
        "<img src",
    ):
        assert forbidden not in html


def test_code_is_highlighted_by_classes_and_can_be_scrolled_by_keyboard(render):
    html = render("```python\nx = 1\n```\n")
    assert html.startswith('<div class="highlight"><pre tabindex="0"><code><span class="n">x</span>')
    assert "style" not in html
    assert "<code>a &lt; b\n</code>" in render("```nosuchlanguage\na < b\n```\n")
    assert "<code>  indented\n</code>" in render("```\n  indented\n```\n")


def test_headings_get_ids_and_leave_the_first_rank_to_the_lesson(render):
    seen = {}
    assert (
        render("# Über *uns*\n\n## Steps", headings=seen)
        == '<h2 id="uber-uns">Über <em>uns</em></h2>\n<h2 id="steps">Steps</h2>'
    )
    assert render("## Steps", headings=seen) == '<h2 id="steps-2">Steps</h2>'
    assert render("## Steps") == "<h2>Steps</h2>"


def test_media_become_addresses(render, media):
    url = media.url("media/cup.svg")
    assert url.startswith("/api/v1/media/")
    assert render("![A cup](media/cup.svg)") == f'<p><img src="{url}" alt="A cup" loading="lazy"></p>'
    assert render("[cup](media/cup.svg)") == f'<p><a href="{url}" rel="noopener">cup</a></p>'
    with pytest.raises(LookupError):
        media.url("media/other.svg")


def test_tables_align_without_inline_styles(render):
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert '<th align="right">b</th>' in html
    assert '<td align="right">2</td>' in html


def test_links_to_other_sites_do_not_hand_over_the_window(render):
    assert render("[a](https://example.org)") == '<p><a href="https://example.org" rel="noopener">a</a></p>'


@pytest.mark.parametrize(
    ("text", "slug"), [("Über uns!", "uber-uns"), ("A  --  b", "a-b"), ("日本", ""), ("x" * 99, "x" * 80)]
)
def test_slugs_are_plain_words(text, slug):
    assert slugify(text) == slug
