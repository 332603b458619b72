"""A course with a quiz, imported as authors keep it."""

import textwrap

import pytest
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

    def __init__(self, site, tenant, folder):
        self.site, self.tenant, self.folder = site, tenant, folder

    async def publish(self, files=None):
        """Write the files, import the course, return the report."""
        for name, text in (COURSE | (files or {})).items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text).strip() + "\n", encoding="utf-8")
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

    async def quiz(self, client, lesson_id=None):
        """The data of a lesson's quiz block."""
        page = (await client.get(f"/api/v1/lessons/{lesson_id or self.quiz_lesson}")).json()
        return next(block["data"] for block in page["blocks"] if block["type"] == "assessments.quiz")


@pytest.fixture
async def course(site, tenant, tmp_path):
    made = Course(site, tenant, tmp_path / "tea")
    await made.publish()
    return made
