"""Giving each route its class when the application is built."""

from collections.abc import Mapping
from typing import Any

from litestar.handlers import HTTPRouteHandler
from litestar.plugins import ReceiveRoutePlugin
from litestar.routes import BaseRoute
from litestar.types import Empty

from questline_core.edge.classes import RouteClass

OPTION = "route_class"
"""The keyword of a route that names its class; without it the path and the method decide."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SIGNING_IN = "/api/v1/auth/"


def class_of(handler: Any) -> RouteClass:
    """The class of a route: what it says, else `read` for what only reads and `write` for the rest."""
    named: RouteClass | None = handler.opt.get(OPTION)
    if named is not None:
        return named
    methods = handler.http_methods if isinstance(handler, HTTPRouteHandler) else SAFE_METHODS
    return "read" if methods <= SAFE_METHODS else "write"


class ClassifyRoutes(ReceiveRoutePlugin):
    """Gives each route its class, and the class's largest body, when the application is built."""

    def __init__(self, body_bytes: Mapping[RouteClass, int]) -> None:
        self._body_bytes = body_bytes

    def receive_route(self, route: BaseRoute) -> None:
        """Note the class of a route's handlers."""
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler):
                found = handler.opt[OPTION] = "auth" if _signs_in(route, handler) else class_of(handler)
                if handler.request_max_body_size is Empty:
                    handler.request_max_body_size = self._body_bytes[found]


def _signs_in(route: BaseRoute, handler: HTTPRouteHandler) -> bool:
    return OPTION not in handler.opt and str(getattr(route, "path", "")).startswith(SIGNING_IN)
