"""Rates for sites that a test or a benchmark asks as fast as it can."""

from questline_core.edge.classes import ROUTE_CLASSES

NEVER_REACHED = "\n".join(
    f"[rate_limits.{name}]\n"
    + "\n".join(f'{each} = "900000000/minute"' for each in ("address", "user", "key", "tenant"))
    for name in ROUTE_CLASSES
)
"""For `questline.toml`: requests are counted as always, but one user may make as many as the machine answers."""
