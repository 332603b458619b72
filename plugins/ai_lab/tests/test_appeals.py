"""A learner appeals against a score; somebody who teaches the course decides which one counts."""

import asyncio

import pytest
from sqlalchemy import text

from questline_ai_lab.privacy import erase, export

API = "/api/v1/p/ai_lab"
WHY = {"reason": "The claim is quoted, not made."}
NINETY = {"score": 90, "comment": "You are right: a quotation is no claim."}


class Revised:
    """A learner with a revision that scored 33."""

    def __init__(self, learner, address, answer):
        self.learner, self.address, self.answer = learner, address, answer

    @property
    def appeal(self):
        return f"{API}/answers/{self.answer['id']}/appeal"

    async def see(self):
        return (await self.learner.get(self.address)).json()["answers"][0]


@pytest.fixture
async def revised(course):
    learner = await course.learner()
    address = await course.address(learner, "critique")
    answer = await learner.post(f"{address}/revisions", json={"text": "The best tea"})
    return Revised(learner, address, answer.json())


async def appeals(teacher, *, decided=False):
    answer = await teacher.get(f"{API}/appeals", params={"decided": decided})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_an_appeal_changes_the_score_that_counts_and_keeps_the_other(revised, as_user, site, tenant):
    made = await revised.learner.post(revised.appeal, json=WHY)
    assert made.status_code == 201, made.text
    assert (made.json()["graded"], made.json()["score"]) == (33, None)
    teacher = await as_user("instructor")
    [card] = await appeals(teacher)
    assert (card["exercise"], card["course"], card["kind"]) == ("Say less", "Tea", "critique")
    detail = (await teacher.get(f"{API}/appeals/{card['id']}")).json()
    assert (detail["text"], detail["brief"]) == ("The best tea", "Rewrite *this*.")
    decided = await teacher.post(f"{API}/appeals/{card['id']}/decision", json=NINETY)
    assert decided.status_code == 200, decided.text
    seen = await revised.see()
    assert (seen["score"], seen["appeal"]["graded"], seen["appeal"]["comment"]) == (90, 33, NINETY["comment"])
    assert await appeals(teacher) == []
    assert [each["id"] for each in await appeals(teacher, decided=True)] == [card["id"]]
    async with site.context(tenant.id) as ctx:
        told = await ctx.session.execute(text("SELECT data FROM core.event WHERE type = 'ai_lab.exercise.regraded.v1'"))
        assert [(row.data["previous_score"], row.data["score"]) for row in told] == [(33, 90)]
        kept = await ctx.session.execute(text("SELECT action FROM core.audit_entry WHERE action LIKE 'ai_lab%'"))
        assert [row.action for row in kept] == ["ai_lab.appeal.decided"]


async def test_a_score_that_is_kept_is_no_news(revised, as_user, site, tenant):
    await revised.learner.post(revised.appeal, json=WHY)
    teacher = await as_user("instructor")
    [card] = await appeals(teacher)
    await teacher.post(f"{API}/appeals/{card['id']}/decision", json={"score": 33, "comment": "The claim stands."})
    assert (await revised.see())["appeal"]["comment"] == "The claim stands."
    async with site.context(tenant.id) as ctx:
        told = await ctx.session.execute(text("SELECT 1 FROM core.event WHERE type = 'ai_lab.exercise.regraded.v1'"))
        assert told.first() is None


async def test_an_appeal_is_made_once_and_decided_once(revised, as_user):
    made = await asyncio.gather(*(revised.learner.post(revised.appeal, json=WHY) for _ in range(4)))
    assert sorted(each.status_code for each in made) == [201, 409, 409, 409]
    teacher = await as_user("instructor")
    [card] = await appeals(teacher)
    decision = f"{API}/appeals/{card['id']}/decision"
    decided = await asyncio.gather(*(teacher.post(decision, json=NINETY) for _ in range(4)))
    assert sorted(each.status_code for each in decided) == [200, 409, 409, 409]
    withdrawn = await revised.learner.delete(revised.appeal)
    assert (withdrawn.status_code, withdrawn.json()["code"]) == (409, "appeal_decided")
    again = await revised.learner.post(revised.appeal, json=WHY)
    assert (again.status_code, again.json()["code"]) == (409, "already_appealed")


async def test_an_open_appeal_is_withdrawn_and_may_be_made_anew(revised, as_user):
    await revised.learner.post(revised.appeal, json=WHY)
    assert (await revised.learner.delete(revised.appeal)).status_code == 204
    assert (await revised.learner.delete(revised.appeal)).status_code == 404
    assert await appeals(await as_user("instructor")) == []
    assert (await revised.see())["appeal"] is None
    assert (await revised.learner.post(revised.appeal, json=WHY)).status_code == 201


async def test_only_what_was_judged_and_is_ones_own_is_appealed(course, revised, as_user):
    other = await course.learner()
    assert (await other.post(revised.appeal, json=WHY)).status_code == 404
    assert (await other.get(f"{API}/appeals")).status_code == 403
    duel = await course.address(other, "duel")
    picked = (await other.post(f"{duel}/pick", json={"pick": "a"})).json()
    refused = await other.post(f"{API}/answers/{picked['id']}/appeal", json=WHY)
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_appeal")
    for wrong in ("", "  ", "\0", "x" * 2_001):
        assert (await revised.learner.post(revised.appeal, json={"reason": wrong})).status_code in {400, 422}


async def test_nobody_decides_on_their_own_answer(course, as_user):
    teacher = await as_user("instructor")
    found = (await teacher.get("/api/v1/courses/tea")).json()
    (await teacher.post(f"/api/v1/courses/{found['id']}/enrolment")).raise_for_status()
    address = await course.address(teacher, "critique")
    answer = (await teacher.post(f"{address}/revisions", json={"text": "The best tea"})).json()
    await teacher.post(f"{API}/answers/{answer['id']}/appeal", json=WHY)
    [card] = await appeals(teacher)
    assert (await teacher.post(f"{API}/appeals/{card['id']}/decision", json=NINETY)).status_code == 403
    wrong = await teacher.post(f"{API}/appeals/{card['id']}/decision", json={"score": 101, "comment": "x"})
    assert wrong.status_code in {400, 422}


async def test_an_appeal_against_a_graded_prompt_shows_its_evidence(bench, vendor, as_user):
    draft = await bench.draft("Write to tea lovers. Nine words at most.")
    [*_, (_, output)] = bench.events(await bench.run(draft))
    vendor.marks = '{"audience": {"level": 2, "sentence": 1}, "limits": {"level": 4, "sentence": 2}}'
    answer = (await bench.hand_in(draft, output["id"])).json()
    made = await bench.client.post(f"{API}/answers/{answer['id']}/appeal", json=WHY)
    assert made.status_code == 201, made.text
    teacher = await as_user("instructor")
    [card] = await appeals(teacher)
    detail = (await teacher.get(f"{API}/appeals/{card['id']}")).json()
    assert detail["output"] == "Five teas for the evening"
    assert detail["guidance"][0] == "Audience: SECRET-guidance-audience"
    assert "SECRET-guidance" not in made.text


async def test_appeals_are_exported_and_erased(revised, site, tenant):
    await revised.learner.post(revised.appeal, json=WHY)
    async with site.context(tenant.id) as ctx:
        [appeal] = (await export(ctx, revised.learner.user_id))["appeals"]
        assert (appeal["exercise"], appeal["reason"]) == ("green#ai-lab-critique-1", WHY["reason"])
        await erase(ctx, revised.learner.user_id)
        assert not any((await export(ctx, revised.learner.user_id)).values())
