"""The pages learners read: catalogue, course and lesson."""

from uuid import UUID

from questline_core.access.reach import reach_of
from questline_core.content.queries import CATALOGUE, COURSE, LESSON, CourseRow, OutlineModule
from questline_core.content.schemas import (
    Course,
    CourseCard,
    CourseModule,
    CourseReference,
    Enrolment,
    Lesson,
    LessonCard,
    LessonStatus,
    ModuleReference,
)
from questline_core.context import HostContext
from questline_core.host import Host
from questline_sdk import Context, Forbidden, Invalid, NotFound, Page
from questline_sdk.blocks import Block
from questline_sdk.pages import decode_cursor, paginate

READ = "content.course.read"
MANAGE = "content.course.manage"


async def list_catalogue(
    ctx: HostContext, *, search: str | None, tag: str | None, cursor: str | None, limit: int
) -> Page[CourseCard]:
    """The tenant's published courses by title."""
    after_title, after_id = decode_cursor(cursor, tuple[str, UUID]) if cursor else (None, None)
    for field, value in (("search", search), ("tag", tag), ("cursor", after_title)):
        if value and "\0" in value:
            raise Invalid.field(field, "must not contain a NUL character")
    rows = await ctx.fetch(
        CATALOGUE,
        user_id=ctx.user.id,
        search=like_pattern(search),
        tag=tag or None,
        after_title=after_title,
        after_id=after_id,
        limit=limit + 1,
        **(await reach_of(ctx, READ)).parameters("read"),
    )
    return paginate(rows, limit, lambda card: (card.title, card.id))


def like_pattern(search: str | None) -> str | None:
    """A LIKE pattern that finds the words as they are written, in any case; None for no words."""
    words = (search or "").strip().lower()
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%" if words else None


async def get_course(ctx: HostContext, slug: str) -> Course:
    """A course with its outline and the user's progress; raises `NotFound`."""
    reach = (await reach_of(ctx, READ)).parameters("read")
    row = await ctx.fetch_one(COURSE, user_id=ctx.user.id, slug=slug.replace("\0", "?"), **reach)  # no slug has either
    if row is None:
        raise NotFound(f"There is no course {slug!r}.")
    progress = row.progress or {}
    return Course(
        id=row.id,
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        description_html=row.description_html,
        cover_url=row.cover_url,
        level=row.level,
        language=row.language,
        tags=row.tags,
        minutes=row.minutes,
        objectives=row.objectives,
        enrolment=_enrolment(row),
        modules=[_module(module, progress) for module in row.outline],
    )


def _enrolment(row: CourseRow) -> Enrolment | None:
    if row.enrolled_at is None:
        return None
    return Enrolment(
        enrolled_at=row.enrolled_at,
        completed_at=row.completed_at,
        percent=row.percent or 0,
        resume_lesson_id=row.resume_lesson_id,
    )


def _module(module: OutlineModule, progress: dict[UUID, LessonStatus]) -> CourseModule:
    lessons = [
        LessonCard(
            id=lesson.id,
            slug=lesson.slug,
            title=lesson.title,
            kind=lesson.kind,
            minutes=lesson.minutes,
            status=progress.get(lesson.id, "new"),
        )
        for lesson in module.lessons
    ]
    return CourseModule(id=module.id, title=module.title, summary=module.summary, lessons=lessons)


async def get_lesson(ctx: HostContext, host: Host, lesson_id: UUID) -> Lesson:
    """A lesson of a course the user takes or manages; raises `NotFound`, or `Forbidden` for those not enrolled."""
    reach = (await reach_of(ctx, READ)).parameters("read") | (await reach_of(ctx, MANAGE)).parameters("manage")
    row = await ctx.fetch_one(LESSON, user_id=ctx.user.id, lesson_id=lesson_id, **reach)
    if row is None:
        raise NotFound("There is no such lesson in its course now.")
    if not row.enrolled and not row.manages:
        raise Forbidden("Enrol in the course to read its lessons.", code="not_enrolled")
    return Lesson(
        id=row.id,
        slug=row.slug,
        title=row.title,
        kind=row.kind,
        minutes=row.minutes,
        objectives=row.objectives,
        course=CourseReference(id=row.course_id, slug=row.course_slug, title=row.course_title),
        module=ModuleReference(id=row.module_id, title=row.module_title),
        position=row.position,
        total=row.total,
        previous_id=row.previous_id,
        next_id=row.next_id,
        status=row.status or "new",
        block_id=row.block_id,
        blocks=await _transformed(ctx, host, row.blocks),
        version=row.version,
    )


async def _transformed(ctx: Context, host: Host, blocks: list[Block]) -> list[Block]:
    enabled = await host.enablement.of(ctx.tenant_id)
    if not host.dispatcher.implementations("transform_block", enabled):
        return blocks
    return [await host.dispatcher.filter("transform_block", enabled, "block", block, ctx=ctx) for block in blocks]
