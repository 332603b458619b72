"""The classes of routes: what a request costs decides how many there may be, how large, and how long."""

from typing import Literal, get_args

RouteClass = Literal["read", "write", "auth", "upload", "export", "ai"]
ROUTE_CLASSES: tuple[RouteClass, ...] = get_args(RouteClass)
