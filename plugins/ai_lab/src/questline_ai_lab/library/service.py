"""Keeping prompts, finding them, sharing them and voting for them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from questline_ai_lab.library.schemas import PromptInput, PromptView, Shelf, Sort, TagCount
from questline_ai_lab.models import LibraryPrompt, Vote
from questline_sdk import Conflict, Context, Invalid, NotFound, Page
from questline_sdk.pages import decode_cursor, paginate
from questline_sdk.services import UserDirectory

MOST_KEPT = 500
"""Prompts of one person."""
TAGS_SHOWN = 30

_OF_PROMPT = (Vote.tenant_id == LibraryPrompt.tenant_id, Vote.prompt_id == LibraryPrompt.id)
_VOTES = select(func.count()).select_from(Vote).where(*_OF_PROMPT).scalar_subquery()


async def find(
    ctx: Context, shelf: Shelf, *, words: str = "", tag: str = "", sort: Sort = "newest", cursor: str | None, limit: int
) -> Page[PromptView]:
    """A page of the user's own prompts or of those shared; raises `Invalid` for a cursor of another list."""
    statement = _prompts(ctx).where(_on(ctx, shelf))
    if words.strip():
        statement = statement.where(
            or_(*(each.icontains(words.strip(), autoescape=True) for each in (LibraryPrompt.title, LibraryPrompt.text)))
        )
    if tag:
        statement = statement.where(LibraryPrompt.tags.contains([_tag(tag)]))
    order: tuple[Any, ...] = (LibraryPrompt.created_at, LibraryPrompt.id)
    if sort == "votes":
        order = (_VOTES, *order)
    if cursor:
        last: Any = tuple[int, dt.datetime, UUID] if sort == "votes" else tuple[dt.datetime, UUID]
        statement = statement.where(func.row(*order) < func.row(*decode_cursor(cursor, last)))
    statement = statement.order_by(*(each.desc() for each in order)).limit(limit + 1)
    rows = (await ctx.session.execute(statement)).all()
    page = paginate(
        rows, limit, lambda row: (*([row.votes] if sort == "votes" else []), row[0].created_at, row[0].id)
    )  # fmt: skip
    return Page(items=await _views(ctx, page.items), next_cursor=page.next_cursor)


async def tags(ctx: Context, shelf: Shelf) -> list[TagCount]:
    """The tags of a shelf, the most used first."""
    each = func.jsonb_array_elements_text(LibraryPrompt.tags).table_valued("value").render_derived("tag")
    count = func.count().label("prompts")
    statement = (
        select(each.c.value, count)
        .select_from(LibraryPrompt)
        .join(each, LibraryPrompt.id.is_not(None))
        .where(_on(ctx, shelf))
        .group_by(each.c.value)
        .order_by(count.desc(), each.c.value)
        .limit(TAGS_SHOWN)
    )
    return [TagCount(tag=tag, prompts=prompts) for tag, prompts in await ctx.session.execute(statement)]


async def add(ctx: Context, data: PromptInput) -> PromptView:
    """Keep a prompt; raises `Invalid`, or `Conflict` where the user keeps as many as there may be."""
    values = _values(data)
    kept = select(func.count()).select_from(LibraryPrompt).where(LibraryPrompt.user_id == ctx.user.id)
    if (await ctx.session.scalars(kept)).one() >= MOST_KEPT:
        raise Conflict(f"You keep {MOST_KEPT} prompts, the most there may be. Remove one first.", code="library_full")
    added = insert(LibraryPrompt).values(user_id=ctx.user.id, created_at=ctx.now, **values).returning(LibraryPrompt.id)
    return await read(ctx, (await ctx.session.scalars(added)).one())


async def change(ctx: Context, prompt_id: UUID, data: PromptInput) -> PromptView:
    """Change a prompt of the user's own. Raises `NotFound` or `Invalid`."""
    values = _values(data)
    found = await _own(ctx, prompt_id)
    for name, value in values.items():
        setattr(found, name, value)
    await ctx.session.flush()
    return await read(ctx, prompt_id)


async def remove(ctx: Context, prompt_id: UUID) -> None:
    """Remove a prompt of the user's own with its votes. Raises `NotFound`."""
    await ctx.session.delete(await _own(ctx, prompt_id))
    await ctx.session.flush()


async def vote(ctx: Context, prompt_id: UUID, *, useful: bool) -> PromptView:
    """Vote for a shared prompt, or take the vote back; the same again changes nothing.

    Raises `NotFound` where it is not shared, and `Conflict` for the user's own.
    """
    found = await read(ctx, prompt_id)
    if found.mine:
        raise Conflict("Others vote for your prompts; you cannot.", code="own_prompt")
    if useful:
        added = insert(Vote).values(prompt_id=prompt_id, user_id=ctx.user.id)
        await ctx.session.execute(added.on_conflict_do_nothing())
    else:
        mine = (Vote.prompt_id == prompt_id, Vote.user_id == ctx.user.id)
        await ctx.session.execute(delete(Vote).where(*mine).execution_options(synchronize_session=False))
    return await read(ctx, prompt_id)


async def unshare(ctx: Context, prompt_id: UUID) -> None:
    """Take anybody's prompt out of the shared library; its writer keeps it. Raises `NotFound`."""
    found = await ctx.session.scalar(
        select(LibraryPrompt).where(LibraryPrompt.id == prompt_id, LibraryPrompt.shared).with_for_update()
    )
    if found is None:
        raise NotFound("There is no such shared prompt.")
    found.shared = False
    await ctx.session.flush()
    await ctx.audit("ai_lab.prompt.unshared", subject=("library_prompt", prompt_id), before={"title": found.title})


async def read(ctx: Context, prompt_id: UUID) -> PromptView:
    """A prompt that is the user's own or shared. Raises `NotFound`."""
    visible = or_(_on(ctx, "mine"), _on(ctx, "shared"))
    rows = (await ctx.session.execute(_prompts(ctx).where(LibraryPrompt.id == prompt_id, visible))).all()
    if not rows:
        raise NotFound("There is no such prompt.")
    [view] = await _views(ctx, rows)
    return view


def _prompts(ctx: Context) -> Select[*tuple[Any, ...]]:
    voted = exists().where(*_OF_PROMPT, Vote.user_id == ctx.user.id)
    return select(LibraryPrompt, _VOTES.label("votes"), voted.label("voted"))


def _on(ctx: Context, shelf: Shelf) -> ColumnElement[bool]:
    return LibraryPrompt.user_id == ctx.user.id if shelf == "mine" else LibraryPrompt.shared.is_(True)


async def _own(ctx: Context, prompt_id: UUID) -> LibraryPrompt:
    mine = select(LibraryPrompt).where(LibraryPrompt.id == prompt_id, LibraryPrompt.user_id == ctx.user.id)
    found = await ctx.session.scalar(mine.with_for_update())
    if found is None:
        raise NotFound("You keep no such prompt.")
    return found


def _values(data: PromptInput) -> dict[str, Any]:
    for field in ("title", "text"):
        value = getattr(data, field)
        if not value.strip() or "\0" in value:
            raise Invalid.field(field, "must be a text that can be read")
    if any(not each.strip() or "\0" in each for each in data.tags):
        raise Invalid.field("tags", "must be words that can be read")
    return {
        "title": data.title.strip(),
        "text": data.text,
        "tags": list(dict.fromkeys(_tag(each) for each in data.tags)),
        "shared": data.shared,
    }


def _tag(text: str) -> str:
    return " ".join(text.split()).lower()


async def _views(ctx: Context, rows: Sequence[Any]) -> list[PromptView]:
    cards = await ctx.service(UserDirectory).cards({row.user_id for row, _, _ in rows})
    names = ("id", "title", "text", "tags", "shared", "created_at")
    return [
        PromptView(
            **{name: getattr(row, name) for name in names},
            mine=row.user_id == ctx.user.id,
            author=cards[row.user_id].display_name if row.user_id in cards else "",
            votes=votes,
            voted=voted,
        )
        for row, votes, voted in rows
    ]
