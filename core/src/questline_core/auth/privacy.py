"""A user's personal data, from core and from every plugin: all of it handed out, or all of it removed."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from questline_core.auth.accounts import delete_user, get_user
from questline_core.auth.models import AuthSession
from questline_core.content.models import Course, Enrolment, LessonProgress
from questline_core.context import HostContext

HIDDEN = {"password_hash", "tenant_id"}


async def export_user(ctx: HostContext, user_id: UUID) -> dict[str, Any]:
    """Everything that is kept of a user, by who keeps it; raises `NotFound`, and whatever a plugin's hook raises."""
    account = await get_user(ctx, user_id)
    enabled = await ctx.host.enablement.of(ctx.tenant_id)
    plugins = await ctx.host.dispatcher.gather("personal_data", enabled, ctx=ctx, user_id=user_id)
    return {"core": await _core_data(ctx, user_id) | {"account": _row(account)}, "plugins": plugins}


async def erase_user(ctx: HostContext, user_id: UUID) -> None:
    """Remove a user: plugins first, then the account with everything that refers to it, all or nothing."""
    await get_user(ctx, user_id)
    enabled = await ctx.host.enablement.of(ctx.tenant_id)
    await ctx.host.dispatcher.gather("erase_personal_data", enabled, ctx=ctx, user_id=user_id)
    await delete_user(ctx, user_id)


async def _core_data(ctx: HostContext, user_id: UUID) -> dict[str, Any]:
    courses = await ctx.session.execute(
        select(Course.slug, Enrolment.enrolled_at, Enrolment.completed_at)
        .join(Enrolment, Enrolment.course_id == Course.id)
        .where(Enrolment.user_id == user_id)
    )
    lessons = await ctx.session.scalars(select(LessonProgress).where(LessonProgress.user_id == user_id))
    sessions = await ctx.session.scalars(select(AuthSession).where(AuthSession.user_id == user_id))
    return {
        "enrolments": [dict(row._mapping) for row in courses],
        "lessons": [_row(each) for each in lessons],
        "sessions": [_row(each) for each in sessions],
    }


def _row(record: Any) -> dict[str, Any]:
    columns = [column.key for column in record.__table__.columns]
    return {name: getattr(record, name) for name in columns if name not in HIDDEN}
