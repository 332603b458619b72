"""Suggestions: drafted from the lesson, held against it, decided on one by one, never published."""

import textwrap

import msgspec
import pytest
import pytest_asyncio
from sqlalchemy import text

from questline_ai.assistant.passages import Passage
from questline_ai.suggestions import checks
from questline_core.content.importer import available_block_types, import_course, load_course

WARM, BITTER = "Green tea wants water of 80 degrees.", "Boiling water makes it bitter."
LIST = "/api/v1/p/ai/suggestions"
COURSE = {
    "course.yaml": "slug: tea\ntitle: Tea\nsummary: How to make tea.\nlanguage: en\nmodules: [leaves]\n",
    "leaves/module.yaml": "title: Leaves\nlessons: [01-green.md]\n",
    "leaves/01-green.md": """
        ---
        title: Green tea
        minutes: 5
        ---
        Green tea wants water of 80 degrees. Boiling water makes it bitter.

        :::figure media/cup.svg | A cup
        A glass cup of green tea with one leaf in it.
        :::

        :::assessments.quiz
        title: Check yourself
        items:
          - id: one
            type: true_false
            prompt: Which temperature should water for green tea have?
            answer: false
            explanation: SECRET
        :::
        """,
    "media/cup.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>',
}


def question(asked, answer, explanation, source):
    return {
        "question": asked,
        "answer": answer,
        "distractors": ["50 cups", "A <b>pot</b>"],
        "explanation": explanation,
        "difficulty": "easy",
        "objective": "Make green tea",
        "source": source,
    }


@pytest_asyncio.fixture(loop_scope="session")
async def lesson(site, tenant, tmp_path):
    for path, words in COURSE.items():
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(textwrap.dedent(words).lstrip())
    source, problems = load_course(tmp_path, await available_block_types(site.host, tenant.id))
    assert source is not None, problems
    async with site.context(tenant.id) as ctx:
        await import_course(ctx, site.host, source)
        return await ctx.session.scalar(text("SELECT id FROM core.lesson"))


@pytest.fixture
def suggest(as_user, configured, vendor, lesson):
    """Have an author ask, and the vendor answer with these items."""

    async def ask(items, author=None, **wanted):
        vendor.words = [msgspec.json.encode({"items": items}).decode()]
        author = author or await as_user("author")
        answer = await author.post(f"{LIST}/{lesson}", json=wanted)
        return author, answer.json()

    return ask


async def test_quiz_items_come_with_source_cost_and_flags_and_are_decided_on_one_by_one(
    suggest, lesson, vendor, calls, site, tenant
):
    author, found = await suggest(
        [
            question("Why not boiling water?", "It makes green tea bitter [b1]", BITTER, BITTER),
            question("Which temperature should the water for green tea have?", "80 degrees", WARM, WARM),
            question("Who grows the tea?", "Farmers in Sri Lanka since 1867", "They do so by hand.", "Tea is grown."),
        ],
        kind="quiz_item",
    )
    assert [each["flags"] for each in found] == [[], ["duplicate"], ["unsupported"]]
    assert found[0]["source"]["sentence"] == BITTER
    assert "temperature should water" in found[1]["duplicate_of"]
    assert sum(each["cost_micros"] for each in found) == 15
    assert found[0]["diff"] == [{"op": "added", "text": found[0]["diff"][0]["text"]}]
    assert "correct: true" in found[0]["as_code"]
    assert "[b1]" not in str(found)
    assert "&lt;b&gt;pot" in found[0]["as_code"]
    assert "SECRET" not in str(vendor.asked)
    (call,) = await calls()
    assert (call["placement"], call["course_id"] is not None) == ("author_suggestions", True)

    decide = f"{LIST}/{lesson}/{found[0]['id']}/decision"
    accepted = (await author.post(decide, json={"accepted": True})).json()
    assert accepted["status"] == "accepted"
    assert (await author.post(decide, json={"accepted": True})).status_code == 200
    assert (await author.post(decide, json={"accepted": False})).json()["code"] == "ai_suggestion_decided"
    await author.post(f"{LIST}/{lesson}/{found[2]['id']}/decision", json={"accepted": False})
    listed = (await author.get(f"{LIST}/{lesson}")).json()
    assert (listed["lesson"]["pending"], listed["available"], listed["pictures"]) == (1, True, 1)
    assert sorted(each["status"] for each in listed["suggestions"]) == ["accepted", "pending", "rejected"]
    (card,) = (await author.get(LIST)).json()["items"]
    assert (card["title"], card["course_title"], card["pending"]) == ("Green tea", "Tea", 1)
    async with site.context(tenant.id) as ctx:
        blocks = await ctx.session.scalar(text("SELECT count(*) FROM assessments.item"))
    assert blocks == 1  # nothing was published


async def test_the_same_again_is_flagged_and_a_rejected_one_is_not_remembered(suggest, lesson):
    summary = {"text": WARM, "source": WARM}
    author, (first,) = await suggest([summary], kind="summary")
    assert first["flags"] == []
    _, (second,) = await suggest([summary], author, kind="summary")
    assert second["flags"] == ["duplicate"]
    for each in (first, second):
        await author.post(f"{LIST}/{lesson}/{each['id']}/decision", json={"accepted": False})
    _, (third,) = await suggest([summary], author, kind="summary")
    assert third["flags"] == []


async def test_pictures_and_translations_show_what_would_change(suggest):
    author, (alt,) = await suggest(
        [
            {"passage": "b2", "text": "A glass cup of green tea with one leaf", "source": "A glass cup of green tea"},
            {"passage": "b9", "text": "Nothing", "source": "Nothing"},
        ],
        kind="alt_text",
    )
    assert {piece["op"] for piece in alt["diff"]} >= {"same", "removed"}
    assert alt["block_id"] == alt["source"]["block_id"]
    right = "Grüner Tee braucht Wasser von 80 Grad. Kochendes Wasser macht ihn bitter."
    _, found = await suggest(
        [{"passage": "b1", "text": right}, {"passage": "b2", "text": "Eine Tasse mit 3 Blättern."}],
        author,
        kind="translation",
        locale="de",
    )
    assert [(each["locale"], each["flags"]) for each in found] == [("de", []), ("de", ["numbers"])]


async def test_learners_may_not_ask_and_answers_of_the_wrong_form_leave_nothing(suggest, as_user, lesson):
    learner = await as_user("learner")
    for answer in (await learner.get(LIST), await learner.post(f"{LIST}/{lesson}", json={"kind": "summary"})):
        assert answer.status_code == 403
    author, problem = await suggest([{"text": "No source"}], kind="summary")
    assert problem["code"] == "ai_wrong_form"
    assert (await author.get(f"{LIST}/{lesson}")).json()["suggestions"] == []
    assert (await suggest([], author, kind="translation"))[1]["errors"][0]["field"] == "locale"


def test_a_claim_is_held_against_the_words_of_the_lesson():
    passages = [Passage(mark="b1", block_id="x", lines=("Der Tee zieht 3 Minuten. Danach wird er bitter.",))]
    sentences = checks.sentences_of(passages)
    assert [each.sentence for each in sentences] == ["Der Tee zieht 3 Minuten.", "Danach wird er bitter."]
    assert checks.supporting("Tee zieht drei Minuten lang", "Der Tee zieht 3 Minuten", sentences)[1]
    assert not checks.supporting("Tee zieht 5 Minuten", "Der Tee zieht 3 Minuten", sentences)[1]
    assert checks.supporting("Kaffee kommt aus Brasilien", "", sentences) == (None, False)
    assert checks.same_numbers("1,000 of 2", "2 von 1.000")
    assert checks.repeated("How hot is green tea water?", ["How hot is the water for green tea?"]) is not None
