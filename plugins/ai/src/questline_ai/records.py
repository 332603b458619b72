"""Records of calls: read, rated, and cleared of their texts in time."""

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import func, or_, select, update

from questline_ai.models import Call
from questline_ai.settings import AISettings
from questline_sdk import Context, NotFound, Page
from questline_sdk.pages import decode_cursor, paginate


class CallView(msgspec.Struct, frozen=True, kw_only=True):
    """A call as admins see it; prompt and answer where the tenant keeps them."""

    id: UUID
    request_id: UUID
    user_id: UUID | None
    course_id: UUID | None
    placement: str
    template: str
    template_version: str
    provider: str
    model: str
    status: str
    error: str | None
    currency: str
    cost_micros: int
    reserved_micros: int
    input_tokens: int
    output_tokens: int
    tries: int
    first_token_ms: int | None
    duration_ms: int | None
    prompt: str | None
    answer: str | None
    rating: int | None
    started_at: dt.datetime


async def list_calls(ctx: Context, cursor: str | None, limit: int) -> Page[CallView]:
    """Calls, newest first."""
    columns = [getattr(Call, name) for name in CallView.__struct_fields__]
    statement = select(*columns).order_by(Call.started_at.desc(), Call.id.desc()).limit(limit + 1)
    if cursor:
        before = decode_cursor(cursor, tuple[dt.datetime, UUID])
        statement = statement.where(func.row(Call.started_at, Call.id) < func.row(*before))
    rows = [CallView(**row) for row in (await ctx.session.execute(statement)).mappings()]
    return paginate(rows, limit, lambda each: (each.started_at, each.id))


async def rate(ctx: Context, call_id: UUID, user_id: UUID, *, helped: bool) -> None:
    """Note whether an answer helped the person who asked for it."""
    done = await ctx.session.execute(
        update(Call).where(Call.id == call_id, Call.user_id == user_id).values(rating=int(helped)).returning(Call.id)
    )
    if done.first() is None:
        raise NotFound("There is no such answer of yours.")


async def clear_texts(ctx: Context) -> None:
    """Remove prompts and answers whose time is over; what they cost stays."""
    settings = await ctx.settings(AISettings)
    border = ctx.now - dt.timedelta(days=settings.record_days)
    await ctx.session.execute(
        update(Call)
        .where(Call.started_at < border, or_(Call.prompt.is_not(None), Call.answer.is_not(None)))
        .values(prompt=None, answer=None)
    )
