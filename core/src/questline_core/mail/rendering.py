"""The templates of mails; imported with the first mail, since Jinja takes a tenth of a second of a server's start."""

from collections.abc import Mapping
from typing import Any

import jinja2

_pages = jinja2.Environment(
    loader=jinja2.PackageLoader("questline_core.mail"),
    autoescape=jinja2.select_autoescape(["html"]),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    keep_trailing_newline=True,
)
_lines = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701  of plain text


def page(name: str, values: Mapping[str, Any]) -> str:
    """Fill in a whole page."""
    return _pages.get_template(name).render(values)


def line(text: str, values: Mapping[str, Any]) -> str:
    """Fill in a single line, which a page then escapes."""
    return _lines.from_string(text).render(values)
