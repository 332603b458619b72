"""Refuses SVG that could do more than draw."""

import re
from xml.parsers import expat

from questline_core.content.importer.problems import Problems

SHAPES = "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc metadata"
PAINT = "linearGradient radialGradient stop pattern clipPath mask marker image style switch view"
FILTERS = (
    "filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap "
    "feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode "
    "feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence"
)
MOTION = "animate animateMotion animateTransform mpath"
ALLOWED = frozenset(f"{SHAPES} {PAINT} {FILTERS} {MOTION}".split())
HREFS = ("href", "http://www.w3.org/1999/xlink href")
SVG = "http://www.w3.org/2000/svg"
_REMOTE_CSS = re.compile(r"@import|url\(\s*['\"]?\s*(?!#|data:image/|['\"]?\s*#)", re.IGNORECASE)
_INLINE_IMAGE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,", re.IGNORECASE)


class _RefusedError(Exception):
    pass


def check_svg(data: bytes, path: str, problems: Problems) -> None:
    """Report an SVG that is not well formed or has scripts, foreign content or addresses of other sites."""
    parser = expat.ParserCreate(namespace_separator=" ")
    reader = _Reader()
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.StartElementHandler = reader.element
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.ProcessingInstructionHandler = reader.instruction
    try:
        parser.Parse(data, True)
    except _RefusedError as refused:
        problems.add(path, parser.CurrentLineNumber, f"{refused}; only drawings without it are accepted")
    except expat.ExpatError as error:
        problems.add(path, error.lineno, f"this is not well-formed SVG: {expat.errors.messages[error.code]}")


class _Reader:
    def __init__(self) -> None:
        self._root = True
        self._styles: list[str] | None = None

    def doctype(self, *_: object) -> None:
        raise _RefusedError("the SVG has a document type")

    def instruction(self, target: str, _: str) -> None:
        raise _RefusedError(f"the SVG has a processing instruction <?{target}?>")

    def element(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, word = name.rpartition(" ")
        if self._root and (namespace, word) != (SVG, "svg"):
            raise _RefusedError(f"the root is <{word}>, not an <svg> of the namespace {SVG}")
        self._root = False
        if namespace == SVG and word not in ALLOWED:
            raise _RefusedError(f"the SVG has a <{word}> element")
        if namespace != SVG and "w3.org" in namespace and "1999/02/22" not in namespace:
            raise _RefusedError(f"the SVG has a <{word}> element of {namespace}")
        for attribute, value in attributes.items():
            self._attribute(attribute, value)
        if word == "style":
            self._styles = []

    def end(self, name: str) -> None:
        if self._styles is not None and name.endswith(" style"):
            if _REMOTE_CSS.search("".join(self._styles)):
                raise _RefusedError("a style of the SVG loads something from elsewhere")
            self._styles = None

    def text(self, text: str) -> None:
        if self._styles is not None:
            self._styles.append(text)

    def _attribute(self, name: str, value: str) -> None:
        word = name.rpartition(" ")[2].lower()
        plain = re.sub(r"[\s\x00-\x20]", "", value).lower()
        if word.startswith("on"):
            raise _RefusedError(f"the SVG has an event handler {word!r}")
        if "script:" in plain or (word == "attributename" and (plain.endswith("href") or plain.startswith("on"))):
            raise _RefusedError(f"the SVG has a script in {word!r}")
        if name in HREFS and not (plain.startswith("#") or _INLINE_IMAGE.match(plain)):
            raise _RefusedError(f"the SVG refers to {value[:60]!r}")
        if word != "d" and _REMOTE_CSS.search(value):
            raise _RefusedError(f"the SVG loads something from elsewhere in {word!r}")
