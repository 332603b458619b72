"""Garbage collection in processes that serve: they make and drop thousands of small objects for each page and job."""

import gc

COLLECT_AFTER = 20_000
"""Allocations between two rounds of the collector."""


def spare_the_collector() -> None:
    """Take what lives as long as the process out of the garbage collector's rounds, and let those come less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 50)
