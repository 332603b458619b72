"""The rows of generations and wheels, and the switch from one generation to another."""

from collections.abc import Iterable
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg
import msgspec

from questline_core.generations.journal import Head
from questline_core.generations.models import BASE
from questline_core.generations.schemas import GenerationManifest, LockedWheel
from questline_core.generations.wanted import PAYLOAD
from questline_core.generations.wheels import WheelFile
from questline_core.plugins.enablement import CHANNEL

KEPT = 5
"""How many generations that ran before stay, to go back to."""
Connection: TypeAlias = "asyncpg.Connection[Any]"


async def wanted(connection: Connection) -> int:
    """The number of the generation that the site wants."""
    return int(await connection.fetchval("SELECT generation FROM core.wanted") or BASE)


async def manifest_of(connection: Connection, number: int) -> GenerationManifest | None:
    """What a generation consists of; None where there is none of this number."""
    if number == BASE:
        return GenerationManifest(number=BASE)
    row = await connection.fetchrow("SELECT plan, hidden FROM core.generation WHERE number = $1", number)
    return None if row is None else msgspec.convert({"number": number, **dict(row)}, GenerationManifest)


async def wheels_of(connection: Connection, manifest: GenerationManifest) -> list[WheelFile]:
    """A generation's wheels with their content."""
    hashes = [each.sha256 for each in manifest.plan]
    rows = await connection.fetch("SELECT filename, content FROM core.wheel WHERE sha256 = ANY($1)", hashes)
    return [WheelFile(row["filename"], row["content"]) for row in rows]


async def parent_of(connection: Connection, number: int) -> int | None:
    """The generation that ran before; None for the base."""
    found = await connection.fetchval("SELECT parent FROM core.generation WHERE number = $1", number)
    return None if found is None else int(found)


async def add(
    connection: Connection, parent: int, plan: Iterable[LockedWheel], hidden: Iterable[str], wheels: Iterable[WheelFile]
) -> GenerationManifest:
    """Store a new generation with its wheels."""
    async with connection.transaction():
        for wheel in wheels:
            await connection.execute(
                "INSERT INTO core.wheel (sha256, filename, content) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                *(wheel.sha256, wheel.filename, wheel.content),
            )
        number = await connection.fetchval(
            "INSERT INTO core.generation (parent, plan, hidden, state) VALUES ($1, $2, $3, 'building')"
            " RETURNING number",
            *(parent, list(plan), list(hidden)),
        )
    return GenerationManifest(number=number, plan=tuple(plan), hidden=tuple(hidden))


async def mark_ready(connection: Connection, number: int, heads: dict[str, str]) -> None:
    """Say that a generation has passed every check, and which revisions its plugins need."""
    await connection.execute("UPDATE core.generation SET state = 'ready', heads = $2 WHERE number = $1", number, heads)


async def switch(connection: Connection, operation: UUID, number: int, step: str, state_before: str) -> None:
    """Want another generation, and tell every node, in one transaction with the journal."""
    async with connection.transaction():
        await connection.execute("UPDATE core.generation SET state = $1 WHERE state = 'wanted'", state_before)
        await connection.execute("UPDATE core.generation SET state = 'wanted' WHERE number = $1", number)
        await connection.execute("UPDATE core.wanted SET generation = $1, changed_at = now()", number)
        await connection.execute("UPDATE core.plugin_operation SET step = $2 WHERE id = $1", operation, step)
        await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, PAYLOAD)


async def drop(connection: Connection, number: int) -> None:
    """Forget a generation, and the wheels that no other one needs."""
    async with connection.transaction():
        await connection.execute("DELETE FROM core.generation WHERE number = $1", number)
        await connection.execute(
            "DELETE FROM core.wheel w WHERE NOT EXISTS ("
            " SELECT FROM core.generation g, jsonb_array_elements(g.plan) p WHERE p ->> 'sha256' = w.sha256)"
        )


async def numbers(connection: Connection) -> set[int]:
    """Every generation there is."""
    return {row["number"] for row in await connection.fetch("SELECT number FROM core.generation")}


async def superfluous(connection: Connection) -> list[int]:
    """The generations that are too old to go back to."""
    rows = await connection.fetch(
        "SELECT number FROM core.generation WHERE state = 'retired' ORDER BY number DESC OFFSET $1", KEPT
    )
    return [row["number"] for row in rows]


async def heads(connection: Connection, plugin_ids: Iterable[str]) -> dict[str, Head]:
    """The state of plugins' schemas."""
    found = {}
    for plugin_id in plugin_ids:
        table = f'"{plugin_id}".alembic_version'
        schema = await connection.fetchval("SELECT to_regnamespace($1) IS NOT NULL", f'"{plugin_id}"')
        versioned = schema and await connection.fetchval("SELECT to_regclass($1) IS NOT NULL", table)
        revision = await connection.fetchval(f"SELECT version_num FROM {table}") if versioned else None  # noqa: S608
        found[plugin_id] = Head(schema=schema, revision=revision)
    return found
