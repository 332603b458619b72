"""Texts that come in a distribution: its changelog, and what a pack says to the admin, as HTML that is safe to show."""

import re
from pathlib import Path

from questline_core.content.importer.markdown import MarkdownRenderer
from questline_core.content.importer.media import MediaLibrary

CHANGELOG = "CHANGELOG.md"
LONGEST = 200_000
"""Characters of a text that are read."""


class _NoMedia(MediaLibrary):
    """A distribution's texts have no media of their own."""

    def __init__(self) -> None:
        """Nothing to look up."""

    def url(self, reference: str) -> str:
        """No reference leads anywhere."""
        raise LookupError(reference)


def changelog_html(package: Path | None) -> str | None:
    """The changelog of a distribution: in the package of a wheel, beside `pyproject.toml` in a checkout."""
    if package is None:
        return None
    checkout = package.parent.parent
    places = [package / CHANGELOG, *([checkout / CHANGELOG] if (checkout / "pyproject.toml").is_file() else ())]
    for path in places:
        if path.is_file():
            return render_document(path.read_text(encoding="utf-8", errors="replace"))
    return None


def render_document(text: str) -> str:
    """Markdown without its title as HTML whose headings begin at `h3`: the page has titles of its own."""
    body = re.sub(r"\A\s*# .*\n", "", text[:LONGEST])
    html = MarkdownRenderer(_NoMedia()).render(body)
    return re.sub(r"<(/?)h([2-5])\b", lambda match: f"<{match[1]}h{int(match[2]) + 1}", html)
