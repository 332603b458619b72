"""A disk that fills up under a running site: refused for a while, nothing lost, and well again once there is room."""

import contextlib
import secrets
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tests.integration.small_disk import small_disk_of

from questline_core.services.ports import free_port

CHUNK = 1_000_000
FILLER = text("INSERT INTO core.event (type, data) VALUES ('test.v1', jsonb_build_object('x', CAST(:x AS text)))")


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 330 MB."""
    with small_disk_of(330) as folder:
        yield folder


def fill(path: Path) -> None:
    """Write until nothing more fits."""
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(b"\0" * CHUNK):
            pass


async def insert(site: Any) -> bool:
    """Store a megabyte that cannot be compressed; False where it is refused."""
    try:
        async with site.host.context(site.tenant.id) as ctx:
            await ctx.session.execute(FILLER, {"x": secrets.token_hex(CHUNK // 2)})
    except (DBAPIError, OSError):
        return False
    return True


@pytest.mark.slow
async def test_a_full_disk_is_refused_with_503_and_forgotten_when_there_is_room(
    small_disk, child_type, children, eventually, is_ready, site_of
):
    port = free_port()
    home, address = small_disk / "home", f"http://127.0.0.1:{port}"
    child = child_type(small_disk, "up", QUESTLINE_HOME=str(home), QUESTLINE_PORT=str(port))
    children.append(child.start())
    await eventually(lambda: is_ready(address), what="the site is ready")
    site = await site_of(home)
    _, token = await site.token("admin")
    answers: Counter[int] = Counter()
    kept = ""
    async with httpx.AsyncClient(base_url=address, timeout=60, headers={"authorization": f"Bearer {token}"}) as client:

        async def rename(name: str) -> bool:
            nonlocal kept
            try:
                answer = await client.patch("/api/v1/me", json={"display_name": name})
            except httpx.TransportError:
                return False
            answers[answer.status_code] += 1
            assert answer.status_code in {200, 503}, answer.text
            assert answer.status_code == 200 or "retry-after" in answer.headers
            kept = name if answer.status_code == 200 else kept
            return answer.status_code == 200

        assert await rename("Before")
        fill(small_disk / "filler")
        refused = 0
        for number in range(200):
            refused += not await insert(site)
            await rename(f"Name {number}")
            await client_reads(client, answers)
            if refused >= 5:
                break
        assert refused, "the disk never was full"
        await need_more_log(site)
        for number in range(20):
            await rename(f"Name without log {number}")
            await client_reads(client, answers)
        (small_disk / "filler").unlink()

        async def writes() -> bool:
            return await insert(site)

        await eventually(writes, 180, what="PostgreSQL takes writes again")
        await eventually(lambda: is_ready(address), what="the site is ready again")
        named = (await client.get("/api/v1/me")).json()["display_name"]
        assert named == kept or named.startswith("Name"), "an acknowledged change is lost"
        await eventually(lambda: rename("After"), what="people can write again")
        assert (await client.get("/api/v1/me")).json()["display_name"] == "After"
    log = (home / "logs" / "postgres.log").read_text()
    assert "No space left on device" in log
    assert child.stop() == 0
    print(f"\nanswers: {dict(answers)}, {refused} refused")  # noqa: T201


async def need_more_log(site: Any) -> None:
    """Make PostgreSQL ask for new files of its log, for which there is no room: it stops at once (PANIC)."""
    for _ in range(8):
        try:
            connection = await asyncpg.connect(site.services.postgres.dsn("superuser"), timeout=5)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return
        try:
            await connection.execute("CHECKPOINT")
            await connection.execute("SELECT pg_switch_wal(), txid_current()")
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return
        finally:
            connection.terminate()


async def client_reads(client: httpx.AsyncClient, answers: Counter[int]) -> None:
    """Reads go on, or say 503."""
    try:
        answer = await client.get("/api/v1/catalogue")
    except httpx.TransportError:
        return
    answers[answer.status_code] += 1
    assert answer.status_code in {200, 503}, answer.text
