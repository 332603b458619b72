"""Attempts from start to submission, over HTTP."""

import asyncio
import json

import pytest

API = "/api/v1/p/assessments"


def score(result):
    return result["score"], result["max_score"], result["percent"], result["passed"]


async def test_the_key_earns_full_marks_whatever_the_type(taker):
    await taker.answer()
    result = (await taker.submit()).json()
    assert score(result) == (11, 11, 100, True)
    assert {item["score"] for item in result["items"]} == {1, 2, 3}
    assert all(item["correct"] and item["answered"] for item in result["items"])


async def test_nothing_answered_earns_nothing(taker):
    result = (await taker.submit()).json()
    assert score(result) == (0, 11, 0, False)
    assert not any(item["answered"] for item in result["items"])


async def test_parts_earn_parts(taker):
    key = await taker.key()
    await taker.save("kinds", {"option_ids": key["kinds"]["option_ids"][:2]})
    first, second, *others = key["steps"]["option_ids"]
    await taker.save("steps", {"option_ids": [second, first, *others]})
    left, right = next(iter(key["pots"]["pairs"].items()))
    await taker.save("pots", {"pairs": {left: right}})
    result = (await taker.submit()).json()
    by_slug = {taker.slugs[item["item_id"]]: item for item in result["items"]}
    assert {slug: by_slug[slug]["score"] for slug in ("kinds", "steps", "pots")} == {
        "kinds": 2,
        "steps": 1.6,
        "pots": 0.67,
    }
    assert result["score"] == 4.27
    assert result["percent"] == 38


async def test_answers_are_saved_and_found_again(taker):
    await taker.save("country", {"text": "India"})
    saved = await taker.save("country", {"text": "China"})
    assert saved.status_code == 200
    again = (await taker.start()).json()
    assert again["id"] == (await taker.read()).json()["id"]
    assert again["answers"][taker.item("country")["id"]]["response"] == {"text": "China"}
    assert again["items"] == (await taker.read()).json()["items"]


async def test_before_submission_nothing_says_what_is_right(taker):
    await taker.save("country", {"text": "Peru"})
    key = await taker.key()
    for answer in (await taker.start(), await taker.read(), await taker.save("hot", {"option_id": "true"})):
        assert "SECRET" not in answer.text
    attempt = (await taker.read()).json()
    text = json.dumps(attempt["items"])
    for word in ("correct", "feedback", "explanation", "answer", "accept", "tolerance", "expected"):
        assert word not in text
    assert attempt["result"] is None
    page = (await taker.client.get(f"/api/v1/lessons/{taker.course.quiz_lesson}")).text
    assert "SECRET" not in page
    assert not any(option in page for option in key["steps"]["option_ids"])
    assert (await taker.client.get(f"{API}/{taker.assessment}/key")).status_code == 403


async def test_options_are_shuffled_for_each_attempt_and_their_ids_say_nothing(taker, new_taker):
    orders = {tuple((await taker.key())["steps"]["option_ids"])}
    sorted_before = sorted(orders.copy().pop())
    for _ in range(6):
        other = await new_taker()
        await other.start()
        orders.add(tuple(option["id"] for option in other.item("steps")["options"]))
    assert len(orders) > 2
    assert all(sorted(order) == sorted_before for order in orders)


async def test_a_check_explains_and_locks(taker):
    wrong = (await taker.key())["leaf"]["option_id"]
    options = [option["id"] for option in taker.item("leaf")["options"]]
    mint = next(
        option["id"] for option in taker.item("leaf")["options"] if "Mint" in option["text_html"]
    )  # fmt: skip
    assert (await taker.check("leaf")).json()["code"] == "not_answered"
    await taker.save("leaf", {"option_id": mint})
    told = (await taker.check("leaf")).json()
    assert (told["correct"], told["score"], told["max_score"]) == (False, 0, 1)
    assert told["expected"] == {"option_id": wrong}
    assert "SECRET-why" in told["explanation_html"]
    assert "SECRET-wrong" in told["option_feedback"][mint]
    assert set(told["option_feedback"]) <= set(options)
    assert (await taker.check("leaf")).json() == told
    assert (await taker.save("leaf", {"option_id": mint})).status_code == 200
    locked = await taker.save("leaf", {"option_id": wrong})
    assert (locked.status_code, locked.json()["code"]) == (409, "answer_locked")
    checked = (await taker.read()).json()["answers"][taker.item("leaf")["id"]]["checked"]
    assert checked == told


async def test_messages_follow_the_answer(taker):
    await taker.save("hot", {"option_id": "false"})
    assert "SECRET-yes" in (await taker.check("hot")).json()["message_html"]


async def test_a_response_that_does_not_fit_is_refused(taker):
    refused = await taker.save("leaf", {"option_ids": []})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "response"
    assert (await taker.save("country", {"text": "\0"})).status_code == 422
    assert (await taker.read()).json()["answers"] == {}


async def test_a_submitted_attempt_answers_the_same_again(taker, submissions):
    await taker.answer("leaf", "country")
    first = (await taker.submit()).json()
    assert (await taker.submit()).json() == first
    assert (await taker.read()).json()["result"] == first
    assert len(await submissions()) == 1
    for late in (await taker.save("hot", {"option_id": "true"}), await taker.check("leaf")):
        assert (late.status_code, late.json()["code"]) == (409, "attempt_submitted")


async def test_the_first_pass_is_said_once(taker, submissions):
    for slugs in (("leaf",), (), ()):
        await taker.start()
        await taker.answer(*slugs)
        await taker.submit()
    said = await submissions()
    assert [(each["passed"], each["first_pass"]) for each in said] == [(False, False), (True, True), (True, False)]
    assert said[0] | {"attempt_id": 0} == {
        "attempt_id": 0,
        "assessment_id": taker.assessment,
        "assessment_slug": "leaves-quiz",
        "user_id": str(taker.client.user_id),
        "course_id": taker.course.id,
        "lesson_id": taker.course.quiz_lesson,
        "percent": 9,
        "passed": False,
        "first_pass": False,
    }
    summary = await taker.summary()
    assert (summary["passed"], summary["best_percent"], summary["open_attempt_id"]) == (True, 100, None)
    assert [line["number"] for line in summary["attempts"]] == [3, 2, 1]


async def test_two_starts_at_once_are_one_attempt(new_taker):
    taker = await new_taker()
    quiz = await taker.course.quiz(taker.client)
    path = f"{API}/{quiz['assessment_id']}/attempts"
    answers = await asyncio.gather(*(taker.client.post(path) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_two_submissions_at_once_are_one_event(taker, submissions):
    await taker.answer()
    results = await asyncio.gather(*(taker.submit() for _ in range(4)))
    assert {answer.status_code for answer in results} == {200}
    assert all(answer.json() == results[0].json() for answer in results)
    assert len(await submissions()) == 1


async def test_others_attempts_are_not_there(taker, new_taker):
    other = await new_taker()
    assert (await other.client.get(taker.address())).status_code == 404
    assert (await other.client.put(taker.address("hot"), json={"response": {"option_id": "true"}})).status_code == 404
    assert (await other.client.post(taker.address("hot", "/check"))).status_code == 404
    assert (await other.client.post(taker.address(end="/submission"))).status_code == 404
    assert (await taker.client.get(f"{API}/{taker.attempt['id']}")).status_code == 404


async def test_who_is_not_enrolled_takes_nothing(taker, as_user):
    stranger = await as_user("learner")
    refused = await stranger.post(f"{API}/{taker.assessment}/attempts")
    assert (refused.status_code, refused.json()["code"]) == (409, "not_enrolled")
    (await taker.client.delete(f"/api/v1/courses/{taker.course.id}/enrolment")).raise_for_status()
    left = await taker.save("hot", {"option_id": "true"})
    assert (left.status_code, left.json()["code"]) == (409, "not_enrolled")


@pytest.fixture
async def after(course, new_taker):
    """A learner at a quiz that explains itself afterwards and may be taken twice."""
    await course.publish(course.quiz_with("feedback: after\n    max_attempts: 2"))
    taker = await new_taker()
    await taker.start()
    return taker


async def test_feedback_after_waits_until_it_helps_no_more(after):
    await after.answer("leaf")
    assert (await after.check("leaf")).json()["code"] == "feedback_after"
    first = (await after.submit()).json()
    assert (first["revealed"], first["attempts_left"]) == (False, 1)
    assert "SECRET" not in json.dumps(first)
    assert all(item["expected"] is None and item["option_feedback"] == {} for item in first["items"])
    assert [item["correct"] for item in first["items"]].count(True) == 1
    await after.start()
    last = (await after.submit()).json()
    assert (last["revealed"], last["attempts_left"]) == (True, 0)
    assert all(item["expected"] for item in last["items"])
    refused = await after.start()
    assert (refused.status_code, refused.json()["code"]) == (409, "no_attempts_left")


async def test_feedback_after_is_shown_once_passed(after):
    await after.answer()
    result = (await after.submit()).json()
    assert result["revealed"] is True
    assert "SECRET-right" in json.dumps(result)


async def test_a_check_in_a_lesson_counts_for_nothing(course, new_taker, submissions):
    taker = await new_taker()
    await taker.start(course.lesson)
    assert taker.attempt["graded"] is False
    await taker.answer()
    assert (await taker.submit()).json()["passed"] is True
    assert await submissions() == []
    done = await taker.client.post(f"/api/v1/lessons/{course.lesson}/completion")
    assert done.status_code == 200


async def test_a_quiz_lesson_is_completed_by_passing(taker):
    path = f"/api/v1/lessons/{taker.course.quiz_lesson}/completion"
    refused = await taker.client.post(path)
    assert (refused.status_code, refused.json()["code"]) == (409, "blocks_incomplete")
    await taker.answer("leaf")
    await taker.submit()
    assert (await taker.client.post(path)).status_code == 409
    await taker.start()
    await taker.answer()
    await taker.submit()
    done = await taker.client.post(path)
    assert (done.status_code, done.json()["status"]) == (200, "completed")
