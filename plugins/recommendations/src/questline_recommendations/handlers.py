"""What learners do changes at once what is suggested to them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from questline_recommendations.jobs import refresh_soon
from questline_recommendations.models import Mastery
from questline_sdk import Context, Event, EventData, handles, handles_batch
from questline_sdk.events import LessonCompleted


class AttemptSubmitted(EventData, frozen=True, kw_only=True):
    """What recommendations need of the event that assessments publish."""

    event_type = "assessments.attempt.submitted.v1"
    user_id: UUID
    lesson_id: UUID
    percent: int


@handles_batch(LessonCompleted, name="follow")
async def follow(ctx: Context, events: Sequence[Event[LessonCompleted]]) -> None:
    """Suggest anew to those who completed lessons."""
    await refresh_soon(ctx, [event.data.user_id for event in events])


@handles(AttemptSubmitted, name="measure")
async def measure(ctx: Context, event: Event[Any]) -> None:
    """Keep a learner's best result in a quiz, and suggest anew what closes the gap."""
    data: AttemptSubmitted = event.data
    statement = insert(Mastery).values(
        user_id=data.user_id, lesson_id=data.lesson_id, percent=data.percent, measured_at=event.occurred_at
    )
    new = statement.excluded
    await ctx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "user_id", "lesson_id"],
            set_={"percent": new.percent, "measured_at": new.measured_at},
            where=new.percent > Mastery.percent,
        )
    )
    await refresh_soon(ctx, [data.user_id])


HANDLERS = (follow, measure)
