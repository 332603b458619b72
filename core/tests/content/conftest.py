"""A site with a small quiz plugin, and course folders written as a test wants them."""

import sys
import textwrap
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import pytest_asyncio

from questline_core.content.importer import available_block_types, import_course, load_course
from questline_core.testing import TestSite

GROUP = "questline.plugins.v1"
ENTRIES = [
    EntryPoint("assessments", "qlcontent_quiz.plugin:plugin", GROUP),
    EntryPoint("shout", "qlcontent_shout.plugin:plugin", GROUP),
]
COURSE = {
    "course.yaml": """
        slug: tea
        title: Tea
        summary: How to make tea.
        description: All about **tea**.
        tags: [drinks, calm]
        cover: media/cup.svg
        modules: [leaves, water]
        """,
    "leaves/module.yaml": """
        title: Leaves
        lessons: [01-green.md, 02-black.md, quiz.yaml]
        """,
    "leaves/01-green.md": """
        ---
        title: Green tea
        minutes: 5
        objectives: [Brew it]
        ---
        Green tea is *green*.

        :::callout tip | Cooler water
        Use 80 degrees.
        :::

        ## Steps

        Pour and wait.
        """,
    "leaves/02-black.md": """
        ---
        title: Black tea
        minutes: 7
        ---
        :::figure media/cup.svg | A cup
        The cup.
        :::
        """,
    "leaves/quiz.yaml": """
        title: Leaves quiz
        minutes: 3
        intro: Two questions.
        block: assessments.quiz
        pass_percent: 50
        items:
          - id: one
            type: true_false
            prompt: Is green tea *green*?
            answer: true
            explanation: It is.
        """,
    "water/module.yaml": """
        title: Water
        summary: The other half.
        lessons: [boil.md]
        """,
    "water/boil.md": """
        ---
        title: Boil it
        minutes: 10
        ---
        Boil water.
        """,
    "media/cup.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>',
}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site():
    """A site whose only plugins are the tests' own."""
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        async with TestSite.open(ENTRIES) as running:
            assert running.host.registry.active_ids == {"assessments", "shout"}
            yield running
    finally:
        sys.path.remove(str(Path(__file__).parent))


@pytest_asyncio.fixture(loop_scope="session")
async def tenant(site):
    return await site.new_tenant(plugins=["assessments"])


@pytest.fixture
def quizzes(host):
    """The quiz plugin, whose vetoes a test may set."""
    return host.registry.records["assessments"].plugin


@pytest.fixture
def write_course(tmp_path):
    """Write a course folder: the tea course with some files replaced, added, or (None) left out."""

    def write(changes=None, *, folder="course", base=COURSE):
        root = tmp_path / folder
        for name, text in {**base, **(changes or {})}.items():
            path = root / name
            path.unlink(missing_ok=True)
            if text is None:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else textwrap.dedent(text).lstrip("\n").encode())
        return root

    return write


@pytest.fixture
def publish(site):
    """Import a course folder into a tenant; returns the report."""

    async def run(root, tenant, **options):
        types = await available_block_types(site.host, tenant.id)
        source, problems = load_course(root, types)
        assert source is not None, "\n".join(map(str, problems))
        async with site.context(tenant.id) as ctx:
            return await import_course(ctx, site.host, source, **options)

    return run


@pytest_asyncio.fixture(loop_scope="session")
async def tea(publish, write_course, tenant):
    """The tea course, published to the tenant."""
    return await publish(write_course(), tenant)


@pytest_asyncio.fixture(loop_scope="session")
async def learner(as_user, tea):
    """A learner in the tenant of the tea course, not enrolled yet."""
    return await as_user("learner")


@pytest.fixture
def lessons():
    """The lessons of a course page by slug."""

    async def read(client, slug="tea"):
        answer = await client.get(f"/api/v1/courses/{slug}")
        assert answer.status_code == 200, answer.text
        course = answer.json()
        return course, {lesson["slug"]: lesson for module in course["modules"] for lesson in module["lessons"]}

    return read


@pytest.fixture
def enrolled(lessons):
    """Enrol a client in the tea course; returns the course page and its lessons by slug."""

    async def enrol(client, slug="tea"):
        course, _ = await lessons(client, slug)
        answer = await client.post(f"/api/v1/courses/{course['id']}/enrolment")
        assert answer.status_code == 201, answer.text
        return await lessons(client, slug)

    return enrol


@pytest.fixture
def events(site, tenant):
    """The tenant's events of a type, oldest first."""
    from sqlalchemy import select

    from questline_core.events.models import EventRecord

    async def read(kind):
        async with site.context(tenant.id) as ctx:
            statement = select(EventRecord.data).where(EventRecord.type == kind).order_by(EventRecord.id)
            return list((await ctx.session.scalars(statement)).all())

    return read
