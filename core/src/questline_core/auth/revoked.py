"""Sessions that have been revoked, for as long as access tokens of them may still be about."""

import time
from uuid import UUID


class RevokedSessions:
    """The sessions whose access tokens this process refuses."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        self._until: dict[UUID, float] = {}

    def add(self, session_id: UUID) -> None:
        """Refuse a session's tokens until the last of them has expired."""
        now = time.monotonic()
        for known, until in list(self._until.items()):  # oldest first
            if until > now:
                break
            del self._until[known]
        self._until[session_id] = now + self._seconds

    def __contains__(self, session_id: UUID) -> bool:
        """Say whether a session's tokens are refused."""
        return session_id in self._until
