"""The audit log as other programs read it: CSV, JSON lines, and CEF in syslog frames for a SIEM."""

import csv
import io
from collections.abc import Callable

import msgspec

from questline_core import __version__
from questline_core.audit.schemas import AuditRecord

COLUMNS = [field.name for field in msgspec.structs.fields(AuditRecord)]
SYSLOG_PRIORITY = "<110>"
"""Facility 13 (log audit), severity 6 (informational), RFC 5424."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_line(entry: AuditRecord | None) -> str:
    """A line of CSV; the heading for None. A text that a spreadsheet would run as a formula is quoted with `'`."""
    line = io.StringIO()
    cells = COLUMNS if entry is None else [_cell(getattr(entry, name)) for name in COLUMNS]
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()


def json_line(entry: AuditRecord | None) -> str:
    """A line of JSON; nothing for None."""
    return "" if entry is None else msgspec.json.encode(entry).decode() + "\n"


def cef_line(entry: AuditRecord | None) -> str:
    """A line of syslog (RFC 5424) whose message is an ArcSight Common Event Format record; nothing for None."""
    return "" if entry is None else _syslog(entry, "-") + "\n"


def syslog_message(entry: AuditRecord, tenant: str) -> bytes:
    """The same for a stream, with the tenant as the message's source."""
    return _syslog(entry, tenant).encode()


def _syslog(entry: AuditRecord, source: str) -> str:
    extension = {
        "rt": int(entry.at.timestamp() * 1000),
        "suid": entry.actor_id,
        "suser": entry.actor_name,
        "src": entry.address,
        "externalId": entry.number,
        "cs1Label": "subject",
        "cs1": f"{entry.subject_type}:{entry.subject_id or ''}",
        "cs2Label": "request",
        "cs2": entry.request_id,
        "cs3Label": "hash",
        "cs3": entry.hash,
        "cs4Label": None if entry.on_behalf_of is None else "on behalf of",
        "cs4": entry.on_behalf_of,
        "msg": msgspec.json.encode(entry.details).decode(),
    }
    action = _escaped(entry.action, "|")
    pairs = " ".join(f"{name}={_escaped(str(value), '=')}" for name, value in extension.items() if value is not None)
    header = f"CEF:0|Questline|Questline|{__version__}|{action}|{action}|3|"
    return f"{SYSLOG_PRIORITY}1 {entry.at.isoformat()} {source} questline - audit - {header}{pairs}"


FORMATS: dict[str, tuple[str, Callable[[AuditRecord | None], str]]] = {
    "csv": ("text/csv", csv_line),
    "jsonl": ("application/jsonl", json_line),
    "cef": ("text/plain", cef_line),
}
"""Media type and writer of each format; the writer gives the heading for None."""


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode().strip('"')
    return f"'{text}" if text.startswith(FORMULA) else text


def _escaped(text: str, special: str) -> str:
    escaped = text.replace("\\", "\\\\").replace(special, f"\\{special}")
    return escaped.replace("\r", "\\r").replace("\n", "\\n")
