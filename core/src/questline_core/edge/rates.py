"""How many requests of a class there may be: a rate each for an address, a user, an API key and a tenant."""

from functools import lru_cache
from typing import Annotated, Literal

import msgspec

from questline_core.edge.classes import ROUTE_CLASSES, RouteClass

RateText = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^([1-9][0-9]{0,8}/(second|minute|hour|day)|off)$",
        description="So many in a second, minute, hour or day, or `off`.",
        examples=["600/minute"],
    ),
]
WINDOWS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
Subject = Literal["address", "user", "key", "tenant", "requests"]
"""Whose bucket it is; `requests` is the tenant's over all classes."""
SUBJECTS: tuple[Subject, ...] = ("address", "user", "key", "tenant")


class Rate(msgspec.Struct, frozen=True):
    """A token bucket: `quota` tokens at most, as many refilled over `window` seconds."""

    quota: int
    window: int

    @property
    def milliseconds(self) -> float:
        """How long one token takes to come back."""
        return self.window * 1000 / self.quota


class ClassRates(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The rates of one class; what is left out is as it was."""

    address: RateText | None = None
    user: RateText | None = None
    key: RateText | None = None
    tenant: RateText | None = None
    when_down: Literal["open", "closed"] | None = None
    """What happens while Valkey does not answer: requests pass, or are refused."""

    def over(self, other: "ClassRates") -> "ClassRates":
        """These rates, and the other's where these say nothing."""
        return ClassRates(**{name: getattr(self, name) or getattr(other, name) for name in (*SUBJECTS, "when_down")})


class RateLimits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The table `[rate_limits]` of `questline.toml`, and what a tenant has of its own."""

    read: ClassRates = ClassRates()
    write: ClassRates = ClassRates()
    auth: ClassRates = ClassRates()
    upload: ClassRates = ClassRates()
    export: ClassRates = ClassRates()
    ai: ClassRates = ClassRates()

    def over(self, other: "RateLimits") -> "RateLimits":
        """These limits, and the other's where these say nothing."""
        return RateLimits(**{name: getattr(self, name).over(getattr(other, name)) for name in ROUTE_CLASSES})

    def of(self, route_class: RouteClass) -> ClassRates:
        """The rates of one class."""
        rates: ClassRates = getattr(self, route_class)
        return rates


def _rates(address: str, user: str, key: str, tenant: str, when_down: Literal["open", "closed"] = "open") -> ClassRates:
    return ClassRates(address=address, user=user, key=key, tenant=tenant, when_down=when_down)


DEFAULTS = RateLimits(
    read=_rates("30000/minute", "1200/minute", "3000/minute", "120000/minute"),
    write=_rates("12000/minute", "600/minute", "1500/minute", "60000/minute"),
    auth=_rates("600/minute", "120/minute", "120/minute", "12000/minute"),
    upload=_rates("300/hour", "120/hour", "600/hour", "3000/hour"),
    export=_rates("120/hour", "60/hour", "120/hour", "1200/hour"),
    ai=_rates("300/minute", "30/minute", "60/minute", "600/minute", "closed"),
)
"""A whole school may come from one address; a person with a browser reaches none of these."""

UNLIMITED = RateLimits(
    **{name: ClassRates(address="off", user="off", key="off", tenant="off") for name in ROUTE_CLASSES}
)
"""For sites under test."""


@lru_cache(maxsize=256)
def parse_rate(text: str) -> Rate | None:
    """Read a rate; None where there is no limit."""
    if text == "off":
        return None
    quota, _, window = text.partition("/")
    return Rate(int(quota), WINDOWS[window])
