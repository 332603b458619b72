"""What the ASGI server loads in each of its processes."""

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import wait

from litestar import Litestar

from questline_core.app import create_app
from questline_core.collector import spare_the_collector
from questline_core.observability.logging import configure_logging
from questline_core.settings import load_settings

GRACE_SECONDS = 10.0


def create() -> Litestar:
    """Build the application from this process's settings."""
    end_with_the_parent()
    settings = load_settings()
    configure_logging(settings)
    app = create_app(settings)
    spare_the_collector()
    return app


def end_with_the_parent() -> None:
    """Make a server process end when the one that started it is killed: it would keep the port for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), name="parent", daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    threading.Event().wait(GRACE_SECONDS)
    os._exit(1)
