"""Creating PostgreSQL's data directory with Questline's roles and database in it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

from questline_core.services.errors import ServiceError
from questline_core.services.identity import processes_in, send, wait_for_exit
from questline_core.services.placement import Placement
from questline_core.services.process import clean_environment
from questline_core.services.state import explain, new_secret, require_space

DATABASE = "questline"
SUPERUSER, OWNER, APP = "postgres", "questline_owner", "questline_app"
ROLES = {"superuser": SUPERUSER, "owner": OWNER, "app": APP}
INITDB = (
    "--username=postgres", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
    "--auth=reject", "--no-sync", "--no-instructions",
)  # fmt: skip
ACCESS = "# Loopback with a password, and nothing else.\nhost all all 127.0.0.1/32 scram-sha-256\n"
HARMLESS = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
SPACE_MB = 150


def require_same_major(placement: Placement) -> None:
    """Refuse data that another major version of PostgreSQL wrote."""
    try:
        written = (placement.data / "PG_VERSION").read_text(encoding="ascii").strip()
    except OSError as error:
        raise explain(error, placement.data) from error
    if written != str(placement.install.major):
        raise ServiceError(
            f"The data in {placement.data} was written by PostgreSQL {written} and this is {placement.install.major}: "
            "dump it with the old version and restore it here, or move the folder away to begin anew."
        )


def create(placement: Placement, passwords: dict[str, str]) -> None:
    """Create the data directory beside its place and move it there complete, so that a crash leaves none or all."""
    require_space(placement.directory, SPACE_MB, "a new database")
    remove_unfinished(placement)
    # A name of its own, because an initdb whose supervisor was killed may still be writing to the last one.
    scratch = placement.directory / f"data.new-{new_secret()[:8]}"
    try:
        scratch.mkdir(mode=0o700)
        os.chown(scratch, placement.owner.uid, placement.owner.gid)
        _run(placement, [placement.install.program("initdb"), "--pgdata", str(scratch), *INITDB])
        (scratch / "pg_hba.conf").write_text(ACCESS, encoding="ascii")
        run_sql(
            placement,
            scratch,
            [
                *_password_statements("ALTER", {"superuser": passwords["superuser"]}),
                *_password_statements("CREATE", {"owner": passwords["owner"], "app": passwords["app"]}),
                f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
                f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
                "REVOKE ALL ON DATABASE postgres FROM PUBLIC",
                "REVOKE ALL ON DATABASE template1 FROM PUBLIC",
                f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP}",
            ],
        )
        if list(placement.install.root.glob("share/**/extension/vector.control")):
            # Only a superuser may create it, so a migration could not.
            run_sql(placement, scratch, ["CREATE EXTENSION vector"], DATABASE)
        _run(placement, [placement.install.program("initdb"), "--pgdata", str(scratch), "--sync-only"])
        scratch.replace(placement.data)
    except OSError as error:
        raise explain(error, scratch) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def remove_unfinished(placement: Placement) -> None:
    """End an initdb that outlived its supervisor and remove what it made."""
    unfinished = list(placement.directory.glob("data.new*"))
    if unfinished:
        for pid, identity in processes_in(placement.directory, "initdb").items():
            send(pid, identity, signal.SIGKILL)
            wait_for_exit(pid, identity, 5)
    for path in unfinished:
        shutil.rmtree(path, ignore_errors=True)


def set_passwords(placement: Placement, passwords: dict[str, str]) -> None:
    """Give the roles of a stopped cluster new passwords."""
    run_sql(placement, placement.data, _password_statements("ALTER", passwords))


def _password_statements(verb: str, passwords: dict[str, str]) -> list[str]:
    statements = []
    for role, password in passwords.items():
        rights = "" if role == "superuser" else f"{HARMLESS} "
        statements.append(f"{verb} ROLE {ROLES[role]} LOGIN {rights}PASSWORD '{password}'")
    return statements


def run_sql(placement: Placement, data: Path, statements: list[str], database: str = SUPERUSER) -> None:
    """Run statements in PostgreSQL's single-user mode: no server, no port, no password."""
    argv = [placement.install.program("postgres"), "--single", "-D", str(data)]
    argv += ["-c", "log_checkpoints=off", "-c", "log_min_error_statement=panic", database]
    complaints = _run(placement, argv, "\n".join(statements) + "\n")
    for line in complaints.splitlines():
        if "ERROR:" in line or "FATAL:" in line or "PANIC:" in line:
            raise ServiceError(f"PostgreSQL could not set up its roles: {line}.")


def take_ownership(placement: Placement) -> None:
    """Give an existing data directory to whoever runs PostgreSQL this time."""
    owner = placement.owner
    if os.geteuid() != 0 or placement.data.stat().st_uid == owner.uid:
        return
    for folder, directories, files in os.walk(placement.data):
        for name in (*directories, *files):
            os.chown(Path(folder, name), owner.uid, owner.gid, follow_symlinks=False)
    os.chown(placement.data, owner.uid, owner.gid)


def _run(placement: Placement, argv: list[str], text: str = "") -> str:
    run = subprocess.run(
        [*placement.prefix, *argv],
        cwd=placement.directory,
        env=clean_environment({"TZ": "UTC"}),
        input=text,
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
        user=placement.run_as.uid if placement.run_as else None,
        group=placement.run_as.gid if placement.run_as else None,
        extra_groups=[] if placement.run_as else None,
    )
    if run.returncode == 0:
        return run.stderr
    lines = [line for line in run.stderr.splitlines() if line.strip()]
    if any("No space left on device" in line for line in lines):
        raise ServiceError(f"The disk is full: no room for the database in {placement.directory}.")
    found = [line for line in lines if "error:" in line.lower() or "FATAL" in line]
    reason = (found or lines or [f"exit status {run.returncode}"])[0]
    raise ServiceError(f"PostgreSQL could not create its data in {placement.directory}: {reason}.")
