"""Courses of a few lessons, learners who complete them, and the training run to its end."""

import textwrap

import pytest
import pytest_asyncio

from questline_core.content.importer import available_block_types, import_course, load_course

COURSES = {
    "email": {
        "subject-lines": "Write subject lines for email campaigns. They decide whether an email is opened.",
        "newsletters": "A newsletter is an email campaign that readers asked for. Plan its subject lines and sections.",
        "automation": "Automate email campaigns with triggers, and send a newsletter when somebody signs up.",
    },
    "search": {
        "keywords": "Keywords tell a search engine what a page is about. Research keywords before writing.",
        "ranking": "A search engine ranks pages by links and keywords.",
        "snippets": "Snippets are what a search engine shows of a page. Write them like subject lines of an email.",
    },
}


def write_course(root, slug, lessons):
    root.mkdir(parents=True)
    (root / "course.yaml").write_text(
        f"slug: {slug}\ntitle: Course on {slug}\nsummary: About {slug}.\nlanguage: en\nlevel: beginner\n"
        "tags: [test]\nmodules: [basics]\n"
    )
    (root / "basics").mkdir()
    files = [f"{name}.md" for name in lessons]
    (root / "basics" / "module.yaml").write_text(
        f"title: Basics of {slug}\nsummary: Basics.\nlessons: [{', '.join(files)}]\n"
    )
    for name, body in lessons.items():
        title = name.replace("-", " ").capitalize()
        (root / "basics" / f"{name}.md").write_text(
            textwrap.dedent(f"---\ntitle: {title}\nslug: {name}\nminutes: 5\n---\n{body}\n")
        )
    return root


@pytest.fixture
def publish(site, tmp_path):
    """Import a course of these lessons into a tenant."""

    async def run(tenant, slug, lessons):
        types = await available_block_types(site.host, tenant.id)
        source, problems = load_course(write_course(tmp_path / f"{tenant.slug}-{slug}", slug, lessons), types)
        assert source is not None, problems
        async with site.context(tenant.id) as ctx:
            await import_course(ctx, site.host, source)

    return run


@pytest_asyncio.fixture(loop_scope="session")
async def courses(tenant, publish):
    """Both courses, published to the tenant."""
    for slug, lessons in COURSES.items():
        await publish(tenant, slug, lessons)
    return COURSES


@pytest.fixture
def complete():
    """Let a learner enrol and complete lessons of a course, in this order."""

    async def run(client, slug, *lessons):
        course = (await client.get(f"/api/v1/courses/{slug}")).json()
        if course["enrolment"] is None:
            (await client.post(f"/api/v1/courses/{course['id']}/enrolment")).raise_for_status()
        ids = {lesson["slug"]: lesson["id"] for module in course["modules"] for lesson in module["lessons"]}
        for lesson in lessons:
            (await client.post(f"/api/v1/lessons/{ids[lesson]}/completion")).raise_for_status()
        return ids

    return run


@pytest.fixture
def trained(site, drain):
    """Run a training of the tenant to its end, and everything else that is queued."""

    async def run(tenant):
        from questline_recommendations.jobs import start_training

        async with site.context(tenant.id) as ctx:
            await start_training(ctx)
        await drain()

    return run
