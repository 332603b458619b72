"""What the ASGI server loads in each of its processes."""

from litestar import Litestar

from questline_core.app import create_app
from questline_core.observability.logging import configure_logging
from questline_core.settings import load_settings


def create() -> Litestar:
    """Build the application from this process's settings."""
    settings = load_settings()
    configure_logging(settings)
    return create_app(settings)
