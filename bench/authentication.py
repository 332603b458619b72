"""A request that is signed in, against the same route public: token, session, tenant and permission checked."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import text

from bench.load import best_of
from bench.report import Result, at_least
from bench.site import BenchSite, add_learner, bench_site, migrate, prepare, quiet_host, token_for

NAME = "greeter"
CODE = """
from litestar import get
from litestar.di import NamedDependency
from questline_sdk import Context, Permission, Plugin, hookimpl
from questline_sdk.permissions import MEMBERS

@get("/signed-in", operation_id="greeter_signed_in", permission="greeter.read")
async def signed_in(ctx: NamedDependency[Context]) -> dict[str, str]:
    return {"hello": str(ctx.tenant_id)}

@get("/public", operation_id="greeter_public", public=True)
async def public(ctx: NamedDependency[Context]) -> dict[str, str]:
    return {"hello": str(ctx.tenant_id)}

class Greeter(Plugin):
    @hookimpl
    def register_routes(self):
        return [signed_in, public]

    @hookimpl
    def register_permissions(self):
        return [Permission(name="greeter.read", title="Read", roles=MEMBERS)]

plugin = Greeter()
"""


def run() -> list[Result]:
    """Load both routes of one server in turn."""
    with bench_site() as site:
        folder = write_plugin(site.home / "plugin")
        token, tenant_id = site.run(_prepare(site))
        site.run(_enable(site, tenant_id))
        with site.server(PYTHONPATH=folder, QUESTLINE_DEFAULT_TENANT="bench") as server:
            path = f"{server.url}/api/v1/p/{NAME}"
            ours, public = best_of(f"{path}/signed-in", f"{path}/public", token=token, both_signed_in=False)
    return [
        at_least(
            "requests of a person", ours.requests_per_second, "1/s", ratio=0.85, baseline=public.requests_per_second
        )
    ]


def write_plugin(folder: Path) -> Path:
    """Write the plugin as an installed distribution into a folder for PYTHONPATH."""
    package, info = folder / f"questline_{NAME}", folder / f"questline_{NAME}-1.0.0.dist-info"
    package.mkdir(parents=True)
    info.mkdir()
    (package / "__init__.py").touch()
    (package / "plugin.py").write_text(CODE)
    (package / "plugin.toml").write_text(f'id = "{NAME}"\ntitle = "Greeter"\n')
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: questline-{NAME}\nVersion: 1.0.0\nRequires-Dist: questline-sdk>=0.1,<0.2\n"
    )
    (info / "entry_points.txt").write_text(f"[questline.plugins.v1]\n{NAME} = questline_{NAME}.plugin:plugin\n")
    return folder


async def _prepare(site: BenchSite) -> tuple[str, UUID]:
    with quiet_host(site) as host:
        await migrate(site, host)
        async with host.running():
            tenant_id = await prepare(site, host)
            async with host.context(tenant_id) as ctx:
                user_id = await add_learner(ctx, 0)
            return token_for(host, tenant_id, user_id), tenant_id


async def _enable(site: BenchSite, tenant_id: UUID) -> None:
    with quiet_host(site) as host:
        async with host.database.session(tenant_id) as session:
            await session.execute(
                text("INSERT INTO core.tenant_plugin (plugin_id, enabled) VALUES (:name, true)"), {"name": NAME}
            )
        await host.database.close()
