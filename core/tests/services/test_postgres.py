import shutil
import socket
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from questline_core.services import EmbeddedPostgres, ServiceError

Launch = Callable[[Any], Any]
Sql = Callable[..., Any]


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres"))
    server.start()
    yield server
    server.purge()


def test_first_start_gives_postgresql_18_in_utc_with_uuidv7(postgres: EmbeddedPostgres, sql: Sql) -> None:
    assert sql(postgres.app_dsn, "SHOW server_version").startswith("18.")
    assert sql(postgres.app_dsn, "SHOW timezone") == "UTC"
    assert sql(postgres.app_dsn, "SELECT uuidv7()").version == 7


def test_writes_are_durable(postgres: EmbeddedPostgres, sql: Sql) -> None:
    assert sql(postgres.app_dsn, "SHOW fsync") == "on"
    assert sql(postgres.app_dsn, "SHOW synchronous_commit") == "on"
    assert sql(postgres.app_dsn, "SHOW data_checksums") == "on"


def test_it_listens_on_the_loopback_interface_only(postgres: EmbeddedPostgres, sql: Sql) -> None:
    assert sql(postgres.superuser_dsn, "SHOW listen_addresses") == "127.0.0.1"
    assert sql(postgres.superuser_dsn, "SHOW unix_socket_directories") == ""
    with pytest.raises(OSError), socket.create_connection(("127.0.0.2", postgres.port), timeout=1):
        pass


def test_secrets_are_private_and_passwords_are_demanded(postgres: EmbeddedPostgres, sql: Sql) -> None:
    assert stat.S_IMODE((postgres.root / "credentials.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(postgres.data.stat().st_mode) == 0o700
    with pytest.raises(asyncpg.InvalidPasswordError):
        sql(postgres.app_dsn.replace("questline_app:", "questline_app:0"), "SELECT 1")


def test_the_owner_creates_what_the_app_may_not(postgres: EmbeddedPostgres, sql: Sql) -> None:
    sql(postgres.owner_dsn, "CREATE SCHEMA core")
    for statement in (
        "CREATE SCHEMA mine",
        "CREATE TABLE public.mine (id int)",
        "CREATE TABLE core.mine (id int)",
        "CREATE TEMP TABLE mine (id int)",
        "CREATE ROLE mine",
        "CREATE DATABASE mine",
        "COPY (SELECT 1) TO '/tmp/mine'",
        "SET ROLE questline_owner",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            sql(postgres.app_dsn, statement)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        sql(postgres.dsn("app", "postgres"), "SELECT 1")


def test_vectors_are_there_for_migrations(postgres: EmbeddedPostgres, sql: Sql) -> None:
    assert sql(postgres.owner_dsn, "SELECT '[3,4]'::vector <-> '[0,0]'::vector") == 5
    assert sql(postgres.app_dsn, "SELECT '[3,4]'::vector <-> '[0,0]'::vector") == 5


def test_neither_role_bypasses_row_level_security(postgres: EmbeddedPostgres, sql: Sql) -> None:
    sql(
        postgres.owner_dsn,
        "CREATE TABLE note (tenant text, body text)",
        "INSERT INTO note VALUES ('a', 'of a'), ('b', 'of b')",
        "ALTER TABLE note ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE note FORCE ROW LEVEL SECURITY",
        "CREATE POLICY tenant ON note USING (tenant = current_setting('questline.tenant_id', true))",
        "GRANT SELECT, INSERT ON note TO questline_app",
    )
    count = "SELECT count(*) FROM note"
    assert sql(postgres.app_dsn, count) == 0
    assert sql(postgres.owner_dsn, count) == 0
    assert sql(postgres.app_dsn, "SET questline.tenant_id = 'a'", "SELECT string_agg(body, ',') FROM note") == "of a"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        sql(postgres.app_dsn, "SET row_security = off", count)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        sql(postgres.app_dsn, "SET questline.tenant_id = 'a'", "INSERT INTO note VALUES ('b', 'forged')")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        sql(postgres.app_dsn, "ALTER TABLE note DISABLE ROW LEVEL SECURITY")


def test_a_second_start_keeps_port_and_data_and_is_quick(launch: Launch, used_home: Path, sql: Sql) -> None:
    first = launch(EmbeddedPostgres(used_home))
    sql(first.owner_dsn, "DROP TABLE IF EXISTS kept", "CREATE TABLE kept AS SELECT 1 AS one", "SELECT 1")
    first.stop()
    assert not first.running
    begin = time.monotonic()
    again = launch(EmbeddedPostgres(used_home))
    assert time.monotonic() - begin < 2
    assert not again.adopted
    assert again.owner_dsn == first.owner_dsn
    assert sql(again.owner_dsn, "SELECT one FROM kept") == 1


def test_lost_credentials_are_replaced(launch: Launch, used_home: Path, sql: Sql) -> None:
    server = launch(EmbeddedPostgres(used_home))
    before = server.app_dsn
    (server.root / "credentials.json").unlink()
    again = launch(EmbeddedPostgres(used_home))
    assert again.app_dsn != before
    assert sql(again.app_dsn, "SELECT 1") == 1
    assert sql(again.superuser_dsn, "SELECT 1") == 1


def test_a_start_that_was_cut_short_while_creating_the_data_begins_anew(launch: Launch, home: Path, sql: Sql) -> None:
    half = home / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    server = launch(EmbeddedPostgres(home))
    assert not half.exists()
    assert sql(server.app_dsn, "SELECT 1") == 1


def test_data_of_another_major_version_are_refused_untouched(home: Path) -> None:
    data = home / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("17\n")
    with pytest.raises(ServiceError, match=r"written by PostgreSQL 17 and this is 18"):
        EmbeddedPostgres(home).start()
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


def test_purge_stops_the_server_and_leaves_nothing(launch: Launch, copied_home: Path) -> None:
    server = launch(EmbeddedPostgres(copied_home))
    pid = server.pid
    EmbeddedPostgres(copied_home).purge()
    assert server.wait(5)
    assert pid is not None
    assert not (copied_home / "postgres").exists()


def test_a_home_with_blanks_quotes_and_other_scripts_works(launch: Launch, home: Path, sql: Sql) -> None:
    strange = home / 'it\'s "mine" é 学'
    server = launch(EmbeddedPostgres(strange))
    assert sql(server.app_dsn, "SELECT 1") == 1
    server.purge()
    shutil.rmtree(strange)
