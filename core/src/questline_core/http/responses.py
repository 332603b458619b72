"""The error answers of every route, for OpenAPI: nothing the API answers is undocumented."""

from collections.abc import Mapping

from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.plugins import ReceiveRoutePlugin
from litestar.routes import BaseRoute

from questline_core.http.problems import PROBLEM_JSON, Problem

DESCRIPTIONS: Mapping[int, str] = {
    400: "The body or a parameter does not have the documented form.",
    401: "Nobody is signed in, or the access token is not valid any more.",
    403: "The signed-in user may not do this.",
    404: "There is no such thing for this tenant and user.",
    409: "The request does not fit the present state; `code` says why.",
    408: "The body did not arrive in time.",
    413: "The body is too large.",
    414: "The address is too long.",
    415: "The body is packed in a way that is not supported.",
    422: "A value is not accepted; `errors` names each field.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
    431: "There are too many headers, or they are too long.",
    503: "The service is restarting; nothing was changed.",
}

ALWAYS = frozenset({400, 401, 404, 414, 429, 431, 503})
WITH_BODY = frozenset({408, 413, 415})
CHANGING = frozenset({409, 422})
CHECKED = frozenset({"cursor", "since"})
"""Parameters of which a handler itself says whether their values can be."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """Document these statuses as problem documents: `@post(..., responses=problems(429))`."""
    return {
        status: ResponseSpec(
            Problem, description=DESCRIPTIONS[status], media_type=PROBLEM_JSON, generate_examples=False
        )
        for status in statuses
    }


RESPONSES = problems(*DESCRIPTIONS)
"""Every error the API knows."""


NO_CONTENT = {204: ResponseSpec(None, description="Done; there is nothing to answer.")}
"""For handlers that answer 204 with a `Response` of their own, for its cookies or headers."""


class DocumentProblems(ReceiveRoutePlugin):
    """Adds to each route, core's and plugins', the errors it can answer with; what the route says itself stays."""

    def receive_route(self, route: BaseRoute) -> None:
        """Complete the documented responses of a route's handlers."""
        for handler in getattr(route, "route_handlers", ()):
            if isinstance(handler, HTTPRouteHandler) and handler.include_in_schema is not False:
                handler.responses = problems(*sorted(_statuses(handler))) | dict(handler.responses or {})


def _statuses(handler: HTTPRouteHandler) -> frozenset[int]:
    statuses = ALWAYS
    if not handler.opt.get("public"):
        statuses |= {403}
    if not SAFE_METHODS.issuperset(handler.http_methods):
        statuses |= CHANGING
    if _takes(handler, "data"):
        statuses |= WITH_BODY
    if any(_takes(handler, name) for name in CHECKED):
        statuses |= {422}
    return statuses


def _takes(handler: HTTPRouteHandler, name: str) -> bool:
    return name in handler.parsed_fn_signature.parameters
