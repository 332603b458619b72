"""What a tenant has of its own at the edge; kept with the tenant, so it is in memory wherever it is needed."""

from typing import Annotated

import msgspec

from questline_core.edge.rates import RateLimits

Origin = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(\*|https?://([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:]{2,39}\])(:[0-9]{1,5})?)$",
        max_length=300,
        description="Scheme, host and port as browsers write them, or `*` for every page.",
        examples=["https://www.example.com"],
    ),
]
Origins = Annotated[list[Origin], msgspec.Meta(max_length=50)]


class EdgePolicy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A tenant's settings of the edge."""

    origins: Origins = []
    """Whose pages may read the API's answers from a browser."""
    rate_limits: RateLimits = RateLimits()
    """Rates that differ from the site's."""
