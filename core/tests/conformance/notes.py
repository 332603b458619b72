"""A plugin with one of everything that keeps every promise; tests break one promise at a time."""

MODELS = """
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from questline_sdk.db import COLUMN_TYPES, TenantMixin, not_personal, personal, schema_metadata

class Base(DeclarativeBase):
    metadata = schema_metadata("notes")
    type_annotation_map = COLUMN_TYPES

class Note(TenantMixin, Base):
    __tablename__ = "note"
    user_id: Mapped[UUID]
    words: Mapped[str] = mapped_column(info=personal(category="content", purpose="shown to who wrote it"))
    stars: Mapped[int] = mapped_column(info=personal(category="content", purpose="sorts the notes"))

class Folder(TenantMixin, Base):
    __tablename__ = "folder"
    slug: Mapped[str]
"""
CODE = (
    MODELS
    + """
from typing import Annotated

import msgspec
from litestar import delete as delete_route, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from sqlalchemy.dialects.postgresql import insert

from questline_sdk import Context, Event, Job, NotFound, Permission, Plugin, PluginSettings, handles, hookimpl
from questline_sdk.events import CourseEnrolled
from questline_sdk.permissions import MEMBERS
from questline_sdk.settings import Secret

class Settings(PluginSettings):
    size: Annotated[int, msgspec.Meta(ge=1)] = 3
    api_key: Secret = ""

class Words(msgspec.Struct):
    words: str

class Args(msgspec.Struct):
    user_id: UUID

MEMORY = {}

@get("/{note_id:uuid}", operation_id="notes_get", permission="notes.write")
async def read(ctx: NamedDependency[Context], note_id: FromPath[UUID]) -> Words:
    note = await ctx.session.scalar(select(Note).where(Note.id == note_id))
    if note is None:
        raise NotFound("There is no such note.")
    return Words(words=note.words)

@post("/", operation_id="notes_create", permission="notes.write")
async def write(ctx: NamedDependency[Context], data: JSONBody[Words]) -> Words:
    ctx.session.add(Note(user_id=ctx.user.id, words=data.words, stars=1))
    return data

@delete_route("/{note_id:uuid}", operation_id="notes_delete", permission="notes.write")
async def remove(ctx: NamedDependency[Context], note_id: FromPath[UUID]) -> None:
    await ctx.session.execute(delete(Note).where(Note.id == note_id))

@get("/about", operation_id="notes_about", public=True)
async def about() -> Words:
    return Words(words="notes")

async def tidy(ctx: Context, args: Args) -> None:
    await ctx.session.execute(delete(Note).where(Note.user_id == args.user_id, Note.words == ""))

TIDY = Job(name="tidy", function=tidy, args=Args)

@handles(CourseEnrolled)
async def enrolled(ctx: Context, event: Event[CourseEnrolled]) -> None:
    ctx.session.add(Note(user_id=event.data.user_id, words=event.data.course_slug, stars=0))

class Notes(Plugin):
    @hookimpl
    def register_routes(self): return [read, write, remove, about]
    @hookimpl
    def register_permissions(self): return [Permission(name="notes.write", title="Write notes", roles=MEMBERS)]
    @hookimpl
    def register_settings(self): return Settings
    @hookimpl
    def register_jobs(self): return [TIDY]
    @hookimpl
    def register_event_handlers(self): return [enrolled]
    @hookimpl
    async def plugin_enabled(self, ctx):
        await ctx.session.execute(insert(Folder).values(slug="first").on_conflict_do_nothing())
    @hookimpl
    async def plugin_disabled(self, ctx):
        pass
    @hookimpl
    async def personal_data(self, ctx, user_id):
        notes = await ctx.session.scalars(select(Note).where(Note.user_id == user_id))
        return {"notes": [{"words": note.words, "stars": note.stars} for note in notes]}
    @hookimpl
    async def erase_personal_data(self, ctx, user_id):
        await ctx.session.execute(delete(Note).where(Note.user_id == user_id))

plugin = Notes()
"""
)
FIRST = """
import sqlalchemy as sa
from alembic import op
from questline_sdk.db import refs
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision, down_revision = "0001", None

def upgrade():
    create_schema("notes")
    create_tenant_table(
        "note",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        refs.user(),
        schema="notes",
    )

def downgrade():
    op.drop_table("note", schema="notes")
    drop_schema("notes")
"""
SECOND = """
import sqlalchemy as sa
from alembic import op
from questline_sdk.db.migrations import create_tenant_table

revision, down_revision = "0002", "0001"

def upgrade():
    op.add_column("note", sa.Column("stars", sa.Integer, nullable=False, server_default="0"), schema="notes")
    create_tenant_table(
        "folder",
        sa.Column("slug", sa.Text, nullable=False),
        sa.UniqueConstraint("tenant_id", "slug", name="uq_folder_tenant_id_slug"),
        schema="notes",
    )

def downgrade():
    op.drop_table("folder", schema="notes")
    op.drop_column("note", "stars", schema="notes")
"""
TOML = """
id = "notes"
title = "Notes"
schema_head = "0002"

[releases]
"1.0.0" = "0001"
"""
SCRIPT = """
import { definePlugin } from "@questline/ui-sdk";
import { jsx } from "react/jsx-runtime";
const Page = () => jsx("h1", { children: "Notes" });
export default definePlugin({}, { views: { Page } });
"""
BUILD = {
    "id": "notes",
    "version": "1.2.3",
    "sdk": ">=0.1,<0.2",
    "entry": "index-abc.js",
    "css": [],
    "imports": {"@questline/ui-sdk": ["definePlugin"], "react/jsx-runtime": ["jsx"]},
    "texts": {
        "en": {"title": [], "days_one": [], "days_other": ["count"]},
        "de": {"title": [], "days_other": ["count"]},
    },
    "contributions": {"routes": [{"path": "", "view": "Page", "title": {"en": "Notes", "de": "Notizen"}}]},
}
