import asyncio
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from redis import Redis, RedisError

from questline_core.services import EmbeddedPostgres, EmbeddedServices, EmbeddedValkey, ServiceEvent, running_services
from questline_core.services.identity import started

Launch = Callable[[Any], Any]
Sql = Callable[..., Any]
Connect = Callable[[str], Redis]
Eventually = Callable[..., None]
FRESH = "DROP TABLE IF EXISTS fact"


def write_until_cut_off(url: str, redis: Redis, acknowledged: dict[str, int]) -> None:
    """Write numbers to both services one after the other and keep those that were acknowledged."""

    async def postgres() -> None:
        with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
            connection = await asyncpg.connect(url)
            while True:
                number = acknowledged["postgres"] + 1
                await connection.execute("INSERT INTO fact VALUES ($1)", number)
                acknowledged["postgres"] = number

    def valkey() -> None:
        with contextlib.suppress(RedisError, OSError):
            while True:
                acknowledged["valkey"] = int(redis.incr("facts"))

    threads = [threading.Thread(target=valkey), threading.Thread(target=lambda: asyncio.run(postgres()))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("attempt", range(3))
def test_killing_everything_under_load_loses_no_acknowledged_write(
    used_home: Path, supervise: Callable[[Path], Any], sql: Sql, redis: Connect, eventually: Eventually, attempt: int
) -> None:
    supervisor = supervise(used_home)
    sql(supervisor.report["database"], FRESH, "CREATE TABLE fact (number int)", "SELECT 1")
    acknowledged = {"postgres": 0, "valkey": 0}
    writer = threading.Thread(
        target=write_until_cut_off,
        args=(supervisor.report["database"], redis(supervisor.report["redis"]), acknowledged),
    )
    writer.start()
    wanted = random.Random(attempt).randint(5, 200)
    eventually(lambda: min(acknowledged.values()) > wanted)
    supervisor.kill("postgres", "valkey")
    writer.join()
    with EmbeddedServices(used_home) as services:
        count, highest = sql(services.owner_database_url, "SELECT ARRAY[count(*), max(number)] FROM fact")
        assert count == highest
        assert highest in (acknowledged["postgres"], acknowledged["postgres"] + 1)
        assert int(redis(services.redis_url).get("facts") or 0) >= acknowledged["valkey"]


def test_a_killed_service_is_started_again_on_its_port_and_somebody_is_told(
    used_home: Path, sql: Sql, redis: Connect, eventually: Eventually
) -> None:
    events: list[ServiceEvent] = []
    with EmbeddedServices(used_home, on_event=events.append) as services:
        sql(services.owner_database_url, FRESH, "CREATE TABLE fact AS SELECT 7 AS number", "SELECT 1")
        redis(services.redis_url).set("fact", 7)
        for service in services.services:
            before = service.port
            os.kill(service.pid or 0, signal.SIGKILL)
            eventually(lambda title=service.title: kinds(events, title) == ["started", "ended", "restarted"])
            assert service.port == before
        assert sql(services.owner_database_url, "SELECT number FROM fact") == 7
        assert redis(services.redis_url).get("fact") == b"7"
    assert all(event.message.count("\n") == 0 for event in events)


def kinds(events: list[ServiceEvent], title: str) -> list[str]:
    return [event.kind for event in events if event.service == title]


def test_services_whose_supervisor_was_killed_are_adopted(
    used_home: Path, supervise: Callable[[Path], Any], sql: Sql, redis: Connect
) -> None:
    supervisor = supervise(used_home)
    supervisor.kill()
    with EmbeddedServices(used_home) as services:
        assert {service.folder: service.pid for service in services.services} == supervisor.report["pids"]
        assert all(service.adopted for service in services.services)
        assert sql(services.database_url, "SELECT 1") == 1
        assert redis(services.redis_url).ping()
    assert all(started(pid) is None for pid in supervisor.report["pids"].values())


def test_adopted_services_are_watched_too(
    used_home: Path, supervise: Callable[[Path], Any], sql: Sql, eventually: Eventually
) -> None:
    supervisor = supervise(used_home)
    supervisor.kill()
    events: list[ServiceEvent] = []
    with EmbeddedServices(used_home, on_event=events.append) as services:
        os.kill(supervisor.report["pids"]["postgres"], signal.SIGKILL)
        eventually(lambda: kinds(events, "PostgreSQL") == ["adopted", "ended", "restarted"])
        assert sql(services.database_url, "SELECT 1") == 1


def test_a_stale_pid_file_that_names_a_foreign_process_harms_nobody(
    used_home: Path, stranger: subprocess.Popen[bytes], sql: Sql
) -> None:
    run = used_home / "run"
    run.mkdir(parents=True, exist_ok=True)
    for service in ("postgres", "valkey"):
        (run / f"{service}.json").write_text(json.dumps({"pid": stranger.pid, "started": "boot/1", "fingerprint": ""}))
    with EmbeddedServices(used_home) as services:
        assert sql(services.database_url, "SELECT 1") == 1
        assert stranger.pid not in {service.pid for service in services.services}
    assert stranger.poll() is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": "x"}', '{"pid": -1, "started": 3}', '{"pid": null}'])
def test_a_damaged_pid_file_is_as_good_as_none(launch: Launch, home: Path, content: str) -> None:
    (home / "run").mkdir(parents=True)
    (home / "run" / "valkey.json").write_text(content)
    server = launch(EmbeddedValkey(home))
    assert server.running


def test_a_postmaster_file_that_names_a_foreign_process_harms_nobody(
    launch: Launch, used_home: Path, stranger: subprocess.Popen[bytes], sql: Sql
) -> None:
    server = launch(EmbeddedPostgres(used_home))
    os.kill(server.pid or 0, signal.SIGKILL)
    assert server.wait(5)
    file = server.data / "postmaster.pid"
    lines = file.read_text().splitlines()
    file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
    again = launch(EmbeddedPostgres(used_home))
    assert sql(again.app_dsn, "SELECT 1") == 1
    again.stop()
    assert stranger.poll() is None


def test_a_server_started_without_a_record_is_not_started_twice(
    launch: Launch, used_home: Path, redis: Connect, sql: Sql
) -> None:
    # The supervisor died between starting its children and writing down who they are.
    valkey, postgres = EmbeddedValkey(used_home), EmbeddedPostgres(used_home)
    for server in (valkey, postgres):
        launch(server)
        (used_home / "run" / f"{server.folder}.json").write_text('{"pid": null}')
    redis(valkey.redis_url).set("fact", 7)
    again = EmbeddedServices(used_home)
    with again:
        assert valkey.wait(0)
        assert postgres.wait(0)
        assert redis(again.redis_url).get("fact") == b"7"
        assert sql(again.database_url, "SELECT 1") == 1


def test_a_server_whose_record_was_removed_is_found_by_its_port(
    launch: Launch, used_home: Path, redis: Connect
) -> None:
    first = launch(EmbeddedValkey(used_home))
    redis(first.redis_url).set("fact", 8)
    (used_home / "run" / "valkey.json").unlink()
    again = launch(EmbeddedValkey(used_home))
    assert first.wait(0)
    assert again.redis_url == first.redis_url
    assert redis(again.redis_url).get("fact") == b"8"


def test_a_supervisor_killed_while_creating_the_data_leaves_nothing_in_the_way(
    home: Path, sql: Sql, eventually: Eventually
) -> None:
    command = [sys.executable, str(Path(__file__).with_name("supervisor.py")), str(home)]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}) as first:
        eventually(lambda: list((home / "postgres").glob("data.new-*/base")))
        first.kill()
    with EmbeddedServices(home) as services:
        assert sql(services.database_url, "SELECT 1") == 1
        assert [path.name for path in (home / "postgres").glob("data*")] == ["data"]


def test_a_busy_session_that_outlives_its_killed_server_is_ended(
    used_home: Path, sql: Sql, eventually: Eventually
) -> None:
    endless = "SELECT count(md5(x::text)) FROM generate_series(1, 1000000000) x"
    with EmbeddedServices(used_home) as services:
        assert services.postgres is not None

        def work() -> None:
            with contextlib.suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                sql(services.owner_database_url, endless)

        superuser = services.postgres.superuser_dsn
        worker = threading.Thread(target=work)
        worker.start()
        running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT count(md5%'"
        eventually(lambda: sql(superuser, running))
        os.kill(services.postgres.pid or 0, signal.SIGKILL)
        worker.join()
        eventually(lambda: services.postgres is not None and services.postgres.running and services.postgres.ready())
        assert sql(services.database_url, "SELECT 1") == 1


def test_another_process_finds_the_running_services(
    used_home: Path, supervise: Callable[[Path], Any], sql: Sql
) -> None:
    assert running_services(used_home) is None
    supervisor = supervise(used_home)
    services = running_services(used_home)
    assert services is not None
    assert services.owner_database_url == supervisor.report["database"]
    assert services.redis_url == supervisor.report["redis"]
    assert supervisor.close() == ""
    assert running_services(used_home) is None


async def test_the_async_context_starts_and_stops(used_home: Path) -> None:
    async with EmbeddedServices(used_home) as services:
        assert all(service.running for service in services.services)
    assert not any(service.running for service in services.services)
