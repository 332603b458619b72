"""The codes of seats: random, and known to the database as a hash only."""

import hashlib
import re
import secrets

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are taken for one another."""
GROUPS, EACH = 4, 4


def new_code() -> str:
    """A code that people can type: 80 random bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(EACH)) for _ in range(GROUPS))


def new_token() -> str:
    """A code that is only ever in a link: 256 random bits."""
    return secrets.token_urlsafe(32)


def digest(code: str) -> bytes:
    """What the database knows of a code; how it is typed makes no difference."""
    typed = re.sub(r"[\s-]", "", code.strip()).upper()
    short = len(typed) == GROUPS * EACH
    return hashlib.sha256((typed if short else code.strip()).encode()).digest()
