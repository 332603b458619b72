"""The one error of this package."""

from __future__ import annotations


class ServiceError(Exception):
    """An embedded service cannot run; the message is one line that says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))

    @property
    def message(self) -> str:
        """The line to show."""
        return str(self)
