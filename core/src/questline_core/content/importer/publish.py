"""Publishes a course that was read from its folder as a new version, in one transaction."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from questline_core.content.importer.media import MediaFile
from questline_core.content.importer.source import BlockSource, CourseSource, LessonSource
from questline_core.content.models import Course, CourseVersion, Enrolment, Lesson, LessonVersion, Module
from questline_core.content.progress import settle
from questline_core.content.queries import OutlineLesson, OutlineModule
from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.storage.counted import put_blob
from questline_core.storage.routes import media_key
from questline_sdk import Invalid, NotFound
from questline_sdk.blocks import Block, BlockPlace, BlockType


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did, or in a dry run would do; `version` is the one that is current afterwards."""

    slug: str
    outcome: Literal["created", "updated", "unchanged"]
    version: int
    modules: int
    lessons: int
    blocks: int
    media: int
    retired: int


class _Identities(msgspec.Struct, frozen=True):
    """The lasting ids of a course and of its modules and lessons by slug."""

    course: UUID
    modules: dict[str, UUID]
    lessons: dict[str, UUID]


async def available_block_types(host: Host, tenant_id: UUID) -> dict[str, BlockType]:
    """The block types of the plugins that the tenant has enabled, by name."""
    enabled = await host.enablement.of(tenant_id)
    return {name: kind for name, (plugin_id, kind) in host.registry.block_types().items() if plugin_id in enabled}


async def import_course(ctx: HostContext, host: Host, source: CourseSource, *, dry_run: bool = False) -> ImportReport:
    """Publish a course; the same content again changes nothing, and ids and progress are kept by slug.

    Media are stored first: a file that no version refers to harms nobody. Everything else is one transaction.

    Args:
        ctx: The unit of work, for the tenant to import into.
        host: The host with the store and the plugins.
        source: The course as `load_course` returned it.
        dry_run: Only say what would happen.
    """
    checksum = source.checksum()
    if not dry_run:
        for media in source.media:
            await _store(ctx, host, media)
        await ctx.session.execute(insert(Course).values(slug=source.content.slug).on_conflict_do_nothing())
    current = await _current(ctx, source.content.slug)
    if current is None:
        outcome: Literal["created", "updated", "unchanged"] = "created"
    else:
        outcome = "unchanged" if current.checksum == checksum else "updated"
    number = current.number if current else 0
    retired = 0
    if outcome != "unchanged":
        number += 1
        types = await available_block_types(host, ctx.tenant_id)
        _require_types(source, types)
        if not dry_run:
            retired = await _publish(ctx, source, types, number=number, checksum=checksum)
    return ImportReport(
        slug=source.content.slug,
        outcome=outcome,
        version=number,
        modules=len(source.content.modules),
        lessons=len(source.lessons),
        blocks=sum(len(lesson.blocks) for lesson in source.lessons),
        media=len(source.media),
        retired=retired,
    )


async def _store(ctx: HostContext, host: Host, media: MediaFile) -> None:
    key = media_key(ctx.tenant_id, media.name)
    try:
        await host.store.info(key)
    except NotFound:
        await put_blob(ctx, key, media.path.read_bytes(), content_type=media.content_type)


async def _current(ctx: HostContext, slug: str) -> Any:
    """The published version, with the course locked against another import of it."""
    await ctx.session.execute(select(Course.id).where(Course.slug == slug).with_for_update())
    statement = (
        select(CourseVersion.number, CourseVersion.checksum)
        .join(Course, Course.current_version_id == CourseVersion.id)
        .where(Course.slug == slug)
    )
    return (await ctx.session.execute(statement)).one_or_none()


def _require_types(source: CourseSource, types: Mapping[str, BlockType]) -> None:
    used = {block.type for lesson in source.lessons for block in lesson.blocks if block.authored}
    missing = sorted(used - types.keys())
    if missing:
        raise Invalid(f"No plugin that is enabled here provides the block type {missing[0]!r}.", code="no_block_type")


async def _publish(
    ctx: HostContext, source: CourseSource, types: Mapping[str, BlockType], *, number: int, checksum: str
) -> int:
    """Write the version and make it the current one; returns how many lessons were retired."""
    course_id = (await ctx.session.scalars(select(Course.id).where(Course.slug == source.content.slug))).one()
    modules = await _keep_modules(ctx, course_id, source)
    ids = _Identities(course_id, modules, await _keep_lessons(ctx, course_id, modules, source))
    retired = await ctx.session.execute(
        update(Lesson)
        .where(Lesson.course_id == course_id, Lesson.id.not_in(ids.lessons.values()), Lesson.retired.is_(False))
        .values(retired=True)
        .returning(Lesson.id)
        .execution_options(synchronize_session=False)
    )
    retired_count = len(retired.all())
    await ctx.session.execute(
        update(CourseVersion)
        .where(CourseVersion.course_id == course_id, CourseVersion.status == "published")
        .values(status="superseded")
        .execution_options(synchronize_session=False)
    )
    version_id = await _insert_version(ctx, source, ids, number=number, checksum=checksum)
    await _insert_lessons(ctx, source, types, ids, version_id)
    learners = select(func.count()).select_from(Enrolment).where(Enrolment.course_id == course_id)
    await ctx.session.execute(
        update(Course)
        .where(Course.id == course_id)
        .values(current_version_id=version_id, learner_count=learners.scalar_subquery())
        .execution_options(synchronize_session=False)
    )
    await settle(ctx, course_id)
    return retired_count


async def _keep_modules(ctx: HostContext, course_id: UUID, source: CourseSource) -> dict[str, UUID]:
    statement = insert(Module).values([{"course_id": course_id, "slug": each.slug} for each in source.content.modules])
    rows = await ctx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "course_id", "slug"], set_={"slug": statement.excluded.slug}
        ).returning(Module.slug, Module.id)
    )
    return {row.slug: row.id for row in rows}


async def _keep_lessons(
    ctx: HostContext, course_id: UUID, modules: dict[str, UUID], source: CourseSource
) -> dict[str, UUID]:
    places = [(module, lesson) for module in source.content.modules for lesson in module.lessons]
    statement = insert(Lesson).values(
        [
            {
                "course_id": course_id,
                "module_id": modules[module.slug],
                "slug": lesson.slug,
                "kind": lesson.kind,
                "minutes": lesson.minutes,
                "position": position,
                "retired": False,
            }
            for position, (module, lesson) in enumerate(places, 1)
        ]
    )
    changing = ("module_id", "kind", "minutes", "position", "retired")
    rows = await ctx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "course_id", "slug"],
            set_={name: statement.excluded[name] for name in changing},
        ).returning(Lesson.slug, Lesson.id)
    )
    return {row.slug: row.id for row in rows}


async def _insert_version(
    ctx: HostContext, source: CourseSource, ids: _Identities, *, number: int, checksum: str
) -> UUID:
    content = source.content
    statement = insert(CourseVersion).values(
        course_id=ids.course,
        number=number,
        title=content.title,
        summary=content.summary,
        description_html=content.description_html,
        level=content.level,
        language=content.language,
        tags=content.tags,
        objectives=content.objectives,
        cover=content.cover,
        minutes=sum(lesson.minutes for lesson in source.lessons),
        lesson_count=len(source.lessons),
        outline=msgspec.to_builtins(_outline(source, ids)),
        search_text="\n".join([content.title, content.summary, *content.tags]).lower(),
        checksum=checksum,
        published_at=ctx.now,
    )
    return (await ctx.session.scalars(statement.returning(CourseVersion.id))).one()


def _outline(source: CourseSource, ids: _Identities) -> list[OutlineModule]:
    return [
        OutlineModule(
            id=ids.modules[module.slug],
            title=module.title,
            summary=module.summary,
            lessons=[
                OutlineLesson(
                    id=ids.lessons[lesson.slug],
                    slug=lesson.slug,
                    title=lesson.title,
                    kind=lesson.kind,
                    minutes=lesson.minutes,
                )
                for lesson in module.lessons
            ],
        )
        for module in source.content.modules
    ]


async def _insert_lessons(
    ctx: HostContext, source: CourseSource, types: Mapping[str, BlockType], ids: _Identities, version_id: UUID
) -> None:
    order = [ids.lessons[lesson.slug] for lesson in source.lessons]
    rows: list[dict[str, Any]] = []
    for module in source.content.modules:
        for lesson in module.lessons:
            position = len(rows)
            blocks = [await _block(ctx, source, types, ids, lesson, block) for block in lesson.blocks]
            rows.append(
                {
                    "version_id": version_id,
                    "lesson_id": order[position],
                    "module_id": ids.modules[module.slug],
                    "module_title": module.title,
                    "position": position + 1,
                    "previous_id": order[position - 1] if position else None,
                    "next_id": order[position + 1] if position + 1 < len(order) else None,
                    "title": lesson.title,
                    "kind": lesson.kind,
                    "minutes": lesson.minutes,
                    "objectives": lesson.objectives,
                    "blocks": msgspec.to_builtins(blocks),
                }
            )
    await ctx.session.execute(insert(LessonVersion), rows)


async def _block(
    ctx: HostContext,
    source: CourseSource,
    types: Mapping[str, BlockType],
    ids: _Identities,
    lesson: LessonSource,
    block: BlockSource,
) -> Block:
    if not block.authored:
        return Block(id=block.id, type=block.type, data=block.data)
    place = BlockPlace(
        key=f"{lesson.slug}#{block.id.removeprefix(lesson.slug + '-')}",
        kind=lesson.kind,
        course_id=ids.course,
        course_slug=source.content.slug,
        lesson_id=ids.lessons[lesson.slug],
        lesson_slug=lesson.slug,
        lesson_title=lesson.title,
        render_markdown=source.markdown.render,
        media_url=source.library.url,
    )
    data = await types[block.type].publish(ctx, place, block.data)
    return Block(id=block.id, type=block.type, data=msgspec.to_builtins(data, str_keys=True))
