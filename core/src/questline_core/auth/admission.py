"""Admission: of the people who log in at the same moment, a few are served at a time and the others wait in line.

Each costs a dozen statements besides the password's hash. Were all of them under way at once, everybody's pages would
wait for every step of theirs.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from questline_core.auth.passwords import MOST_WAITING, THREADS
from questline_sdk import TooManyRequests

AT_ONCE = THREADS
"""As many as can be hashed at once."""


class Admission:
    """The line of one process."""

    def __init__(self, *, at_once: int = AT_ONCE, most_waiting: int = MOST_WAITING) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._most = at_once + most_waiting
        self._here = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn; raises `TooManyRequests` where the line is too long already."""
        if self._here >= self._most:
            raise TooManyRequests("Too many people are signing in; try again in a moment.", code="busy", retry_after=2)
        self._here += 1
        try:
            async with self._places:
                yield
        finally:
            self._here -= 1
