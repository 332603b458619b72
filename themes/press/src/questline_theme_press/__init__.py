"""The Press theme: design tokens, logo and fonts, read by the host at start."""

from pathlib import Path

from questline_sdk.themes import Theme

__all__ = ["THEME"]

THEME = Theme(id="press", title="Press", version="0.1.0", path=Path(__file__).parent)
