"""SVG that does more than draw is refused."""

import pytest

from questline_core.content.importer.problems import Problems
from questline_core.content.importer.svg import check_svg

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def check(text):
    problems = Problems()
    check_svg(text.encode(), "media/x.svg", problems)
    return [str(problem) for problem in problems.listed()]


@pytest.mark.parametrize(
    "body",
    [
        '<path d="M0 0h9" fill="url(#sky)"/>',
        "<style>.a { fill: url(#sky) } /* plain */</style>",
        '<use href="#a"/><use xlink:href="#a"/>',
        '<image href="data:image/png;base64,iVBOR"/>',
        '<circle r="2"><animate attributeName="r" to="3" dur="1s"/></circle>',
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>',
        "<title>Cup &amp; pot</title>",
    ],
)
def test_a_drawing_is_accepted(body):
    assert check(f"{OPEN}{body}</svg>") == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<script>alert(1)</script>", "has a <script> element"),
        ('<rect onload="alert(1)"/>', "has an event handler 'onload'"),
        ("<foreignObject/>", "has a <foreignObject> element"),
        ('<a href="java script:alert(1)"/>', "has a <a> element"),
        ('<use href="https://example.org/x.svg#a"/>', "refers to 'https://example.org/x.svg#a'"),
        ('<use xlink:href="//example.org/x.svg#a"/>', "refers to '//example.org/x.svg#a'"),
        ('<image href="data:image/svg+xml;base64,PHN2Zz4="/>', "refers to 'data:image/svg+xml;base64,PHN2Zz4='"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', "has a <set> element"),
        ('<animate attributeName="xlink:href" values="#a"/>', "has a script in 'attributename'"),
        ('<animate attributeName="x" values="javascript:alert(1)"/>', "has a script in 'values'"),
        ("<style>@import 'https://example.org/x.css';</style>", "a style of the SVG loads something from elsewhere"),
        ("<style>.a{fill:url( 'https://example.org/x')}</style>", "a style of the SVG loads something from elsewhere"),
        ('<rect fill="url(https://example.org/x#a)"/>', "loads something from elsewhere in 'fill'"),
        ('<html xmlns="http://www.w3.org/1999/xhtml"/>', "has a <html> element of http://www.w3.org/1999/xhtml"),
        ('<?xml-stylesheet href="x.css"?>', "has a processing instruction <?xml-stylesheet?>"),
    ],
)
def test_anything_else_is_refused_at_its_line(body, words):
    (problem,) = check(f"{OPEN}\n{body}</svg>")
    assert problem.startswith("media/x.svg:2: ") or "style" in words
    assert words in problem


def test_entities_are_refused_before_they_grow():
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + OPEN + "&b;</svg>"
    assert check(bomb) == ["media/x.svg:1: the SVG has a document type; only drawings without it are accepted"]


def test_another_root_or_broken_markup_is_refused():
    assert "the root is <html>" in check("<html/>")[0]
    assert "the root is <svg>" in check("<svg/>")[0]
    assert check(OPEN + "\n<path>") == ["media/x.svg:2: this is not well-formed SVG: no element found"]
