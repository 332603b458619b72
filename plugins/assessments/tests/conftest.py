"""A course with a quiz, imported as authors keep it."""

import datetime as dt
import textwrap

import pytest
from sqlalchemy import text

from questline_core.content.importer import available_block_types, import_course, load_course

QUIZ = """
    title: Tea quiz
    minutes: 10
    intro: All about tea.
    block: assessments.quiz
    pass_percent: 60
    items:
      - id: leaf
        type: single
        prompt: Which is **tea**?
        options:
          - {text: Camellia, correct: true, feedback: SECRET-right}
          - {text: Mint, feedback: SECRET-wrong}
          - {text: Nettle}
        explanation: SECRET-why
      - id: kinds
        type: multiple
        prompt: Which are teas?
        points: 3
        options:
          - {text: Green, correct: true}
          - {text: Black, correct: true}
          - {text: White, correct: true}
          - {text: Rooibos, feedback: SECRET-red}
          - {text: Camomile}
      - id: hot
        type: true_false
        prompt: Green tea wants boiling water.
        answer: false
        feedback: {correct: SECRET-yes, incorrect: SECRET-no}
      - id: degrees
        type: numeric
        prompt: How hot?
        answer: 71.6
        tolerance: 0.3
        unit: degrees
      - id: country
        type: short_text
        prompt: Where from?
        accept: [China, "SECRET-accepted"]
      - id: steps
        type: ordering
        prompt: In which order?
        points: 2
        options: [{text: Boil}, {text: Cool}, {text: Pour}, {text: Wait}, {text: Drink}]
      - id: pots
        type: matching
        prompt: What goes with what?
        points: 2
        pairs:
          - {left: Gyokuro, right: "50"}
          - {left: Oolong, right: "90"}
          - {left: Assam, right: "100"}
        explanation: SECRET-pots
    """

COURSE = {
    "course.yaml": """
        slug: tea
        title: Tea
        summary: How to make tea.
        modules: [leaves]
        """,
    "leaves/module.yaml": """
        title: Leaves
        lessons: [01-green.md, quiz.yaml]
        """,
    "leaves/01-green.md": """
        ---
        title: Green tea
        minutes: 5
        ---
        Green tea is *green*.

        :::assessments.quiz
        title: Check yourself
        items:
          - id: one
            type: true_false
            prompt: It is green.
            answer: true
            explanation: SECRET-green
        :::
        """,
    "leaves/quiz.yaml": QUIZ,
}


class Course:
    """An imported course and how to take it."""

    source = QUIZ

    def __init__(self, site, tenant, folder):
        self.site, self.tenant, self.folder = site, tenant, folder

    def quiz_with(self, settings):
        """The quiz file with more settings."""
        return {"leaves/quiz.yaml": QUIZ.replace("pass_percent: 60", f"pass_percent: 60\n    {settings}")}

    async def publish(self, files=None):
        """Write the files, import the course, return the report."""
        for name, content in (COURSE | (files or {})).items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(content).strip() + "\n", encoding="utf-8")
        types = await available_block_types(self.site.host, self.tenant.id)
        source, problems = load_course(self.folder, types)
        assert source is not None, [str(each) for each in problems]
        async with self.site.context(self.tenant.id) as ctx:
            return await import_course(ctx, self.site.host, source)

    async def enrol(self, client):
        """Enrol, and remember where the quiz is."""
        course = (await client.get("/api/v1/courses/tea")).json()
        (await client.post(f"/api/v1/courses/{course['id']}/enrolment")).raise_for_status()
        self.id = course["id"]
        lessons = {lesson["slug"]: lesson["id"] for lesson in course["modules"][0]["lessons"]}
        self.quiz_lesson, self.lesson = lessons["leaves-quiz"], lessons["green"]

    async def slugs(self, assessment_id):
        """The authors' ids of an assessment's items by their own."""
        async with self.site.context(self.tenant.id) as ctx:
            rows = await ctx.session.execute(
                text("SELECT id, slug FROM assessments.item WHERE assessment_id = :id"), {"id": assessment_id}
            )
            return {str(row.id): row.slug for row in rows}

    async def quiz(self, client, lesson_id=None):
        """The data of a lesson's quiz block."""
        page = (await client.get(f"/api/v1/lessons/{lesson_id or self.quiz_lesson}")).json()
        return next(block["data"] for block in page["blocks"] if block["type"] == "assessments.quiz")


@pytest.fixture
async def course(site, tenant, tmp_path):
    made = Course(site, tenant, tmp_path / "tea")
    await made.publish()
    return made


API = "/api/v1/p/assessments"


class Taker:
    """A learner, and what they do with the quiz; the answers are looked up with an instructor's eyes."""

    def __init__(self, client, teacher, course):
        self.client, self.teacher, self.course = client, teacher, course

    async def start(self, lesson_id=None):
        self.assessment = (await self.course.quiz(self.client, lesson_id))["assessment_id"]
        answer = await self.client.post(f"{API}/{self.assessment}/attempts")
        if answer.status_code == 201:
            self.attempt = answer.json()
            self.slugs = await self.course.slugs(self.assessment)
        return answer

    async def key(self):
        answer = await self.teacher.get(f"{API}/{self.assessment}/key")
        assert answer.status_code == 200, answer.text
        return {self.slugs[item["item_id"]]: item["response"] for item in answer.json()["items"]}

    def item(self, slug):
        return next(item for item in self.attempt["items"] if self.slugs[item["id"]] == slug)

    def address(self, slug=None, end=""):
        base = f"{API}/attempts/{self.attempt['id']}"
        return base + (f"/answers/{self.item(slug)['id']}" if slug else "") + end

    async def save(self, slug, response):
        return await self.client.put(self.address(slug), json={"response": response})

    async def check(self, slug):
        return await self.client.post(self.address(slug, "/check"))

    async def answer(self, *slugs):
        """Answer these items (all without) rightly."""
        key = await self.key()
        for slug in slugs or key:
            (await self.save(slug, key[slug])).raise_for_status()

    async def submit(self):
        return await self.client.post(self.address(end="/submission"))

    async def read(self):
        return await self.client.get(self.address())

    async def summary(self):
        return (await self.client.get(f"{API}/{self.assessment}")).json()


@pytest.fixture
async def taker(course, as_user):
    """A learner who has enrolled and begun the quiz."""
    found = Taker(await as_user("learner"), await as_user("instructor"), course)
    await course.enrol(found.client)
    answer = await found.start()
    assert answer.status_code == 201, answer.text
    return found


@pytest.fixture
def new_taker(course, as_user):
    """Make a learner who has enrolled and begun nothing."""

    async def make():
        found = Taker(await as_user("learner"), await as_user("instructor"), course)
        await course.enrol(found.client)
        return found

    return make


class Clock:
    """The site's time, which a test moves."""

    def __init__(self):
        self.now = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)

    def __call__(self):
        return self.now

    def pass_(self, **span):
        self.now += dt.timedelta(**span)


@pytest.fixture
def clock(host):
    """A clock that stands still until the test moves it."""
    before, host.clock = host.clock, Clock()
    yield host.clock
    host.clock = before


@pytest.fixture
def submissions(site, tenant):
    """What `assessments.attempt.submitted.v1` has said in this tenant."""

    async def read():
        async with site.context(tenant.id) as ctx:
            rows = await ctx.session.execute(
                text("SELECT data FROM core.event WHERE type = 'assessments.attempt.submitted.v1' ORDER BY id")
            )
            return [row.data for row in rows]

    return read
