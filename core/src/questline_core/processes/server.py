"""A server process: the application of one generation, answering on the shared listening socket."""

import asyncio
import socket
from typing import Any, cast

import structlog
import uvloop
from granian import _futures, _granian
from granian import asgi as _asgi
from litestar import Litestar

from questline_core.asgi import create
from questline_core.generations.overlay import OverlayError, activate_generation
from questline_core.host import Host
from questline_core.processes.channel import Channel
from questline_core.processes.draining import Draining
from questline_core.processes.listening import BACKLOG
from questline_core.settings import SettingsError, load_settings

CONNECTIONS = 1000
"""Connections of one process; more wait in the shared queue until one of the processes has room."""
granian: Any = _granian
"""The server proper, without the classes that start processes and sockets of their own."""
log = structlog.get_logger()


def serve_site(listener: socket.socket, generation: int, connection: socket.socket) -> int:
    """Answer requests until told to drain; returns the exit status."""
    channel = Channel(connection)
    try:
        settings = load_settings()
        activate_generation(settings.home_path, generation)
        app = create()
    except (SettingsError, OverlayError) as error:
        channel.failed(str(error))
        return 1
    except Exception as error:
        log.exception("the application cannot be built")
        channel.failed(f"{type(error).__name__}: {error}")
        return 1
    return uvloop.run(_serve(app, listener, channel))


async def _serve(app: Litestar, listener: socket.socket, channel: Channel) -> int:
    loop = asyncio.get_running_loop()
    host: Host = app.state.host
    leave: asyncio.Future[float] = loop.create_future()

    def drain(seconds: float) -> None:
        if not leave.done():
            leave.set_result(seconds)

    channel.listen(drain)
    try:
        async with app.lifespan():
            draining = Draining(app)
            finished = asyncio.Event()
            end = granian.WorkerSignal()
            end.add_cb(lambda: loop.call_soon_threadsafe(finished.set))
            _answer(draining, listener, loop, end)
            channel.ready()
            await draining.drain(listener, host.live.close, await leave)
            end.set()
            await finished.wait()
    except Exception as error:
        channel.failed(f"{type(error).__name__}: {error}")
        log.exception("a server process failed")
        return 1
    return 0


def _answer(draining: Draining, listener: socket.socket, loop: asyncio.AbstractEventLoop, end: Any) -> None:
    """Let granian accept connections; the arguments are those its own class passes for ASGI without TLS."""
    worker = granian.ASGIWorker(
        1,
        (None, granian.SocketHolder(listener.fileno(), False, BACKLOG)),
        None,  # no pipe for metrics
        1,  # thread of the runtime
        512,  # its blocking threads
        1,  # Python thread
        30,  # seconds after which it may end
        CONNECTIONS,
        "auto",
        None,
        None,
        False,  # no WebSockets
        None,  # no static files
        *(False, None, None, None, "tls1.3", None, [], False),  # TLS is the proxy's
        (None, None),
    )
    futures, asgi = cast("Any", _futures), cast("Any", _asgi)
    callback = futures._future_watcher_wrapper(asgi._callback_wrapper(draining, {}, {}, None))
    worker.serve_mtr(futures._new_cbscheduler(loop, callback, impl_asyncio=True), loop, end)
