"""Passwords: Argon2id in a few threads beside the event loop, and what a new password must be."""

import asyncio
import base64
import os
import secrets
import sys
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.resources import files
from typing import TypeVar

import argon2

from questline_sdk import Invalid, TooManyRequests

T = TypeVar("T")

COMMON = frozenset((files("questline_core.auth") / "common_passwords.txt").read_text("utf-8").split())
"""The passwords guessed first, of those that the other rules would let pass."""

MIN_LENGTH = 10
MAX_LENGTH = 200
FEWEST_CHARACTERS = 5
SHORTEST_NAME = 4
JUDGED_CHARACTERS = 40
STRONG_ENOUGH = 3
"""Of zxcvbn's 0 to 4: more than 10^8 guesses, safe against whoever has to ask the server."""

# RFC 9106 and OWASP's Password Storage Cheat Sheet (19 MiB, two passes, one lane as the least), with one pass more:
# about 30 ms of one core. The memory is what a process pays for each log-in at work, so it stays small.
HASHER = argon2.PasswordHasher(time_cost=3, memory_cost=19_456, parallelism=1)

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
LOW_PRIORITY = 4
"""Behind the event loop, yet not starved where a machine has other work, too."""
THREADS = max(1, CORES - 1)
"""One core is left for pages."""
MOST_WAITING = 128 * THREADS
"""About four seconds of work for every thread; who comes after that is asked to come back."""


def _nobodys_hash() -> str:
    parts = (base64.b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (16, 32))
    parameters = f"m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}"
    return f"$argon2id$v=19${parameters}$" + "$".join(parts)


NOBODY = _nobodys_hash()
"""A hash no password has: verified for unknown accounts, so that the time says nothing about who has one."""


def _let_others_go_first() -> None:
    """Lower this thread's priority, so that pages are answered while many sign in. On Linux a thread has its own."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), LOW_PRIORITY)


class _Workers:
    """A few threads (argon2 releases the GIL) and a bounded queue before them."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="argon2", initializer=_let_others_go_first)
        self._waiting = 0

    async def run(self, function: Callable[[], T]) -> T:
        if self._waiting >= MOST_WAITING:
            raise TooManyRequests("Too many people are signing in; try again in a moment.", code="busy", retry_after=2)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, function)
        finally:
            self._waiting -= 1


_workers = _Workers()


async def hash_password(password: str) -> str:
    """Hash a password for keeping; raises `TooManyRequests` when too many wait already."""
    return await _workers.run(lambda: HASHER.hash(_normal(password)))


async def verify_password(stored: str | None, password: str) -> bool:
    """Say whether a password has this hash; where there is none it takes as long and says no."""
    return await _workers.run(lambda: _verify(stored or NOBODY, _normal(password)))


def needs_rehash(stored: str) -> bool:
    """Say whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(stored)


def check_new_password(password: str, *, email: str, field: str = "password", also: tuple[str, ...] = ()) -> None:
    """Refuse a password that is too short, too long or easily guessed; raises `Invalid` for `field`.

    Args:
        password: The password.
        email: Its owner's address.
        field: The input's name.
        also: What else is known of the owner, and so guessed first.
    """
    known = _normal(password).casefold()
    name = email.partition("@")[0].casefold()
    if len(password) < MIN_LENGTH:
        raise Invalid.field(field, f"needs at least {MIN_LENGTH} characters")
    if len(password) > MAX_LENGTH:
        raise Invalid.field(field, f"may have at most {MAX_LENGTH} characters")
    if known in COMMON or len(set(known)) < FEWEST_CHARACTERS:
        raise Invalid.field(field, "is one of the passwords that are guessed first; choose another")
    if len(name) >= SHORTEST_NAME and name in known:
        raise Invalid.field(field, "contains the name in your e-mail address; choose another")
    advice = _weakness(password, [email, name, *also])
    if advice is not None:
        raise Invalid.field(field, advice)


def _weakness(password: str, known: list[str]) -> str | None:
    """What makes a password easy to guess, by zxcvbn's estimate (Wheeler, USENIX Security 2016); None if nothing.

    Only the beginning of a long one is judged: the time grows with the length, and more makes it no weaker.
    """
    from zxcvbn import zxcvbn

    judged = zxcvbn(password[:JUDGED_CHARACTERS], user_inputs=known)
    if judged["score"] >= STRONG_ENOUGH:
        return None
    feedback = judged["feedback"]
    hints = [feedback["warning"], *feedback["suggestions"]]
    return " ".join(["is too easy to guess.", *(f"{hint.rstrip('.')}." for hint in hints if hint)])


def _verify(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def _normal(password: str) -> str:
    # The same password typed on another keyboard may arrive composed differently (NIST SP 800-63B, 5.1.1.2).
    return unicodedata.normalize("NFKC", password)
