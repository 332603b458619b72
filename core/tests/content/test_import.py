"""Publishing course folders: ids and progress survive, versions are kept, the same again changes nothing."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from questline_core.content.importer import import_course, load_course
from questline_core.content.models import CourseVersion, LessonVersion
from questline_core.storage.routes import media_key
from questline_sdk import Invalid

REAL_COURSE = Path(__file__).parents[3] / "courses" / "ai-marketing-foundations"
CHANGED = {
    "course.yaml": """
        slug: tea
        title: Tea, revised
        summary: How to make tea.
        modules: [water, leaves]
        """,
    "leaves/module.yaml": "{title: Leaves, lessons: [white.md, 01-green.md, quiz.yaml]}",
    "leaves/white.md": "---\ntitle: White tea\nminutes: 4\n---\nRare.\n",
    "leaves/02-black.md": None,
}


async def complete(client, lesson):
    return (await client.post(f"/api/v1/lessons/{lesson['id']}/completion")).json()


async def test_a_first_import_creates_and_the_same_again_changes_nothing(site, tenant, publish, write_course):
    first = await publish(write_course(), tenant)
    again = await publish(write_course(folder="copy"), tenant)
    assert (first.outcome, first.version) == ("created", 1)
    assert (first.modules, first.lessons, first.blocks, first.media, first.retired) == (2, 4, 7, 1, 0)
    assert (again.outcome, again.version) == ("unchanged", 1)
    async with site.context(tenant.id) as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(CourseVersion)) == 1


async def test_a_dry_run_says_what_would_happen_and_changes_nothing(site, tenant, publish, write_course):
    assert (await publish(write_course(), tenant, dry_run=True)).outcome == "created"
    async with site.context(tenant.id) as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(CourseVersion)) == 0
    await publish(write_course(), tenant)
    dry = await publish(write_course(CHANGED), tenant, dry_run=True)
    assert (dry.outcome, dry.version) == ("updated", 2)
    assert (await publish(write_course(CHANGED), tenant)).version == 2


async def test_a_new_version_keeps_ids_and_progress_and_retires_what_is_gone(
    tenant, learner, enrolled, lessons, publish, write_course
):
    before, old = await enrolled(learner)
    await complete(learner, old["green"])
    await complete(learner, old["black"])
    report = await publish(write_course(CHANGED), tenant)
    assert (report.outcome, report.version, report.retired) == ("updated", 2, 1)
    after, new = await lessons(learner)
    assert (after["id"], after["title"]) == (before["id"], "Tea, revised")
    assert list(new) == ["boil", "white", "green", "leaves-quiz"]
    kept = ("green", "boil", "leaves-quiz")
    assert {slug: new[slug]["id"] for slug in kept} == {slug: old[slug]["id"] for slug in kept}
    assert {module["title"]: module["id"] for module in after["modules"]} == {
        module["title"]: module["id"] for module in before["modules"]
    }
    assert (new["green"]["status"], new["white"]["status"]) == ("completed", "new")
    assert after["enrolment"]["percent"] == 25, "the retired lesson does not count"
    assert after["enrolment"]["resume_lesson_id"] == new["boil"]["id"]
    assert (await learner.get(f"/api/v1/lessons/{old['black']['id']}")).status_code == 404
    assert (await learner.get(f"/api/v1/lessons/{new['white']['id']}")).json()["version"] == 2
    totals = (await learner.get("/api/v1/dashboard")).json()
    assert totals["completed_lessons"] == 2, "what was learned stays learned"


async def test_a_lesson_that_comes_back_is_the_same_lesson(tenant, learner, enrolled, lessons, publish, write_course):
    _, old = await enrolled(learner)
    await complete(learner, old["black"])
    await publish(write_course(CHANGED), tenant)
    assert (await publish(write_course(folder="third"), tenant)).version == 3
    course, new = await lessons(learner)
    assert (new["black"]["id"], new["black"]["status"]) == (old["black"]["id"], "completed")
    assert course["enrolment"]["percent"] == 25


async def test_a_published_version_is_never_changed(site, tenant, publish, write_course):
    await publish(write_course(), tenant)

    async def snapshot():
        async with site.context(tenant.id) as ctx:
            version = (await ctx.session.scalars(select(CourseVersion).where(CourseVersion.number == 1))).one()
            rows = await ctx.session.scalars(
                select(LessonVersion).where(LessonVersion.version_id == version.id).order_by(LessonVersion.position)
            )
            return version.status, version.outline, [(row.title, row.blocks) for row in rows]

    status, *before = await snapshot()
    await publish(write_course(CHANGED), tenant)
    assert status == "published"
    assert await snapshot() == ("superseded", *before)


async def test_removing_the_last_open_lessons_completes_the_course(
    tenant, learner, enrolled, lessons, events, publish, write_course
):
    _, by_slug = await enrolled(learner)
    for slug in ("green", "black", "boil"):
        await complete(learner, by_slug[slug])
    without_quiz = {
        "leaves/module.yaml": "{title: Leaves, lessons: [01-green.md, 02-black.md]}",
        "leaves/quiz.yaml": None,
    }
    await publish(write_course(without_quiz), tenant)
    course, _ = await lessons(learner)
    assert course["enrolment"]["percent"] == 100
    assert course["enrolment"]["completed_at"] is not None
    assert len(await events("learning.course.completed.v1")) == 1
    assert len(await events("learning.module.completed.v1")) == 2


async def test_a_course_stays_completed_once_when_lessons_are_added(
    tenant, learner, enrolled, lessons, events, quizzes, publish, write_course
):
    _, by_slug = await enrolled(learner)
    quizzes.passed.add(learner.user_id)
    for lesson in by_slug.values():
        await complete(learner, lesson)
    more = {
        "leaves/module.yaml": "{title: Leaves, lessons: [01-green.md, 02-black.md, quiz.yaml, white.md]}",
        "leaves/white.md": "---\ntitle: White tea\nminutes: 4\n---\nRare.\n",
    }
    await publish(write_course(more), tenant)
    course, by_slug = await lessons(learner)
    assert course["enrolment"]["percent"] == 80
    assert (await complete(learner, by_slug["white"]))["course_percent"] == 100
    assert len(await events("learning.course.completed.v1")) == 1
    assert len(await events("learning.module.completed.v1")) == 2


async def test_blocks_keep_their_keys_when_text_is_inserted_before_them(
    tenant, learner, enrolled, lessons, publish, write_course
):
    _, by_slug = await enrolled(learner)
    path = f"/api/v1/lessons/{by_slug['leaves-quiz']['id']}"
    before = (await learner.get(path)).json()["blocks"]
    quiz = (write_course() / "leaves/quiz.yaml").read_text()
    await publish(write_course({"leaves/quiz.yaml": quiz.replace("intro: Two questions.\n", "")}), tenant)
    after = (await learner.get(path)).json()["blocks"]
    assert [block["type"] for block in before] == ["text", "assessments.quiz"]
    assert after == before[1:]
    assert after[0]["data"]["prompts_html"] == ["<p>Is green tea <em>green</em>?</p>"]


async def test_two_imports_at_once_make_one_version(tenant, publish, write_course):
    root = write_course()
    reports = await asyncio.gather(*(publish(root, tenant) for _ in range(4)))
    assert sorted(report.outcome for report in reports) == ["created", "unchanged", "unchanged", "unchanged"]
    assert {report.version for report in reports} == {1}


async def test_media_are_stored_and_served_under_the_address_in_the_lesson(
    site, tenant, learner, enrolled, write_course, tea
):
    course, by_slug = await enrolled(learner)
    lesson = (await learner.get(f"/api/v1/lessons/{by_slug['black']['id']}")).json()
    (figure,) = lesson["blocks"]
    assert figure["data"]["src"] == course["cover_url"]
    assert (figure["data"]["alt"], figure["data"]["caption_html"]) == ("A cup", "<p>The cup.</p>")
    media = await learner.get(course["cover_url"])
    assert media.status_code == 200
    assert media.headers["content-type"] == "image/svg+xml"
    assert media.content == (write_course() / "media/cup.svg").read_bytes()


async def test_an_unchanged_import_restores_media_that_were_lost(
    site, tenant, publish, write_course, tea, learner, lessons
):
    course, _ = await lessons(learner)
    key = media_key(tenant.id, course["cover_url"].rpartition("/")[2])
    await site.host.store.delete(key)
    assert (await learner.get(course["cover_url"])).status_code == 404
    assert (await publish(write_course(), tenant)).outcome == "unchanged"
    assert (await learner.get(course["cover_url"])).status_code == 200


async def test_a_course_needs_the_plugins_of_its_blocks_in_its_tenant(site, tenant, write_course):
    types = {name: kind for name, (_, kind) in site.host.registry.block_types().items()}
    source, _ = load_course(write_course(), types)
    bare = await site.new_tenant(plugins=[])
    with pytest.raises(Invalid, match="No plugin that is enabled here provides the block type"):
        async with site.context(bare.id) as ctx:
            await import_course(ctx, site.host, source)
    async with site.context(bare.id) as ctx:
        assert await ctx.session.scalar(select(func.count()).select_from(CourseVersion)) == 0


async def test_plugins_transform_blocks_where_they_are_enabled(site, publish, write_course, lessons):
    loud = await site.new_tenant(plugins=["assessments", "shout"])
    await publish(write_course(), loud)
    async with await site.sign_in(loud, "author") as author:
        _, by_slug = await lessons(author)
        lesson = (await author.get(f"/api/v1/lessons/{by_slug['green']['id']}")).json()
    assert [block["data"].get("title") for block in lesson["blocks"]] == [None, "COOLER WATER", None]


async def test_the_demo_course_is_imported_whole(publish, tenant, as_user, lessons):
    report = await publish(REAL_COURSE, tenant)
    assert report.outcome == "created"
    assert report.lessons >= 16
    author = await as_user("author")
    course, by_slug = await lessons(author, "ai-marketing-foundations")
    assert len(course["modules"]) == report.modules
    for lesson in by_slug.values():
        answer = await author.get(f"/api/v1/lessons/{lesson['id']}")
        assert answer.status_code == 200
        assert answer.json()["blocks"]
    assert (await publish(REAL_COURSE, tenant)).outcome == "unchanged"


WORDS = st.text("abc ", min_size=1, max_size=12).map(lambda text: f"x{text.strip()}")
LESSON = st.fixed_dictionaries({"title": WORDS, "minutes": st.integers(1, 600), "body": WORDS})
SHAPES = st.lists(st.dictionaries(st.sampled_from("klmnop"), LESSON, min_size=1, max_size=3), min_size=1, max_size=3)


def folder_of(shape):
    """A course folder whose module n has its own lessons, each named by its letter."""
    files = {
        "course.yaml": f"slug: drawn\ntitle: Drawn\nsummary: Drawn.\nmodules: {[f'm{n}' for n in range(len(shape))]}\n"
    }
    for number, module in enumerate(shape):
        names = [f"{letter}{number}.md" for letter in module]
        files[f"m{number}/module.yaml"] = f"title: M{number}\nlessons: {names}\n"
        for letter, lesson in module.items():
            head = f"---\ntitle: {lesson['title']}\nminutes: {lesson['minutes']}\n---\n"
            files[f"m{number}/{letter}{number}.md"] = f"{head}{lesson['body']}\n"
    return files


def outline_of(shape):
    return [
        [(f"{letter}{number}", lesson["title"], lesson["minutes"]) for letter, lesson in module.items()]
        for number, module in enumerate(shape)
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=SHAPES, second=SHAPES)
def test_what_is_read_is_what_was_written_and_reading_it_twice_is_the_same(write_course, first, second):
    source, problems = load_course(write_course(folder_of(first), folder=f"a{hash(str(first))}", base={}), {})
    again, _ = load_course(write_course(folder_of(first), folder=f"b{hash(str(first))}", base={}), {})
    other, _ = load_course(write_course(folder_of(second), folder=f"c{hash(str(second))}", base={}), {})
    assert problems == []
    read = [[(each.slug, each.title, each.minutes) for each in module.lessons] for module in source.content.modules]
    assert read == outline_of(first)
    assert source.checksum() == again.checksum()
    assert (source.checksum() == other.checksum()) == (folder_of(first) == folder_of(second))


async def test_any_sequence_of_versions_keeps_ids_and_counts_right(site, publish, write_course):
    """Percent, resume and ids follow from the completed lessons alone, whatever order versions come in."""
    examples = []

    @settings(max_examples=6, deadline=None, database=None)
    @given(st.lists(SHAPES, min_size=2, max_size=3))
    def draw(shapes):
        examples.append(shapes)

    draw()
    for number, shapes in enumerate(examples):
        tenant = await site.new_tenant(plugins=[])
        async with await site.sign_in(tenant) as client:
            known, done = {}, set()
            for step, shape in enumerate(shapes):
                await publish(write_course(folder_of(shape), folder=f"e{number}-{step}", base={}), tenant)
                course = (await client.get("/api/v1/courses/drawn")).json()
                if course["enrolment"] is None:
                    await client.post(f"/api/v1/courses/{course['id']}/enrolment")
                    course = (await client.get("/api/v1/courses/drawn")).json()
                order = [lesson for module in course["modules"] for lesson in module["lessons"]]
                for lesson in order:
                    assert known.setdefault(lesson["slug"], lesson["id"]) == lesson["id"]
                completed = [lesson for lesson in order if lesson["slug"] in done]
                assert [lesson["status"] for lesson in completed] == ["completed"] * len(completed)
                assert course["enrolment"]["percent"] == len(completed) * 100 // len(order)
                still_open = {lesson["id"] for lesson in order} - {lesson["id"] for lesson in completed}
                resume = course["enrolment"]["resume_lesson_id"]
                assert resume in still_open if still_open else resume is None
                for lesson in order[::2]:
                    await complete(client, lesson)
                    done.add(lesson["slug"])
