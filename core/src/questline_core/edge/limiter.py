"""Rate limits of one process: which buckets a request takes from, and what its answer says of them.

The fields are those of draft-ietf-httpapi-ratelimit-headers-11 (May 2026): `RateLimit-Policy` lists every quota with
its window, `RateLimit` says how much is left of the one that is nearest its end, and when that is whole again.
"""

import hashlib
import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from questline_core.edge.buckets import Bucket, Buckets, DownError, EmptyError, whole_seconds
from questline_core.edge.classes import RouteClass
from questline_core.edge.policy import EdgePolicy
from questline_core.edge.rates import DEFAULTS, SUBJECTS, Rate, RateLimits, Subject, parse_rate
from questline_core.tenancy.schemas import TenantInfo
from questline_sdk import QuestlineError, TooManyRequests

Headers = list[tuple[bytes, bytes]]
SHARED: frozenset[RouteClass] = frozenset({"read", "write"})
"""Classes of which a process may take tokens ahead; of the others each request is counted as it comes."""


class RatesUnknown(QuestlineError):
    """Valkey does not answer and this class of routes fails closed."""

    status = 503
    title = "Unavailable"
    default_code = "rate_limits_unavailable"


class Plan(msgspec.Struct, frozen=True):
    """The rates of one class for one tenant."""

    tenant: TenantInfo
    rates: dict[Subject, Rate]
    requests: Rate | None
    """Of the tenant over all classes: what its organisation may use."""
    open: bool
    policies: dict[frozenset[Subject], bytes]


class RateLimiter:
    """Counts requests; one for a process."""

    def __init__(self, redis: Any, site: RateLimits, *, requests_per_minute: int | None = None) -> None:
        self._buckets = Buckets(redis)
        self._site = site.over(DEFAULTS)
        self._requests = requests_per_minute
        self._plans: dict[tuple[int, RouteClass], Plan] = {}

    def effective(self, tenant: EdgePolicy) -> RateLimits:
        """The rates that hold for a tenant."""
        return tenant.rate_limits.over(self._site)

    async def count(self, route_class: RouteClass, tenant: TenantInfo, who: Mapping[Subject, object]) -> Headers:
        """Count a request, or refuse it.

        Args:
            route_class: The class of its route.
            tenant: Whose it is.
            who: The address, user or key that it comes from; what is missing is not limited.

        Returns:
            The header fields of the answer.

        Raises:
            RateLimited: A bucket is empty.
            RatesUnknown: Valkey does not answer, and the class fails closed.
        """
        plan = self._plan(route_class, tenant)
        of_tenant = f"questline:rate:{{{tenant.id}}}"
        prefix = f"{of_tenant}:{route_class}"
        buckets = [
            Bucket(subject, f"{prefix}:{subject}:{_hidden(str(who[subject]))}", rate, route_class in SHARED)
            for subject, rate in plan.rates.items()
            if subject in who
        ]
        if plan.requests is not None:
            buckets.append(Bucket("requests", f"{of_tenant}:requests", plan.requests, shared=True))
        if not buckets:
            return []
        try:
            left = await self._buckets.take(buckets)
        except EmptyError as error:
            seconds = whole_seconds(error.seconds)
            raise RateLimited(route_class, error.bucket, seconds, _policy(plan, route_class, buckets)) from None
        except DownError:
            if plan.open:
                return []
            raise RatesUnknown("This cannot be counted at the moment; try again.", retry_after=1) from None
        return [(b"ratelimit-policy", _policy(plan, route_class, buckets)), _nearest(route_class, buckets, left)]

    def _plan(self, route_class: RouteClass, tenant: TenantInfo) -> Plan:
        key = (tenant.id.int, route_class)
        plan = self._plans.get(key)
        if plan is None or plan.tenant is not tenant:
            rates = self.effective(tenant.edge).of(route_class)
            chosen: dict[Subject, Rate] = {}
            for subject in SUBJECTS:
                rate = parse_rate(getattr(rates, subject))
                if rate is not None:
                    chosen[subject] = rate
            most = tenant.limits.requests_per_minute
            most = self._requests if most is None else most
            requests = None if most is None else Rate(max(most, 1), 60)
            plan = self._plans[key] = Plan(tenant, chosen, requests, rates.when_down == "open", {})
        return plan


class RateLimited(TooManyRequests):
    """A bucket is empty."""

    default_code = "rate_limited"

    def __init__(self, route_class: RouteClass, bucket: Bucket, seconds: int, policy: bytes) -> None:
        rate = bucket.rate
        whose = "of all people here" if bucket.name == "requests" else f"of this kind from this {bucket.name}"
        super().__init__(
            f"Too many requests {whose}: {rate.quota} in {rate.window} s are allowed. Try again in {seconds} s.",
            retry_after=seconds,
        )
        self.headers: Headers = [
            (b"ratelimit-policy", policy),
            (b"ratelimit", _field(route_class, bucket, 0, math.ceil(rate.window))),
        ]


def _nearest(route_class: RouteClass, buckets: list[Bucket], left: list[int]) -> tuple[bytes, bytes]:
    place = min(range(len(left)), key=lambda number: left[number] / buckets[number].rate.quota)
    bucket = buckets[place]
    seconds = math.ceil((bucket.rate.quota - left[place]) * bucket.rate.milliseconds / 1000)
    return b"ratelimit", _field(route_class, bucket, left[place], seconds)


def _field(route_class: RouteClass, bucket: Bucket, left: int, seconds: int) -> bytes:
    return f'"{route_class}-{bucket.name}";r={left};t={seconds}'.encode()


def _policy(plan: Plan, route_class: RouteClass, buckets: list[Bucket]) -> bytes:
    subjects: frozenset[Subject] = frozenset(bucket.name for bucket in buckets)
    found = plan.policies.get(subjects)
    if found is None:
        parts = [f'"{route_class}-{each.name}";q={each.rate.quota};w={each.rate.window}' for each in buckets]
        found = plan.policies[subjects] = ", ".join(parts).encode()
    return found


@lru_cache(maxsize=65536)
def _hidden(subject: str) -> str:
    """Addresses and users are kept as a hash only."""
    return hashlib.blake2b(subject.encode(), digest_size=12).hexdigest()
