"""How a change tells whoever asked for it what it does."""

from typing import Protocol

STEPS = {
    "resolve": "Resolving",
    "plan": "Planning",
    "build": "Building",
    "preflight": "Trying it out",
    "migrate": "Migrating",
    "health": "Starting it on the database",
    "switch": "Switching",
    "nodes": "Waiting for the nodes",
    "contract": "Migrating down",
    "undo": "Undoing",
}
"""The steps of a change in order, as the journal names them, with words for people."""


class Progress(Protocol):
    """Hears of each step."""

    def begin(self, step: str) -> None:
        """A step begins, and ends the one before."""

    def detail(self, text: str) -> None:
        """What the step under way found or is at."""

    def note(self, text: str) -> None:
        """Something to know besides."""


class Silent:
    """Tells nobody."""

    def begin(self, step: str) -> None:
        """Say nothing."""

    def detail(self, text: str) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""
