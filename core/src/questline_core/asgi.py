"""The application of a server process, built from its settings and the generation that is active in it."""

from litestar import Litestar

from questline_core.app import create_app
from questline_core.collector import spare_the_collector
from questline_core.observability.logging import configure_logging
from questline_core.settings import load_settings


def create() -> Litestar:
    """Build the application from this process's settings; an ASGI server of your own may call it, too."""
    settings = load_settings()
    configure_logging(settings)
    app = create_app(settings)
    spare_the_collector()
    return app
