"""Events that are delivered when whom they are about is gone."""

from uuid import uuid4

from sqlalchemy import text

from questline_core.auth.accounts import delete_user
from questline_sdk.events import LessonCompleted


async def test_an_event_of_a_deleted_user_is_dropped_and_does_not_die(site, tenant, as_user, drain):
    learner, other = await as_user("learner"), await as_user("learner")
    async with site.context(tenant.id) as ctx:
        for user in (learner.user_id, other.user_id):
            ids = {name: uuid4() for name in ("course_id", "module_id", "lesson_id")}
            await ctx.publish(LessonCompleted(user_id=user, course_slug="c", lesson_slug="l", kind="lesson", **ids))
        await delete_user(ctx, learner.user_id)
    await drain()
    async with site.context(tenant.id) as ctx:
        left = await ctx.session.execute(
            text("SELECT status FROM queue.pgqueuer WHERE position(:tenant IN convert_from(payload, 'UTF8')) > 0"),
            {"tenant": str(tenant.id)},
        )
        assert left.all() == []
        awarded = (await ctx.session.scalars(text("SELECT DISTINCT user_id FROM points.entry"))).all()
        assert awarded == [other.user_id]
