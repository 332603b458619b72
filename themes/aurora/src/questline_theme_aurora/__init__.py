"""The Aurora theme: design tokens, logo and fonts, read by the host at start."""

from pathlib import Path

from questline_sdk.themes import Theme

__all__ = ["THEME"]

THEME = Theme(id="aurora", title="Aurora", version="0.1.0", path=Path(__file__).parent)
