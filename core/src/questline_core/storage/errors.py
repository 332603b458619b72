"""What goes wrong with storage apart from a missing blob."""

from typing import ClassVar

from questline_sdk import NotFound, QuestlineError


class StorageError(QuestlineError):
    """The store does not answer, is full or refuses us; nothing was changed."""

    status: ClassVar[int] = 503
    title: ClassVar[str] = "Storage unavailable"
    default_code: ClassVar[str] = "storage_unavailable"


def no_blob(key: str) -> NotFound:
    """The error for a key under which nothing is stored."""
    return NotFound(f"There is no blob {key!r}.", code="blob_not_found")
