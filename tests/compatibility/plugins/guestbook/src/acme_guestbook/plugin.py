"""The guestbook: a bit of nearly everything that the SDK's first release offered."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from sqlalchemy import Uuid, bindparam, delete, select

from acme_guestbook.models import Entry
from questline_sdk import (
    Context,
    Event,
    EventData,
    EventHandler,
    Job,
    Permission,
    Plugin,
    PluginSettings,
    Schedule,
    handles,
    hookimpl,
)
from questline_sdk.blocks import Block, BlockPlace, BlockType
from questline_sdk.db import hot
from questline_sdk.events import UserSignedUp
from questline_sdk.hooks import Veto
from questline_sdk.permissions import MEMBERS
from questline_sdk.services import Service, UserDirectory


class GuestbookSettings(PluginSettings, frozen=True, kw_only=True):
    """What a tenant may set."""

    welcome: Annotated[str, msgspec.Meta(min_length=1, title="Welcome")] = "Welcome!"


class EntryWritten(EventData, frozen=True, kw_only=True):
    """Somebody wrote into the guestbook."""

    event_type = "guestbook.entry.written.v1"
    user_id: UUID


class NewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry to write."""

    text: Annotated[str, msgspec.Meta(min_length=1)]


class EntryView(msgspec.Struct, frozen=True, kw_only=True):
    """An entry with its author's name."""

    name: str
    text: str


class EntryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the hot read."""

    text: str


class Forget(msgspec.Struct, frozen=True, kw_only=True):
    """Arguments of the job."""

    days: int = 3650


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The block, as written and as shown."""

    text: str


OWN = hot(
    select(Entry.text).where(Entry.user_id == bindparam("user_id", type_=Uuid)).order_by(Entry.written_at), EntryRow
)


@get("/entries", operation_id="guestbook_list_entries", permission="guestbook.read")
async def list_entries(ctx: NamedDependency[Context]) -> list[EntryView]:
    """Every entry, oldest first."""
    rows = (await ctx.session.execute(select(Entry.user_id, Entry.text).order_by(Entry.written_at))).all()
    cards = await ctx.service(UserDirectory).cards({row.user_id for row in rows})
    return [EntryView(name=cards[row.user_id].display_name, text=row.text) for row in rows]


@get("/entries/mine", operation_id="guestbook_list_own_entries", permission="guestbook.read")
async def list_own(ctx: NamedDependency[Context]) -> list[str]:
    """The signed-in user's entries."""
    return [row.text for row in await ctx.fetch(OWN, user_id=ctx.user.id)]


@post("/entries", operation_id="guestbook_write_entry", permission="guestbook.read")
async def write_entry(ctx: NamedDependency[Context], data: JSONBody[NewEntry]) -> None:
    """Write an entry."""
    ctx.session.add(Entry(user_id=ctx.user.id, text=data.text, written_at=ctx.now))
    await ctx.publish(EntryWritten(user_id=ctx.user.id))
    await ctx.enqueue(FORGET, Forget())


@handles(UserSignedUp)
async def welcome(ctx: Context, event: Event[UserSignedUp]) -> None:
    """Write the first entry for somebody new."""
    settings = await ctx.settings(GuestbookSettings)
    ctx.session.add(Entry(user_id=event.data.user_id, text=settings.welcome, written_at=event.occurred_at))


async def forget(ctx: Context, args: Forget) -> None:
    """Remove what is very old."""
    await ctx.session.execute(delete(Entry).where(Entry.written_at < ctx.now - dt.timedelta(days=args.days)))


async def publish_card(ctx: Context, place: BlockPlace, authored: Card) -> Card:
    """The card with its Markdown rendered."""
    return Card(text=place.render_markdown(authored.text))


FORGET = Job(name="forget", function=forget, args=Forget)


class Guestbook(Plugin):
    """What the guestbook contributes."""

    event_types = (EntryWritten,)

    @hookimpl
    def register_routes(self) -> Sequence[Any]:
        """The API."""
        return [list_entries, list_own, write_entry]

    @hookimpl
    def register_permissions(self) -> Sequence[Permission]:
        """Members read and write."""
        return [Permission(name="guestbook.read", title="Read and write", roles=MEMBERS)]

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """The welcome."""
        return GuestbookSettings

    @hookimpl
    def register_event_handlers(self) -> Sequence[EventHandler]:
        """The welcome of somebody new."""
        return [welcome]

    @hookimpl
    def register_jobs(self) -> Sequence[Job]:
        """Forgetting."""
        return [FORGET]

    @hookimpl
    def register_schedules(self) -> Sequence[Schedule]:
        """Forgetting every night."""
        return [Schedule(cron="0 3 * * *", job=FORGET, args=Forget())]

    @hookimpl
    def register_block_types(self) -> Sequence[BlockType]:
        """A card for lessons."""
        return [BlockType(name="guestbook.card", authored=Card, publish=publish_card)]

    @hookimpl
    def register_services(self) -> Sequence[Service]:
        """None yet."""
        return []

    @hookimpl
    async def check_enrolment(self, ctx: Context, user_id: UUID, course_id: UUID) -> Veto | None:
        """Everybody may enrol."""
        return None

    @hookimpl
    async def transform_block(self, ctx: Context, block: Block) -> Block:
        """Every block stays as it is."""
        return block

    @hookimpl
    async def personal_data(self, ctx: Context, user_id: UUID) -> Mapping[str, Any]:
        """A user's entries."""
        return {"entries": list(await ctx.session.scalars(select(Entry.text).where(Entry.user_id == user_id)))}

    @hookimpl
    async def erase_personal_data(self, ctx: Context, user_id: UUID) -> None:
        """Remove a user's entries."""
        await ctx.session.execute(delete(Entry).where(Entry.user_id == user_id))


plugin = Guestbook()
