"""The API of courses, lessons and progress."""

from typing import Annotated
from uuid import UUID

from litestar import Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from questline_core.content import dashboard, pages, service
from questline_core.content.schemas import (
    Course,
    CourseCard,
    Dashboard,
    Enrolled,
    Lesson,
    LessonCompletion,
    SavePosition,
)
from questline_core.context import HostContext
from questline_core.host import Host
from questline_sdk import Page
from questline_sdk.pages import DEFAULT_LIMIT, MAX_LIMIT

READ = "content.course.read"
TAKE = "content.course.take"

Search = Annotated[str | None, QueryParameter(max_length=200, description="Words from title, summary or tags.")]
Tag = Annotated[str | None, QueryParameter(max_length=100, description="A tag as the courses carry it.")]
Cursor = Annotated[str | None, QueryParameter(max_length=1000, description="`next_cursor` of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT, description="Courses on a page.")]


@get("/catalogue", operation_id="list_catalogue", permission=READ, scoped=True)
async def list_catalogue(
    ctx: NamedDependency[HostContext],
    search: Search = None,
    tag: Tag = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[CourseCard]:
    """The published courses by title."""
    return await pages.list_catalogue(ctx, search=search, tag=tag, cursor=cursor, limit=limit)


@get("/courses/{slug:str}", operation_id="get_course", permission=READ, scoped=True)
async def get_course(ctx: NamedDependency[HostContext], slug: FromPath[str]) -> Course:
    """A course with its outline and the reader's progress."""
    return await pages.get_course(ctx, slug)


@post("/courses/{course_id:uuid}/enrolment", operation_id="enrol", permission=TAKE)
async def enrol(ctx: NamedDependency[HostContext], host: NamedDependency[Host], course_id: FromPath[UUID]) -> Enrolled:
    """Enrol in a course; the same again changes nothing."""
    return await service.enrol(ctx, host, ctx.user.id, course_id)


@delete("/courses/{course_id:uuid}/enrolment", operation_id="unenrol", permission=TAKE)
async def unenrol(ctx: NamedDependency[HostContext], course_id: FromPath[UUID]) -> None:
    """Leave a course; what was completed is kept for a return."""
    await service.unenrol(ctx, ctx.user.id, course_id)


@get("/lessons/{lesson_id:uuid}", operation_id="get_lesson", permission=READ, scoped=True)
async def get_lesson(
    ctx: NamedDependency[HostContext], host: NamedDependency[Host], lesson_id: FromPath[UUID]
) -> Lesson:
    """A lesson with its blocks, for those enrolled and those who manage courses."""
    return await pages.get_lesson(ctx, host, lesson_id)


@post("/lessons/{lesson_id:uuid}/completion", operation_id="complete_lesson", permission=TAKE, status_code=200)
async def complete_lesson(
    ctx: NamedDependency[HostContext], host: NamedDependency[Host], lesson_id: FromPath[UUID]
) -> LessonCompletion:
    """Complete a lesson; the same again changes nothing."""
    return await service.complete_lesson(ctx, host, ctx.user.id, lesson_id)


@put("/lessons/{lesson_id:uuid}/position", operation_id="save_position", permission=TAKE, status_code=204)
async def save_position(
    ctx: NamedDependency[HostContext], lesson_id: FromPath[UUID], data: JSONBody[SavePosition]
) -> None:
    """Save the block the reader has reached."""
    await service.save_position(ctx, ctx.user.id, lesson_id, data.block_id)


@get("/dashboard", operation_id="get_dashboard", permission=READ)
async def get_dashboard(ctx: NamedDependency[HostContext]) -> Dashboard:
    """The reader's courses, totals, activity of the last 84 days and streak."""
    return await dashboard.get_dashboard(ctx)


router = Router(
    "/api/v1",
    route_handlers=[
        list_catalogue,
        get_course,
        enrol,
        unenrol,
        get_lesson,
        complete_lesson,
        save_position,
        get_dashboard,
    ],
    tags=["content"],
)
