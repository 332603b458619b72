"""Logging: structlog to standard error, as JSON lines or for people; the standard library's loggers go the same way."""

import io
import logging
import re
import sys
from contextlib import suppress
from functools import lru_cache
from typing import Any, TextIO, cast

import msgspec
import structlog
from structlog.typing import Processor

from questline_core.observability.context import add_request
from questline_core.settings import Settings

REDACTED = "[redacted]"
_SECRET = re.compile(
    r"passwo?r?d|secret|token|authorization|cookie|csrf|api_?key|access_?key|private_?key|(database|redis)_url|dsn"
)
_VALUE = re.compile(r"((?:invalid input for query argument|invalid input syntax for) [^:]*: |DETAIL: +Key \(.*?\)=).*")
QUIET = ("alembic", "botocore", "boto3", "s3transfer", "urllib3", "asyncio", "httpx", "sqlalchemy.engine")
"""Loggers whose debug and info lines say nothing about Questline."""


class UnfailingStream:
    """Standard error, except that a full disk under it loses lines and not requests."""

    def write(self, text: str) -> int:
        """Write what can be written."""
        with suppress(OSError):
            sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        """Send on what can be sent."""
        with suppress(OSError):
            sys.stderr.flush()


def configure_logging(settings: Settings) -> None:
    """Set up logging for this process; calling it again replaces the set-up."""
    stream = cast("TextIO", UnfailingStream())
    level = getattr(logging, settings.log_level.upper())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        add_request,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        redact,
    ]
    final: list[Processor]
    if settings.log_format == "json":
        final = [
            structlog.processors.format_exc_info,
            without_values,
            structlog.processors.JSONRenderer(serializer=_to_json),
        ]
    else:
        # The default would also print the local variables of every frame, passwords included.
        final = [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_plain_traceback)]
    structlog.configure(
        processors=[*shared, *final],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *final],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


def without_values(_logger: Any, _method: str, event: Any) -> Any:
    """Blank the values that the database's driver names in its errors (a structlog processor)."""
    for key in ("exception", "error"):
        if isinstance(event.get(key), str):
            event[key] = _VALUE.sub(rf"\1{REDACTED}", event[key])
    return event


def _plain_traceback(stream: TextIO, exc_info: Any) -> None:
    text = io.StringIO()
    structlog.dev.plain_traceback(text, exc_info)
    stream.write(_VALUE.sub(rf"\1{REDACTED}", text.getvalue()))


def redact(_logger: Any, _method: str, event: Any) -> Any:
    """Blank the values of keys that name a secret (a structlog processor)."""
    for key, value in event.items():
        if is_secret(key):
            event[key] = REDACTED
        elif isinstance(value, dict):
            event[key] = _without_secrets(value)
    return event


@lru_cache(maxsize=1024)
def is_secret(key: str) -> bool:
    """Say whether a key names something that must not be logged."""
    return _SECRET.search(key.lower()) is not None


def _without_secrets(values: dict[Any, Any]) -> dict[Any, Any]:
    return {
        key: REDACTED if is_secret(str(key)) else _without_secrets(value) if isinstance(value, dict) else value
        for key, value in values.items()
    }


def _to_json(event: dict[str, Any], **_: Any) -> str:
    return msgspec.json.encode(event, enc_hook=repr).decode()
