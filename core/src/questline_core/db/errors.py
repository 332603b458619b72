"""What a database error means for whoever asked: try again later, change the input, or nothing but our own mistake."""

from typing import Literal

from asyncpg.exceptions import InternalClientError

Meaning = Literal["unavailable", "invalid", "conflict", "mistake"]

# https://www.postgresql.org/docs/18/errcodes-appendix.html
UNAVAILABLE = ("08", "40", "53", "57", "58", "55P03", "25006")
"""Connections, rolled back transactions, missing resources, shutdown, system errors, locks, a read-only server."""
INVALID = ("22",)
"""Values that no column can hold, such as a NUL character or a number out of range."""
READ_ONLY = "25006"
FOREIGN_KEY = "23503"
CONFLICT = (FOREIGN_KEY, "23505", "23P01")
"""A row that is gone by now, or there already."""


def meaning_of(error: BaseException) -> Meaning:
    """Say what an error of asyncpg or SQLAlchemy means."""
    for each in (error, getattr(error, "orig", None)):
        state = getattr(each, "sqlstate", None)
        if isinstance(state, str):
            return _meaning_of_state(state)
    # The driver is out of step with a server that was killed between two messages.
    lost = (
        getattr(error, "connection_invalidated", False)
        or isinstance(error, InternalClientError)
        or "clos" in str(error)
    )
    return "unavailable" if lost else "mistake"


def is_of_a_gone_user(error: BaseException) -> bool:
    """Say whether a row could not be stored because its user has been deleted."""
    orig = getattr(error, "orig", error)
    detail = str(getattr(orig, "detail", None) or "")
    return getattr(orig, "sqlstate", None) == FOREIGN_KEY and detail.endswith('is not present in table "user_account".')


def is_read_only(error: BaseException) -> bool:
    """Say whether a row could not be changed because its tenant is being moved to another database."""
    return getattr(getattr(error, "orig", error), "sqlstate", None) == READ_ONLY


def _meaning_of_state(state: str) -> Meaning:
    if state.startswith(UNAVAILABLE):
        return "unavailable"
    if state.startswith(INVALID):
        return "invalid"
    return "conflict" if state in CONFLICT else "mistake"
