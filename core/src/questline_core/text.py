"""Words made of other words."""

import re
import unicodedata


def slugify(text: str) -> str:
    """Lower-case words joined by hyphens, without accents."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
