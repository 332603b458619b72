"""Fills a new site with the demo: courses, people, and weeks of history made through the real API on a moved clock."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from questline_cli.demo.history import History
from questline_cli.demo.people import LOGINS, PASSWORD, learners
from questline_core.app import create_app
from questline_core.auth.accounts import create_user, user_by_email
from questline_core.content.importer import available_block_types, import_course, load_course
from questline_core.db.engine import make_engine
from questline_core.host import Host
from questline_core.observability.logging import configure_logging
from questline_core.packs.loader import installed_packs
from questline_core.packs.service import enable_pack
from questline_core.plugins.service import set_enabled
from questline_core.settings import Settings, SettingsError
from questline_core.tenancy.schemas import TenantInfo
from questline_core.tenancy.service import create_tenant
from questline_sdk import NotFound

__all__ = ["DEMO_TENANT", "LOGINS", "seed_demo"]

DEMO_TENANT = "demo"
DEMO_NAME = "Brightside Academy"
DEMO_PACKS = ("gamification", "ai-marketing")
MARKER = "demo-seeded"
Step = Callable[[str, int | None, int | None], None]


async def seed_demo(settings: Settings, step: Step) -> None:
    """Make the demo once; a run that was cut short is taken up where it stopped."""
    marker = settings.home_path / MARKER
    if marker.exists():
        return
    configure_logging(msgspec.structs.replace(settings, log_level="error", log_format="console"))
    host = Host(settings)
    app = create_app(settings, host=host)
    async with host.running():
        tenant = await _tenant(host, settings)
        for folder in course_folders():
            step(f"Importing {folder.name}", None, None)
            await _import(host, tenant, folder)
        step("Creating people", None, None)
        await _people(host, tenant)
        await History(app, host, tenant, learners()).make(lambda done, total: step("Making history", done, total))
    marker.touch()


def course_folders() -> list[Path]:
    """The demo courses of the checkout, or those shipped with the command line."""
    here = Path(__file__).resolve()
    for base in (here.parents[4] / "courses", here.parent / "courses"):
        found = sorted(path.parent for path in base.glob("*/course.yaml"))
        if found:
            return found
    raise SettingsError("the demo courses are not installed; run the demo from a checkout")


async def _tenant(host: Host, settings: Settings) -> TenantInfo:
    engine = make_engine(settings.require("owner_database_url"), pool_size=1)
    try:
        tenant = await create_tenant(engine, slug=DEMO_TENANT, name=DEMO_NAME)
    finally:
        await engine.dispose()
    host.tenants.forget()
    async with host.context(tenant.id) as ctx:
        for pack_id in DEMO_PACKS:
            if installed_packs().find(pack_id) is not None:
                await enable_pack(ctx, pack_id)
        for record in host.registry.active:
            if record.manifest.scope == "tenant":
                await set_enabled(ctx, record.id, enabled=True)
    return tenant


async def _import(host: Host, tenant: TenantInfo, folder: Path) -> None:
    source, problems = load_course(folder, await available_block_types(host, tenant.id))
    errors = [problem for problem in problems if problem.severity == "error"]
    if source is None or errors:
        raise SettingsError(f"{folder}: {errors[0] if errors else 'cannot be read'}")
    async with host.context(tenant.id) as ctx:
        await import_course(ctx, host, source)


async def _people(host: Host, tenant: TenantInfo) -> None:
    now = dt.datetime.now(dt.UTC)
    staff = [login for login in LOGINS if login.role != "learner"]
    for login in staff:
        await _person(host, tenant, login.email, login.name, login.role, login.time_zone, now - dt.timedelta(days=60))
    for learner in learners():
        joined = now - dt.timedelta(days=learner.started + 1)
        await _person(host, tenant, learner.email, learner.name, "learner", learner.time_zone, joined)


async def _person(
    host: Host, tenant: TenantInfo, email: str, name: str, role: str, time_zone: str, joined: dt.datetime
) -> None:
    async with host.context(tenant.id) as ctx:
        try:
            await user_by_email(ctx, email)
        except NotFound:
            details: dict[str, Any] = {"role": role, "time_zone": time_zone, "created_at": joined}
            await create_user(ctx, email=email, display_name=name, password=PASSWORD, **details)
