"""A site with two courses, a plugin that may refuse, and somebody who runs it."""

import sys
import textwrap
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
import pytest_asyncio

from questline_core.auth.accounts import create_user
from questline_core.content.importer import available_block_types, import_course, load_course
from questline_core.testing import TestSite

COURSE = {
    "course.yaml": """
        slug: {slug}
        title: {title}
        summary: How to make {slug}.
        description: All about it.
        modules: [one]
        """,
    "one/module.yaml": """
        title: One
        lessons: [first.md]
        """,
    "one/first.md": """
        ---
        title: First
        minutes: 5
        ---
        Do it.
        """,
}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site():
    """A site whose only plugin is the tests' own."""
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        entry = EntryPoint("gate", "qlgroups_gate.plugin:plugin", "questline.plugins.v1")
        async with TestSite.open([entry]) as running:
            yield running
    finally:
        sys.path.remove(str(Path(__file__).parent))


@pytest.fixture
def gate(host):
    """The tests' plugin."""
    return host.registry.records["gate"].plugin


@pytest.fixture
def heard(gate, tenant):
    """What the plugin heard of the tenant's groups."""
    return gate.heard.setdefault(tenant.id, [])


@pytest_asyncio.fixture(loop_scope="session")
async def admin(as_user):
    """Somebody who may manage groups."""
    return await as_user("admin", name="Root")


@pytest.fixture
def make_course(site, tenant, tmp_path):
    """Publish a small course; returns its id."""

    async def make(slug, title=None):
        for name, text in COURSE.items():
            path = tmp_path / slug / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text).lstrip("\n").format(slug=slug, title=title or slug.title()))
        source, problems = load_course(tmp_path / slug, await available_block_types(site.host, tenant.id))
        assert source is not None, "\n".join(map(str, problems))
        async with site.context(tenant.id) as ctx:
            await import_course(ctx, site.host, source)
        async with await site.sign_in(tenant, "learner") as client:
            return (await client.get(f"/api/v1/courses/{slug}")).json()["id"]

    return make


@pytest.fixture
def people(site, tenant):
    """Make users by name, who have the address `name@school.test`; returns their ids."""

    async def make(*names):
        made = []
        async with site.context(tenant.id) as ctx:
            for name in names:
                email = f"{name.lower()}@school.test"
                made.append((await create_user(ctx, email=email, display_name=name, password=None)).id)
        return made

    return make


@pytest.fixture
def make_group(admin):
    """Make a group through the API; returns it."""

    async def make(name="Sales", **fields):
        answer = await admin.post("/api/v1/groups", json={"name": name} | fields)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return make


@pytest.fixture
def add(admin):
    """Add people to a group through the API; returns the report."""

    async def run(group, *given, **fields):
        answer = await admin.post(
            f"/api/v1/groups/{group['id']}/members", json={"people": list(map(str, given))} | fields
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    return run
