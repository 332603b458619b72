"""What is answered where a tenant uses as much of something as it may."""

import contextlib
import re
from collections.abc import Iterator
from typing import ClassVar

from sqlalchemy.exc import DBAPIError

from questline_sdk import QuestlineError

REACHED = "QL001"
"""The SQLSTATE of a limit that was reached."""
ADVICE = {
    "users": "Remove accounts that nobody needs, or ask whoever runs the installation for a higher limit.",
    "storage_bytes": "Remove files that nobody needs, or ask whoever runs the installation for more storage.",
    "ai_micros": "It starts anew next month; whoever runs the installation can raise it.",
}


class LimitReachedError(QuestlineError):
    """The tenant uses as much of something as it may."""

    status: ClassVar[int] = 409
    title: ClassVar[str] = "Limit reached"
    default_code: ClassVar[str] = "limit_reached"


def limit_error(error: BaseException) -> LimitReachedError | None:
    """The error to answer with where the database says that a limit was reached."""
    original = getattr(error, "orig", None) or error
    cause = getattr(original, "__cause__", None) or original
    if getattr(original, "sqlstate", None) != REACHED and getattr(cause, "sqlstate", None) != REACHED:
        return None
    found = re.search(r"the limit of (\d+) for ([a-z_]+)", str(original))
    most, name = (found[1], found[2]) if found else ("?", "users")
    shown = f"{int(most):,} bytes of storage" if name == "storage_bytes" else f"{most} {name.replace('_', ' ')}"
    return LimitReachedError(f"This site may have {shown}, and that is reached. {ADVICE.get(name, '')}".strip())


@contextlib.contextmanager
def explained() -> Iterator[None]:
    """Raise `LimitReachedError` in place of the database's error."""
    try:
        yield
    except DBAPIError as error:
        reached = limit_error(error)
        if reached is None:
            raise
        raise reached from error
