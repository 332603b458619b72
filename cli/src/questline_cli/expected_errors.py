"""Errors that a command may end with, as one line; imported when there is one."""

import asyncpg
from redis.exceptions import RedisError
from sqlalchemy.exc import DBAPIError

from questline_core.db.migrate import MigrationError
from questline_core.generations.build import BuildError
from questline_core.generations.errors import OperationError
from questline_core.generations.overlay import OverlayError
from questline_core.generations.wheels import WheelError
from questline_core.services import ServiceError
from questline_core.settings import SettingsError
from questline_sdk import QuestlineError

SAY_IT_THEMSELVES = (SettingsError, ServiceError, MigrationError, BuildError, OverlayError, OperationError, WheelError)


def line_of(error: Exception) -> str | None:
    """The line that tells of an error; None for one that nobody expects."""
    if isinstance(error, QuestlineError):
        return "; ".join(f"{each.field}: {each.message}" for each in error.errors) or error.detail
    if isinstance(error, SAY_IT_THEMSELVES):
        return str(error)
    if isinstance(error, DBAPIError):
        return f"the database refused: {str(error.orig).splitlines()[0]}"
    if isinstance(error, asyncpg.PostgresError | RedisError | OSError):
        return str(error).splitlines()[0] if str(error) else type(error).__name__
    return None
