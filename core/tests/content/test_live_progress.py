"""A completion tells the learner's own open tabs, once."""

import asyncio


async def test_a_completion_reaches_the_learners_tabs_only(site, tenant, learner, as_user, enrolled):
    course, by_slug = await enrolled(learner)
    other = await as_user("learner")
    path = f"/api/v1/lessons/{by_slug['green']['id']}/completion"
    async with (
        site.host.live.subscribe(tenant.id, learner.user_id) as mine,
        site.host.live.subscribe(tenant.id, other.user_id) as theirs,
    ):
        assert (await learner.post(path)).status_code == 200
        message = await asyncio.wait_for(mine.queue.get(), 60)
        assert message.topic == "content.progress.changed"
        assert message.data == {
            "course_id": course["id"],
            "lesson_id": by_slug["green"]["id"],
            "status": "completed",
            "course_percent": 25,
            "course_completed": False,
        }
        await learner.post(path)
        await learner.post(f"/api/v1/lessons/{by_slug['black']['id']}/completion")
        message = await asyncio.wait_for(mine.queue.get(), 60)
        assert message.data["lesson_id"] == by_slug["black"]["id"], "completing again says nothing"
        assert theirs.queue.empty()
