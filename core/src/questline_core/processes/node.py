"""A node: the process an operator starts, with its supervisor and children, for one role."""

import asyncio
import socket
from functools import partial

from questline_core.generations.build import ensure_built
from questline_core.generations.wanted import wanted_generation
from questline_core.processes.children import Children
from questline_core.processes.listening import open_listener
from questline_core.processes.nodes import NodeLine
from questline_core.processes.server import serve_site
from questline_core.processes.supervisor import Limits, Supervisor
from questline_core.processes.template import run_template
from questline_core.processes.worker import work_queue
from questline_core.settings import Settings

SERVER, WORKER = "server", "worker"
PATIENT = Limits(finish=None, stop=None)
"""A worker's running jobs are finished, however long they take."""


def run_server_node(settings: Settings) -> int:
    """Serve the site on its port until stopped; returns the exit status. Raises `OSError` when the port is taken."""
    listener = open_listener(settings.host, settings.port)

    def supervise(control: socket.socket) -> int:
        listener.close()
        return asyncio.run(_supervise(settings, SERVER, control, settings.workers, Limits()))

    return run_template(supervise, partial(serve_site, listener))


def run_worker_node(settings: Settings) -> int:
    """Run the queue until stopped; returns the exit status."""
    return run_template(lambda control: asyncio.run(_supervise(settings, WORKER, control, 1, PATIENT)), work_queue)


async def _supervise(settings: Settings, role: str, control: socket.socket, count: int, limits: Limits) -> int:
    url = settings.require("database_url")
    children = Children(control)
    line = NodeLine(url, role, await wanted_generation(url))
    line.on_change = children.news.set

    async def prepare(generation: int) -> None:
        await ensure_built(settings.home_path, url, generation)

    beating = asyncio.create_task(line.run())
    try:
        return await Supervisor(children, line, prepare, count=count, limits=limits).run()
    finally:
        beating.cancel()
        await asyncio.gather(beating, return_exceptions=True)
