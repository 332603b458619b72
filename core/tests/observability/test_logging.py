"""Log lines: JSON or for people, with the request's ids and without secrets."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from questline_core.observability.context import REQUEST_STATE
from questline_core.observability.logging import REDACTED, configure_logging, is_secret
from questline_core.settings import Settings


@pytest.fixture(autouse=True)
def _restore() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_is_one_json_object_with_the_requests_ids(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings())
    token = REQUEST_STATE.set({"request_id": "r1", "trace_id": "t1"})
    state = REQUEST_STATE.get()
    assert state is not None
    structlog.get_logger().info("before the tenant is known")
    state["tenant_id"] = "x1"
    structlog.get_logger().info("after", count=2)
    logging.getLogger("some.library").warning("from a library")
    REQUEST_STATE.reset(token)
    first, second, third = lines(capsys)
    assert (first["event"], first["request_id"], first["trace_id"]) == ("before the tenant is known", "r1", "t1")
    assert "tenant_id" not in first
    assert (second["tenant_id"], second["count"], second["level"]) == ("x1", 2, "info")
    assert str(second["timestamp"]).endswith("Z")
    assert (third["event"], third["logger"], third["request_id"]) == ("from a library", "some.library", "r1")


def test_secrets_are_blanked_by_their_names(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings())
    structlog.get_logger().info(
        "x", password="p1", access_token="p2", s3_secret_key="p3", settings={"api_key": "p4", "colour": "red"}, user="u"
    )
    logging.getLogger("lib").warning("y", extra={"authorization": "p5"})
    written = capsys.readouterr().err
    assert not any(f"p{number}" in written for number in range(1, 6))
    line = json.loads(written.splitlines()[0])
    assert (line["password"], line["settings"]["colour"], line["user"]) == (REDACTED, "red", "u")


@pytest.mark.parametrize("key", ["password", "new_password", "PASSWD", "Authorization", "refresh_token", "set-cookie"])
def test_knows_the_names_of_secrets(key: str) -> None:
    assert is_secret(key)


@pytest.mark.parametrize("key", ["user", "path", "pass_percent", "event", "key", "plugin"])
def test_leaves_other_names_alone(key: str) -> None:
    assert not is_secret(key)


def test_an_exception_is_part_of_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings())
    try:
        raise ValueError("deliberate")
    except ValueError as error:
        structlog.get_logger().error("failed", exc_info=error)
    (line,) = lines(capsys)
    assert "ValueError: deliberate" in str(line["exception"])


def test_the_level_is_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings(log_level="warning"))
    structlog.get_logger().info("no")
    logging.getLogger("lib").info("no")
    structlog.get_logger().warning("yes")
    logging.getLogger("lib").error("yes")
    assert [line["event"] for line in lines(capsys)] == ["yes", "yes"]


def test_the_console_format_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings(log_format="console"))
    structlog.get_logger().info("served", path="/x")
    written = capsys.readouterr().err
    assert "served" in written
    assert "path=/x" in written
    assert "{" not in written


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_an_exception_does_not_tell_what_variables_held(capsys: pytest.CaptureFixture[str], log_format: str) -> None:
    configure_logging(Settings(log_format=log_format))

    def fail(sent: str) -> None:
        raise ValueError(f"deliberate, of length {len(sent)}")

    try:
        fail("open " + "sesame")
    except ValueError as error:
        structlog.get_logger().error("failed", exc_info=error)
    written = capsys.readouterr().err
    assert "deliberate, of length 11" in written
    assert "open sesame" not in written


def test_what_json_does_not_know_is_written_as_its_repr(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(Settings())
    structlog.get_logger().info("odd", thing=object, many={1, 2})
    (line,) = lines(capsys)
    assert line["thing"] == "<class 'object'>"
