"""Waits until every node that lives runs a generation."""

import asyncio
import time
from collections.abc import Callable

from questline_core.generations.errors import OperationError
from questline_core.generations.ledger import Connection

ALIVE_SECONDS = 15
"""A node that was not seen for longer is gone."""
PATIENCE = 300.0
"""Seconds a node may take to restart its processes; running jobs are finished first."""
POLL_SECONDS = 0.05
LIVING = "SELECT id, generation, state, reason FROM core.node WHERE seen_at > now() - $1 * interval '1 second'"


async def wait_for_nodes(
    connection: Connection, number: int, tell: Callable[[str], None], *, patience: float = PATIENCE
) -> int:
    """Wait until all living nodes run a generation, and return how many; none is fine.

    Raises:
        OperationError: A node cannot run it, or does not come to.
    """
    deadline = time.monotonic() + patience
    while True:
        nodes = await connection.fetch(LIVING, ALIVE_SECONDS)
        for node in nodes:
            if node["state"] == "failed" and str(node["reason"]).startswith(f"generation {number}:"):
                raise OperationError(f"node {node['id']} cannot run {node['reason']}")
        waiting = [node["id"] for node in nodes if node["generation"] != number or node["state"] == "starting"]
        if not waiting:
            return len(nodes)
        tell(f"{len(nodes) - len(waiting)} of {len(nodes)} nodes")
        if time.monotonic() > deadline:
            raise OperationError(f"node {waiting[0]} did not come to generation {number} in {patience:g} s")
        await asyncio.sleep(POLL_SECONDS)
