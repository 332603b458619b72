"""The courses in which somebody may do something, by one statement however many there are."""

from uuid import UUID

from sqlalchemy import Integer, Text, Uuid, bindparam, func, or_, select, tuple_

from questline_core.access.reach import reach_of, within
from questline_core.access.schemas import CourseName
from questline_core.content.models import Course, CourseVersion
from questline_core.content.queries import current_version
from questline_core.context import HostContext
from questline_sdk import Page
from questline_sdk.db import hot
from questline_sdk.pages import decode_cursor, paginate

SEARCH = bindparam("search", type_=Text())
TITLE = func.coalesce(CourseVersion.title, Course.slug)
AFTER_TITLE, AFTER_ID = bindparam("after_title", type_=Text()), bindparam("after_id", type_=Uuid())

COURSES = hot(
    select(Course.id, Course.slug, TITLE.label("title"))
    .outerjoin(CourseVersion, current_version())
    .where(
        within(Course.id, "there", bindparam("subject_id", type_=Uuid())),
        or_(SEARCH.is_(None), func.strpos(func.lower(TITLE), SEARCH) > 0),
        or_(AFTER_TITLE.is_(None), tuple_(TITLE, Course.id) > tuple_(AFTER_TITLE, AFTER_ID)),
    )
    .order_by(TITLE, Course.id)
    .limit(bindparam("limit", type_=Integer())),
    CourseName,
)


async def courses_to(
    ctx: HostContext, permission: str, *, search: str | None, cursor: str | None, limit: int
) -> Page[CourseName]:
    """The courses in which the acting user holds a permission, by title."""
    after_title, after_id = decode_cursor(cursor, tuple[str, UUID]) if cursor else (None, None)
    reach = await reach_of(ctx, permission)
    rows = await ctx.fetch(
        COURSES,
        subject_id=ctx.user.id,
        search=(search or "").strip().lower() or None,
        after_title=after_title,
        after_id=after_id,
        limit=limit + 1,
        **reach.parameters("there"),
    )
    return paginate(rows, limit, lambda course: (course.title, course.id))
