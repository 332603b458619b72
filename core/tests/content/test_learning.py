"""Enrolment, completion, resume and the pages that show them."""

import asyncio

LESSON = "learning.lesson.completed.v1"
MODULE = "learning.module.completed.v1"
COURSE = "learning.course.completed.v1"


async def complete(client, lesson):
    return await client.post(f"/api/v1/lessons/{lesson['id']}/completion")


async def test_the_course_page_shows_the_outline_to_somebody_not_enrolled(learner, lessons, tea):
    course, by_slug = await lessons(learner)
    assert course["enrolment"] is None
    assert [module["title"] for module in course["modules"]] == ["Leaves", "Water"]
    assert list(by_slug) == ["green", "black", "leaves-quiz", "boil"]
    assert by_slug["leaves-quiz"]["kind"] == "quiz"
    assert {lesson["status"] for lesson in by_slug.values()} == {"new"}
    assert (course["minutes"], course["tags"], course["level"]) == (25, ["drinks", "calm"], "beginner")
    assert course["description_html"] == "<p>All about <strong>tea</strong>.</p>"


async def test_enrolling_starts_at_the_first_lesson_and_the_same_again_changes_nothing(learner, lessons, events, tea):
    course, by_slug = await lessons(learner)
    first, second = [await learner.post(f"/api/v1/courses/{course['id']}/enrolment") for _ in range(2)]
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert first.json()["resume_lesson_id"] == by_slug["green"]["id"]
    assert await events("learning.course.enrolled.v1") == [
        {"user_id": str(learner.user_id), "course_id": course["id"], "course_slug": "tea"}
    ]


async def test_a_plugin_may_refuse_an_enrolment(learner, lessons, quizzes, tea):
    from uuid import UUID

    course, _ = await lessons(learner)
    quizzes.closed.add(UUID(course["id"]))
    answer = await learner.post(f"/api/v1/courses/{course['id']}/enrolment")
    assert (answer.status_code, answer.json()["code"]) == (409, "course_full")
    assert (await lessons(learner))[0]["enrolment"] is None


async def test_a_lesson_is_read_by_those_enrolled_and_those_who_manage_courses(learner, as_user, lessons, enrolled):
    _, by_slug = await lessons(learner)
    path = f"/api/v1/lessons/{by_slug['green']['id']}"
    refused = await learner.get(path)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_enrolled")
    author = await as_user("author")
    assert (await author.get(path)).status_code == 200
    await enrolled(learner)
    lesson = (await learner.get(path)).json()
    assert (lesson["position"], lesson["total"], lesson["version"]) == (1, 4, 1)
    assert (lesson["previous_id"], lesson["next_id"]) == (None, by_slug["black"]["id"])
    assert lesson["course"]["slug"] == "tea"
    assert lesson["module"]["title"] == "Leaves"
    assert lesson["objectives"] == ["Brew it"]
    assert [(block["id"], block["type"]) for block in lesson["blocks"]] == [
        ("green-text-1", "text"),
        ("green-callout-1", "callout"),
        ("green-text-2", "text"),
    ]
    assert lesson["blocks"][1]["data"] == {
        "tone": "tip",
        "title": "Cooler water",
        "html": "<p>Use 80 degrees.</p>",
    }


async def test_completing_every_lesson_completes_modules_and_the_course_once(
    learner, enrolled, lessons, events, quizzes
):
    course, by_slug = await enrolled(learner)
    quizzes.passed.add(learner.user_id)
    order = list(by_slug.values())
    percents = []
    for index, lesson in enumerate(order):
        answer = (await complete(learner, lesson)).json()
        percents.append(answer["course_percent"])
        following = order[index + 1]["id"] if index + 1 < len(order) else None
        assert answer == {
            "lesson_id": lesson["id"],
            "status": "completed",
            "course_percent": percents[-1],
            "course_completed": index == len(order) - 1,
            "next_lesson_id": following,
        }
        assert (await complete(learner, lesson)).json() == answer
    assert percents == [25, 50, 75, 100]
    assert [event["lesson_slug"] for event in await events(LESSON)] == list(by_slug)
    assert [event["module_id"] for event in await events(MODULE)] == [module["id"] for module in course["modules"]]
    assert len(await events(COURSE)) == 1
    course, _ = await lessons(learner)
    assert course["enrolment"]["percent"] == 100
    assert course["enrolment"]["completed_at"] is not None
    assert course["enrolment"]["resume_lesson_id"] is None


async def test_completing_needs_an_enrolment(learner, lessons, events, tea):
    _, by_slug = await lessons(learner)
    answer = await complete(learner, by_slug["green"])
    assert (answer.status_code, answer.json()["code"]) == (409, "not_enrolled")
    assert await events(LESSON) == []


async def test_a_quiz_is_completed_only_when_its_plugin_agrees(learner, enrolled, events, quizzes):
    _, by_slug = await enrolled(learner)
    answer = await complete(learner, by_slug["leaves-quiz"])
    assert (answer.status_code, answer.json()["code"]) == (409, "blocks_incomplete")
    assert await events(LESSON) == []
    quizzes.passed.add(learner.user_id)
    assert (await complete(learner, by_slug["leaves-quiz"])).status_code == 200


async def test_parallel_completions_of_one_lesson_publish_one_event(learner, enrolled, events):
    _, by_slug = await enrolled(learner)
    answers = await asyncio.gather(*(complete(learner, by_slug["green"]) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["course_percent"] for answer in answers} == {25}
    assert len(await events(LESSON)) == 1


async def test_parallel_completions_of_the_last_lessons_complete_the_course_once(learner, enrolled, events, quizzes):
    _, by_slug = await enrolled(learner)
    quizzes.passed.add(learner.user_id)
    answers = await asyncio.gather(*(complete(learner, lesson) for lesson in by_slug.values()))
    assert sorted(answer.json()["course_percent"] for answer in answers) == [25, 50, 75, 100]
    assert len(await events(LESSON)) == 4
    assert len(await events(MODULE)) == 2
    assert len(await events(COURSE)) == 1


async def test_resume_goes_to_the_last_open_lesson_and_on_from_a_completed_one(learner, enrolled, lessons):
    _, by_slug = await enrolled(learner)

    async def resume():
        return (await lessons(learner))[0]["enrolment"]["resume_lesson_id"]

    black = f"/api/v1/lessons/{by_slug['black']['id']}"
    saved = await learner.put(f"{black}/position", json={"block_id": "black-figure-1"})
    assert saved.status_code == 204
    assert await resume() == by_slug["black"]["id"]
    lesson = (await learner.get(black)).json()
    assert (lesson["status"], lesson["block_id"]) == ("started", "black-figure-1")
    await complete(learner, by_slug["boil"])
    assert await resume() == by_slug["green"]["id"], "after the last lesson comes the first open one"
    await complete(learner, by_slug["green"])
    assert await resume() == by_slug["black"]["id"]
    assert (await learner.get(black)).json()["status"] == "started"


async def test_a_position_must_be_a_block_of_the_lesson(learner, enrolled):
    _, by_slug = await enrolled(learner)
    answer = await learner.put(f"/api/v1/lessons/{by_slug['green']['id']}/position", json={"block_id": "nowhere"})
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "block_id", "message": "is not a block of this lesson"}]


async def test_saving_a_position_keeps_a_completed_lesson_completed(learner, enrolled, lessons):
    _, by_slug = await enrolled(learner)
    await complete(learner, by_slug["green"])
    await learner.put(f"/api/v1/lessons/{by_slug['green']['id']}/position", json={"block_id": "green-text-2"})
    course, by_slug = await lessons(learner)
    assert by_slug["green"]["status"] == "completed"
    assert course["enrolment"]["percent"] == 25


async def test_leaving_keeps_what_was_completed_for_a_return(learner, enrolled, lessons, events):
    course, by_slug = await enrolled(learner)
    await complete(learner, by_slug["green"])
    path = f"/api/v1/courses/{course['id']}/enrolment"
    assert (await learner.delete(path)).status_code == 204
    assert (await learner.delete(path)).status_code == 404
    assert (await lessons(learner))[0]["enrolment"] is None
    course, _ = await enrolled(learner)
    assert course["enrolment"]["percent"] == 25
    assert course["enrolment"]["resume_lesson_id"] == by_slug["black"]["id"]
    assert len(await events(LESSON)) == 1


async def test_what_is_not_there_is_not_found(learner):
    nowhere = "01970000-0000-7000-8000-000000000000"
    assert (await learner.get("/api/v1/courses/nothing")).status_code == 404
    assert (await learner.get(f"/api/v1/lessons/{nowhere}")).status_code == 404
    assert (await learner.post(f"/api/v1/lessons/{nowhere}/completion")).status_code == 404
    assert (await learner.post(f"/api/v1/courses/{nowhere}/enrolment")).status_code == 404
    assert (await learner.put(f"/api/v1/lessons/{nowhere}/position", json={"block_id": "x"})).status_code == 404


async def test_another_tenant_sees_nothing_of_a_course(site, learner, lessons):
    course, by_slug = await lessons(learner)
    other = await site.sign_in(await site.new_tenant())
    async with other:
        assert (await other.get("/api/v1/courses/tea")).status_code == 404
        assert (await other.get(f"/api/v1/lessons/{by_slug['green']['id']}")).status_code == 404
        assert (await other.post(f"/api/v1/courses/{course['id']}/enrolment")).status_code == 404
        assert (await other.get("/api/v1/catalogue")).json()["items"] == []


async def test_guests_may_look_but_not_learn(as_user, lessons, tea):
    guest = await as_user("guest")
    course, by_slug = await lessons(guest)
    assert (await guest.post(f"/api/v1/courses/{course['id']}/enrolment")).status_code == 403
    assert (await complete(guest, by_slug["green"])).status_code == 403
