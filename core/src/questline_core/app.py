"""The application: routes, guard, errors and life cycle, put together."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import structlog
from litestar import Litestar, Request, Router
from litestar.config.compression import CompressionConfig
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency, Provide
from litestar.handlers.base import BaseRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from questline_core import __version__
from questline_core.access.routers import ACCESS_ROUTERS
from questline_core.audit.routes import router as audit_router
from questline_core.auth.guard import authorize
from questline_core.auth.routers import IDENTITY_ROUTERS
from questline_core.content.routes import router as content_router
from questline_core.context import HostContext
from questline_core.edge.classifying import ClassifyRoutes
from questline_core.edge.middleware import EdgeMiddleware
from questline_core.edge.proxies import Proxies
from questline_core.edge.routes import router as edge_router
from questline_core.events.background import background_worker
from questline_core.groups.routes import router as groups_router
from questline_core.host import Host
from questline_core.http.problems import EXCEPTION_HANDLERS
from questline_core.http.responses import DocumentProblems
from questline_core.live.routes import router as live_router
from questline_core.observability.middleware import ObservabilityMiddleware
from questline_core.observability.routes import router as health_router
from questline_core.packs.routes import router as packs_router
from questline_core.people.routers import PEOPLE_ROUTERS
from questline_core.plugins.contributions import plugin_router
from questline_core.plugins.routes import router as plugins_router
from questline_core.privacy.admin_routes import router as privacy_admin_router
from questline_core.privacy.parent_routes import router as parents_router
from questline_core.privacy.routes import router as privacy_router
from questline_core.privacy.routes import support_router as gpc_router
from questline_core.settings import Settings
from questline_core.storage.routes import router as media_router
from questline_core.tenancy.admin_routes import router as tenant_router
from questline_core.tenancy.arriving import ArrivingMiddleware
from questline_core.tenancy.export_routes import router as tenant_export_router
from questline_core.tenancy.routes import router as tenancy_router
from questline_core.theming.routes import router as theming_router
from questline_core.ui.routes import make_router as make_ui_router
from questline_core.webhooks.routes import router as webhooks_router
from questline_sdk import Context, NotFound

log = structlog.get_logger()
CORE_ROUTERS = [
    *ACCESS_ROUTERS,
    audit_router,
    *IDENTITY_ROUTERS,
    *PEOPLE_ROUTERS,
    content_router,
    groups_router,
    live_router,
    plugins_router,
    privacy_router,
    gpc_router,
    privacy_admin_router,
    parents_router,
    packs_router,
    media_router,
    tenancy_router,
    tenant_router,
    tenant_export_router,
    theming_router,
    webhooks_router,
    edge_router,
    health_router,
]


def create_app(settings: Settings, *, host: Host | None = None) -> Litestar:
    """Build the application of one server process."""
    host = host or Host(settings)
    routers: list[Router] = [
        plugin_router(record.id, record.contributions.routes)
        for record in host.registry.active
        if record.contributions.routes
    ]

    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            try:
                await stack.enter_async_context(host.running())
            except Exception as error:
                log.error("the server cannot start", error=str(error) or type(error).__name__)  # noqa: TRY400
                raise
            if settings.worker_in_server:
                await stack.enter_async_context(background_worker(host))
            yield

    app = Litestar(
        route_handlers=[*CORE_ROUTERS, make_ui_router(host), *routers],
        guards=[authorize],
        dependencies={"ctx": Provide(provide_context), "host": Provide(provide_host, sync_to_thread=False)},
        exception_handlers=EXCEPTION_HANDLERS,
        lifespan=[lifespan],
        logging_config=None,
        plugins=[
            ClassifyRoutes({name: limits.body_bytes for name, limits in host.limits.items()}),
            DocumentProblems(),
        ],
        openapi_config=OpenAPIConfig(
            title="Questline",
            version=__version__,
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
            openapi_router=Router(
                "/api/v1",
                route_handlers=[],
                include_in_schema=False,
                opt={"tenantless": True},
                guards=[only_the_schema],
            ),
            components=Components(
                security_schemes={"token": SecurityScheme(type="http", scheme="bearer", bearer_format="JWT")}
            ),
            security=[{"token": []}],
        ),
        compression_config=CompressionConfig(
            backend="gzip", minimum_size=1000, exclude=["/api/v1/live"], exclude_opt_key="own_encoding"
        ),
        request_max_body_size=settings.max_body_bytes,
    )
    app.state.host = host
    proxies = Proxies(settings.trusted_proxies, settings.proxy_header)
    edge = EdgeMiddleware(host.tenants, host.limits)
    arriving = ArrivingMiddleware(host.tenants)
    app.asgi_handler = ObservabilityMiddleware(proxies, hsts_subdomains=settings.hsts_subdomains)(
        arriving(edge(app.asgi_handler))
    )
    return app


def only_the_schema(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Litestar answers for unknown paths beside its schema with a page; ours get the same problem as all others."""
    if not connection.scope["path"].endswith("/openapi.json"):
        raise NotFound("There is nothing at this address.", code="route_not_found")


def provide_host(request: Request[Any, Any, Any]) -> Host:
    """The process's host."""
    host: Host = request.app.state.host
    return host


async def provide_context(
    request: Request[Any, Any, Any], host: NamedDependency[Host]
) -> AsyncGenerator[Context, None]:
    """One unit of work per request: commits when the handler returns, rolls back when it raises.

    It asks for the host so that Litestar resolves the two one after the other, not each in a task of its own (80 us).
    """
    async with HostContext(host, request.scope["state"]["tenant_id"], request.scope.get("user")) as ctx:
        yield ctx
