"""A plugin that comes and goes: two versions as wheels, made by hand, and generations of them put into the database."""

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from questline_core.db.migrate import Owner, migrate
from questline_core.testing.wheels import write_wheel

PLUGIN = """
import asyncio
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy import text

from questline_sdk import Context, Event, Job, Permission, Plugin, handles, hookimpl
from questline_sdk.events import LessonCompleted
from questline_sdk.permissions import MEMBERS
{before}

class Thank(msgspec.Struct):
    id: UUID
    patient: bool = False

async def say_thanks(ctx: Context, args: Thank) -> None:
    if args.patient:
        await ctx.redis.set(ctx.redis_key("kudos", "begun"), 1)
        while not await ctx.redis.exists(ctx.redis_key("kudos", "go on")):
            await asyncio.sleep(0.02)
    await ctx.session.execute(text("INSERT INTO kudos.thanks (thank_id) VALUES (:id)"), {{"id": args.id}})

THANK = Job(name="thank", function=say_thanks, args=Thank)

@handles(LessonCompleted)
async def applaud(ctx: Context, event: Event[LessonCompleted]) -> None:
    await ctx.session.execute(text("INSERT INTO kudos.applause (event_id) VALUES (:id)"), {{"id": event.id}})

@get("/version", operation_id="kudos_version", permission="kudos.read")
async def version() -> dict[str, str]:
    return {{"version": "{version}"}}

@post("/thanks", operation_id="kudos_thank", permission="kudos.read", status_code=202)
async def thank(ctx: NamedDependency[Context], data: JSONBody[Thank]) -> None:
    await ctx.enqueue(THANK, data)

class Kudos(Plugin):
    @hookimpl
    def register_routes(self):
        return [version, thank]

    @hookimpl
    def register_permissions(self):
        return [Permission(name="kudos.read", title="Give kudos", roles=MEMBERS)]

    @hookimpl
    def register_jobs(self):
        return [THANK]

    @hookimpl
    def register_event_handlers(self):
        return [applaud]

plugin = Kudos()
"""
PAGES = '{"id": "kudos", "version": "VERSION", "sdk": ">=0.1,<0.2", "entry": "index-VERSION.js"}'
FIRST = """
import sqlalchemy as sa
from alembic import op
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision = "0001"
down_revision = None

def upgrade() -> None:
    create_schema("kudos")
    create_tenant_table("applause", sa.Column("event_id", sa.Uuid, nullable=False), schema="kudos")
    create_tenant_table("thanks", sa.Column("thank_id", sa.Uuid, nullable=False), schema="kudos")

def downgrade() -> None:
    op.drop_table("thanks", schema="kudos")
    op.drop_table("applause", schema="kudos")
    drop_schema("kudos")
"""
SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

def upgrade() -> None:
    op.add_column("applause", sa.Column("note", sa.Text), schema="kudos")

def downgrade() -> None:
    op.drop_column("applause", "note", schema="kudos")
"""


def write_kudos(folder: Path, version: str, *, before: str = "") -> Path:
    """A wheel of kudos; `before` is code that runs when the plugin is imported."""
    migrations = {"0001_first.py": FIRST} | ({"0002_note.py": SECOND} if version != "1.0.0" else {})
    files = {
        "plugin.py": PLUGIN.format(version=version, before=before),
        "plugin.toml": 'id = "kudos"\ntitle = "Kudos"\nsummary = "Thanks and applause."\n',
        "ui_dist/plugin.json": PAGES.replace("VERSION", version),
        f"ui_dist/index-{version}.js": "export default { views: {} };\n",
        **{f"migrations/versions/{name}": text for name, text in migrations.items()},
    }
    return write_wheel(folder, "kudos", version, files)


class Generations:
    """Puts generations into a site's database, as the CLI does at the end of its checks."""

    def __init__(self, site: Any) -> None:
        self._site = site

    async def add(self, *wheels: Path) -> int:
        """A generation of these wheels; returns its number."""
        connection = await asyncpg.connect(self._site.services.owner_database_url)
        try:
            plan = []
            for path in wheels:
                content = path.read_bytes()
                sha256 = hashlib.sha256(content).hexdigest()
                name, version, *_ = path.name.split("-")
                wheel = {"name": name, "version": version, "sha256": sha256, "filename": path.name}
                plan.append(wheel | {"plugin_ids": ["kudos"]})
                await connection.execute(
                    "INSERT INTO core.wheel VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", sha256, path.name, content
                )
            return int(
                await connection.fetchval(
                    "INSERT INTO core.generation (plan, state) VALUES ($1, 'ready') RETURNING number",
                    msgspec.json.encode(plan).decode(),
                )
            )
        finally:
            await connection.close()

    async def migrate(self, wheel: Path, folder: Path) -> None:
        """Bring the schema to what a wheel needs."""
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
        await migrate(self._site.owner_engine, Owner(schema="kudos", scripts=folder / "questline_kudos" / "migrations"))

    async def want(self, number: int) -> None:
        """Let every node switch to a generation."""
        connection = await asyncpg.connect(self._site.services.owner_database_url)
        try:
            async with connection.transaction():
                await connection.execute("UPDATE core.wanted SET generation = $1, changed_at = now()", number)
                await connection.execute("SELECT pg_notify('questline_changed', 'generation')")
        finally:
            await connection.close()

    async def nodes(self) -> list[Any]:
        """What the nodes say about themselves."""
        connection = await asyncpg.connect(self._site.services.owner_database_url)
        try:
            return await connection.fetch("SELECT id, role, generation, state, reason FROM core.node ORDER BY id")
        finally:
            await connection.close()

    async def all_run(self, number: int, count: int) -> bool:
        """Whether so many nodes run a generation, and none another."""
        nodes = await self.nodes()
        return len(nodes) == count and all((node["generation"], node["state"]) == (number, "running") for node in nodes)
