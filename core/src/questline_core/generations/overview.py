"""What a site looks like from outside: generations, nodes, and whether every plugin works and is migrated."""

import datetime as dt
from pathlib import Path

import msgspec

from questline_core.generations import judge, ledger
from questline_core.generations.build import ensure_built
from questline_core.generations.children import Children
from questline_core.generations.environment import SitePlugin, site_entries
from questline_core.generations.nodes import ALIVE_SECONDS
from questline_core.generations.operations import PREFLIGHT_SECONDS, owner_url
from questline_core.generations.requests import Answer, Inspect
from questline_core.settings import Settings


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at."""

    subject: str
    ok: bool
    detail: str


class GenerationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A generation that runs or may be returned to."""

    number: int
    state: str
    created_at: dt.datetime
    plugins: tuple[str, ...]
    hidden: tuple[str, ...]


async def generations(connection: ledger.Connection) -> list[GenerationRow]:
    """The generations that are kept, the newest first."""
    rows = await connection.fetch("SELECT * FROM core.generation ORDER BY number DESC")
    return [
        GenerationRow(
            number=row["number"],
            state=row["state"],
            created_at=row["created_at"],
            plugins=tuple(f"{each} {wheel['version']}" for wheel in row["plan"] for each in wheel["plugin_ids"]),
            hidden=tuple(row["hidden"]),
        )
        for row in rows
    ]


async def check(connection: ledger.Connection, settings: Settings, log: Path) -> list[Finding]:
    """Load every plugin in a process of its own, compare schemas with scripts, and look at the nodes."""
    number = await ledger.wanted(connection)
    await ensure_built(settings.home_path, owner_url(settings), number)
    manifest = await ledger.manifest_of(connection, number)
    entries = site_entries(settings.home_path, number, manifest.hidden if manifest else ())
    async with Children() as children:
        answer = await children.ask(settings, number, Inspect(), seconds=PREFLIGHT_SECONDS, log=log)
    findings = [Finding(subject="generation", ok=manifest is not None, detail=f"{number} is wanted and built here")]
    if answer.error:
        findings.append(Finding(subject="application", ok=False, detail=answer.error))
    findings += await _plugins(connection, answer, entries)
    findings += await _nodes(connection, number)
    return findings


async def _plugins(connection: ledger.Connection, answer: Answer, entries: dict[str, SitePlugin]) -> list[Finding]:
    heads = await ledger.heads(connection, [each.id for each in answer.plugins if each.id in entries])
    findings = []
    for state in answer.plugins:
        problem = judge.problem_of(state)
        revisions = entries[state.id].revisions if state.id in entries else ()
        head = heads[state.id].revision if state.id in heads else None
        if problem is None and revisions and (head is None or head in revisions[:-1]):
            problem = f"is at revision {head or 'nothing'}, its code needs {revisions[-1]}; run `questline migrate`"
        works = f"{state.version} works" + (f", schema at {head}" if head else "")
        findings.append(Finding(subject=state.id, ok=problem is None, detail=problem or works))
    return findings


async def _nodes(connection: ledger.Connection, number: int) -> list[Finding]:
    rows = await connection.fetch(
        "SELECT id, generation, state, reason FROM core.node WHERE seen_at > now() - $1 * interval '1 second'"
        " ORDER BY id",
        ALIVE_SECONDS,
    )
    return [
        Finding(
            subject=f"node {row['id']}",
            ok=row["generation"] == number and row["state"] == "running",
            detail=f"{row['state']}, generation {row['generation']}" + (f": {row['reason']}" if row["reason"] else ""),
        )
        for row in rows
    ]
