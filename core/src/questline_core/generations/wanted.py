"""Which generation the site wants; 0 where the database does not know of generations yet."""

import asyncpg

from questline_core.generations.models import BASE

PAYLOAD = "generation"
"""What the channel `questline_changed` says when the wanted generation has changed."""


async def wanted_generation(database_url: str) -> int:
    """Read the wanted generation with a connection of its own."""
    connection = await asyncpg.connect(database_url)
    try:
        return int(await connection.fetchval("SELECT generation FROM core.wanted") or BASE)
    except (asyncpg.UndefinedTableError, asyncpg.InvalidSchemaNameError):
        return BASE
    finally:
        await connection.close(timeout=2)
