"""Attempts from start to submission, over HTTP."""

import pytest

API = "/api/v1/p/assessments"


@pytest.fixture
async def learner(course, as_user):
    client = await as_user("learner")
    await course.enrol(client)
    return client


async def start(learner, course):
    quiz = await course.quiz(learner)
    answer = await learner.post(f"{API}/{quiz['assessment_id']}/attempts")
    assert answer.status_code == 201, answer.text
    return answer.json()


async def key_of(course, as_user, assessment_id):
    teacher = await as_user("instructor")
    answer = await teacher.get(f"{API}/{assessment_id}/key")
    assert answer.status_code == 200, answer.text
    return {item["item_id"]: item["response"] for item in answer.json()["items"]}


async def test_the_key_earns_full_marks(course, learner, as_user):
    attempt = await start(learner, course)
    key = await key_of(course, as_user, attempt["assessment_id"])
    for item in attempt["items"]:
        answer = await learner.put(
            f"{API}/attempts/{attempt['id']}/answers/{item['id']}", json={"response": key[item["id"]]}
        )
        assert answer.status_code == 200, answer.text
    result = (await learner.post(f"{API}/attempts/{attempt['id']}/submission")).json()
    assert (result["score"], result["max_score"], result["percent"], result["passed"]) == (11, 11, 100, True)
    assert all(item["correct"] for item in result["items"])
