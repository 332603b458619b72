"""What a tenant demands of those who come in; kept with the tenant, so it is in memory wherever it is needed."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

SignUpMode = Literal["open", "invitation", "domains", "closed"]
RoleName = Literal["owner", "admin", "author", "instructor", "learner", "guest"]
Domain = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$",
        max_length=253,
        description="A domain name in lower case.",
        examples=["example.com"],
    ),
]
Days = Annotated[int, Meta(ge=1, le=365)]


class SignInPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant's sign-in settings. What is null is the site's own setting."""

    domains: Annotated[list[Domain], Meta(max_length=100)] = []
    """Whose addresses may sign up where the mode is `domains`."""
    verify_email: bool = True
    """Open no account before its address is confirmed; only where the site sends mail."""
    idle_days: Days | None = None
    """A session ends after this many days without use."""
    longest_days: Days | None = None
    """A session ends after this many days, used or not."""
    second_factor_roles: Annotated[list[RoleName], Meta(max_length=6)] = []
    """Who must set up a second factor before anything else."""
    impersonation: bool = True
    """Whether those with the permission may act for others for a short while."""
    remember_device_days: Annotated[int, Meta(ge=0, le=365)] = 30
    """How long a device need not give the second factor again; 0 for every time."""


class SessionLimits(msgspec.Struct, frozen=True, kw_only=True):
    """How long a session lasts, in days: without use, and at most."""

    idle_days: int
    longest_days: int


def limits_of(policy: SignInPolicy, *, idle_days: int, longest_days: int) -> SessionLimits:
    """The limits of a tenant's sessions, the site's own where it has none."""
    return SessionLimits(idle_days=policy.idle_days or idle_days, longest_days=policy.longest_days or longest_days)
