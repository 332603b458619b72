"""A plugin's routes, and the paths to ask them by."""

import itertools
import re
from typing import Any
from urllib.parse import quote

import msgspec
from litestar.handlers import HTTPRouteHandler

from questline_core.testing.conformance.bodies import example
from questline_core.testing.conformance.subject import Subject
from questline_core.testing.conformance.verdict import Absent

PARAMETER = re.compile(r"\{([a-zA-Z_][a-zA-Z0-9_]*)(?::([a-z]+))?\}")
SAMPLES = {"int": "1", "float": "1.5", "str": "all", "path": "a", "date": "2031-12-30", "decimal": "1"}
MOST = 12
"""Combinations of ids that a route with several is asked with."""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """A method of a route."""

    method: str
    template: str
    handler: HTTPRouteHandler

    def __str__(self) -> str:
        return f"{self.method} {self.template}"

    @property
    def permission(self) -> str | None:
        """The permission it names."""
        return self.handler.opt.get("permission")

    @property
    def public(self) -> bool:
        """Say whether anybody may ask."""
        return bool(self.handler.opt.get("public"))

    def path_with(self, some_id: str) -> str:
        """The path with one id in every place."""
        return self.paths([some_id], [])[0][0]

    def paths(self, ids: list[str], words: list[str]) -> list[tuple[str, tuple[str, ...]]]:
        """Paths with these ids, and with these words where no id is asked for; and what was put in."""
        places = PARAMETER.findall(self.template)
        choices = [
            ids or [SAMPLES["str"]] if kind == "uuid" else [*words[:MOST], *ids[:2], SAMPLES.get(kind, "all")]
            for _, kind in places
        ]
        found = []
        for values in itertools.islice(itertools.product(*choices), MOST if len(places) > 1 else None):
            path = self.template
            for (name, kind), value in zip(places, values, strict=True):
                path = path.replace(f"{{{name}:{kind}}}" if kind else f"{{{name}}}", quote(value, safe=""))
            found.append((path, values))
        return found


def routes_of(subject: Subject) -> list[Route]:
    """Every method of every route of the plugin.

    Raises:
        Absent: It has none.
    """
    found = [
        Route(method=method, template=route.path, handler=handler)
        for route in subject.site.app.routes
        for handler in getattr(route, "route_handlers", ())
        if isinstance(handler, HTTPRouteHandler) and f"{route.path}/".startswith(f"/api/v1/p/{subject.id}/")
        for method in sorted(handler.http_methods - {"OPTIONS"})
    ]
    if not found:
        raise Absent("it has no routes")
    return found


async def document(subject: Subject) -> dict[str, Any]:
    """The site's OpenAPI document."""
    async with subject.site.client() as client:
        found: dict[str, Any] = (await client.get("/api/v1/openapi.json")).json()
    return found


def body_for(described: dict[str, Any], route: Route, some_id: str) -> Any:
    """A body that a route accepts, from its own documentation; None where it takes none."""
    for item in described["paths"].values():
        operation = item.get(route.method.lower(), {})
        if operation.get("operationId") == route.handler.operation_id and "requestBody" in operation:
            content = operation["requestBody"]["content"]
            if "application/json" in content:
                schemas = described["components"].get("schemas", {})
                return example(content["application/json"]["schema"], schemas, some_id, optional=True)
    return None
