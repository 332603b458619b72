"""Texts as they are compared."""

import unicodedata


def normalised(text: str, *, case_sensitive: bool = False) -> str:
    """A text in Unicode's compatibility form, with single spaces, and without case unless that matters."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    return text if case_sensitive else unicodedata.normalize("NFKC", text.casefold())
