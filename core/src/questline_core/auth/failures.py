"""What the log has of people who could not prove who they are: the way and the account, never what they typed."""

from uuid import UUID

import structlog

log = structlog.get_logger()


def note_failure(way: str, user_id: UUID | None) -> None:
    """Write down a failed attempt, the account's id where there is one; the line has the address and the request."""
    log.warning("authentication failed", way=way, user_id=str(user_id) if user_id else None)
