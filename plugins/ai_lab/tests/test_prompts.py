"""Learners write prompts, run tools with them, and hand one in to be graded."""

import asyncio
import json

from sqlalchemy import text

from questline_ai_lab.asking import sentences_of
from questline_ai_lab.authored import Criterion, PromptTask, check_prompt
from questline_ai_lab.privacy import erase, export

GOOD = "Write a subject line for parents who drink tea at night. Use nine words at most."


def marks(**given):
    return json.dumps({name: {"level": level, "sentence": sentence} for name, (level, sentence) in given.items()})


async def test_two_tools_run_side_by_side_and_history_is_kept(bench, vendor):
    assert [each["model"] for each in (await bench.see())["tools"]] == ["one", "two"]
    draft = await bench.draft(GOOD)
    answers = await asyncio.gather(*(bench.run(draft, model) for model in ("one", "two")))
    for answer in answers:
        parts = bench.events(answer)
        assert [name for name, _ in parts] == ["text", "text", "output"]
        assert parts[-1][1]["text"] == "Five teas for the evening"
    await bench.draft("Shorter.")
    seen = (await bench.see())["drafts"]
    assert [(each["number"], len(each["outputs"])) for each in seen] == [(2, 0), (1, 2)]
    assert (await bench.run(draft, "one")).json()["code"] == "already_run"
    assert (await bench.run(draft, "three")).status_code == 422
    assert GOOD in str(vendor.asked)
    assert "SECRET" not in str(vendor.asked)


async def test_a_prompt_is_graded_with_its_own_sentences_as_evidence(bench, vendor, site, tenant):
    draft = await bench.draft(GOOD)
    output = bench.events(await bench.run(draft))[-1][1]
    vendor.marks = marks(audience=(4, 1), limits=(3, 0))
    answer = await bench.hand_in(draft, output["id"])
    assert answer.status_code == 201, answer.text
    assert answer.json()["result"]["criteria"] == [
        {
            "title": "Audience",
            "hint": "Say who reads it.",
            "level": 4,
            "quote": "Write a subject line for parents who drink tea at night",
        },
        {"title": "Limits", "hint": "Say how long it may be.", "level": 0, "quote": ""},
    ]
    assert [each["check"] for each in answer.json()["result"]["checks"]] == ["max_words", "banned"]
    assert answer.json()["score"] == 75
    assert "SECRET-guidance-audience" in str(vendor.asked[-1])
    assert (await bench.see())["answers"] == [answer.json()]
    async with site.context(tenant.id) as ctx:
        rows = await ctx.session.execute(text("SELECT data FROM core.event WHERE type = 'ai_lab.exercise.answered.v1'"))
        assert [(row.data["kind"], row.data["score"], row.data["first"]) for row in rows] == [("prompt", 75, True)]


async def test_where_ai_is_off_there_are_no_tools_and_no_grades(bench, as_user):
    draft = await bench.draft(GOOD)
    output = bench.events(await bench.run(draft))[-1][1]
    admin = await as_user("admin")
    (await admin.put("/api/v1/plugins/ai/enabled", json={"enabled": False})).raise_for_status()
    assert (await bench.see())["tools"] == []
    refused = await bench.hand_in(draft, output["id"])
    assert (refused.status_code, refused.json()["detail"]) == (
        503,
        "AI is switched off on this site, so nothing can be graded now.",
    )
    (await admin.put("/api/v1/plugins/ai/enabled", json={"enabled": True})).raise_for_status()
    assert len((await bench.see())["tools"]) == 2


async def test_what_a_grader_says_wrongly_counts_for_nothing(bench, vendor):
    draft = await bench.draft(GOOD)
    output = bench.events(await bench.run(draft))[-1][1]
    for wrong in ("not JSON", "{}", '{"audience": {"level": "4", "sentence": 1}}', "[]"):
        vendor.marks = wrong
        answer = await bench.hand_in(draft, output["id"])
        assert answer.status_code in {502, 503}, answer.text
    vendor.marks = marks(audience=(4, 1), limits=(4, 2))
    vendor.status = 500
    assert (await bench.hand_in(draft, output["id"])).status_code == 503
    assert (await bench.see())["answers"] == []


async def test_a_tool_that_fails_says_so_and_leaves_nothing(bench, vendor):
    draft = await bench.draft(GOOD)
    vendor.status = 401
    parts = bench.events(await bench.run(draft))
    assert [name for name, _ in parts] == ["problem"]
    assert (await bench.see())["drafts"][0]["outputs"] == []
    vendor.status = 200
    assert bench.events(await bench.run(draft, "two"))[-1][0] == "output"


async def test_others_prompts_are_out_of_reach(bench, course, vendor):
    draft = await bench.draft(GOOD)
    output = bench.events(await bench.run(draft))[-1][1]
    other = await course.learner()
    address = f"/api/v1/p/ai_lab/drafts/{draft['id']}"
    assert (await other.post(f"{address}/outputs", json={"provider": "ai_openai", "model": "one"})).status_code == 404
    assert (await other.post(f"{address}/hand-in", json={"output_id": output["id"]})).status_code == 404
    assert (await other.get(f"{bench.address}/drafts")).json()["drafts"] == []
    mine = await bench.draft("Another prompt.")
    assert (await bench.hand_in(mine, output["id"])).status_code == 404
    for wrong in ("", "  ", "\0", "x" * 8_001):
        assert (await bench.client.post(f"{bench.address}/drafts", json={"prompt": wrong})).status_code in {400, 422}


async def test_without_a_tool_prompts_are_kept_and_nothing_runs(bench, site, tenant):
    draft = await bench.draft(GOOD)
    output = bench.events(await bench.run(draft))[-1][1]
    async with await site.sign_in(tenant, "owner") as owner:
        for provider in ("ai_openai", "ai_sandbox"):
            (await owner.put(f"/api/v1/plugins/{provider}/enabled", json={"enabled": False})).raise_for_status()
    site.host.enablement.forget(tenant.id)  # so that this process need not wait to hear of it
    seen = await bench.see()
    assert (seen["tools"], len(seen["drafts"][0]["outputs"])) == ([], 1)
    assert (await bench.run(draft, "two")).status_code == 422
    answer = await bench.hand_in(draft, output["id"])
    assert (answer.status_code, answer.json()["code"]) == (503, "ai_no_provider")


async def test_prompts_are_exported_and_erased(bench, site, tenant):
    draft = await bench.draft(GOOD)
    await bench.run(draft)
    async with site.context(tenant.id) as ctx:
        held = (await export(ctx, bench.client.user_id))["prompts"]
        assert [(each["prompt"], each["text"]) for each in held] == [(GOOD, "Five teas for the evening")]
        await erase(ctx, bench.client.user_id)
    async with site.context(tenant.id) as ctx:
        assert not any((await export(ctx, bench.client.user_id)).values())


def test_sentences_are_what_a_reader_sees():
    assert sentences_of("One.\n\nTwo! Th\u200bree?\n - four") == ["One", "Two", "Three", "- four"]
    assert sentences_of("\u200b\n") == []


def test_criteria_are_named_once():
    same = Criterion(id="a", title="A", hint="a", guidance="a")
    assert [each.field for each in check_prompt(PromptTask(brief="x", rubric=(same, same)))] == ["rubric[1].id"]
