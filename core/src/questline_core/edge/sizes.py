"""How large a request of a class may be, and how long it may take."""

from typing import Annotated

import msgspec

from questline_core.edge.classes import ROUTE_CLASSES, RouteClass

Bytes = Annotated[int, msgspec.Meta(ge=1)]
Seconds = Annotated[float, msgspec.Meta(gt=0, le=3600)]


class ClassLimits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The limits of one class; what is left out is the default."""

    body_bytes: Bytes | None = None
    """The largest body, after it was unpacked."""
    seconds: Seconds | None = None
    """Until the answer begins; what is not done then is cancelled."""


class RequestLimits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table `[request_limits]` of `questline.toml`."""

    read: ClassLimits = ClassLimits()
    write: ClassLimits = ClassLimits()
    auth: ClassLimits = ClassLimits()
    upload: ClassLimits = ClassLimits()
    export: ClassLimits = ClassLimits()
    ai: ClassLimits = ClassLimits()


class Limits(msgspec.Struct, frozen=True):
    """The limits that hold for a class."""

    body_bytes: int
    seconds: float


DEFAULTS: dict[RouteClass, Limits] = {
    "read": Limits(100_000, 30),
    "write": Limits(5_000_000, 30),
    "auth": Limits(100_000, 30),
    "upload": Limits(50_000_000, 300),
    "export": Limits(100_000, 300),
    "ai": Limits(1_000_000, 120),
}


def effective(own: RequestLimits, *, write_bytes: int) -> dict[RouteClass, Limits]:
    """The limits of every class; `write_bytes` is the setting `max_body_bytes`."""
    found = {}
    for name in ROUTE_CLASSES:
        mine: ClassLimits = getattr(own, name)
        usual = write_bytes if name == "write" else DEFAULTS[name].body_bytes
        found[name] = Limits(mine.body_bytes or usual, mine.seconds or DEFAULTS[name].seconds)
    return found
