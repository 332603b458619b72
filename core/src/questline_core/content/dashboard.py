"""The dashboard as one statement: courses, totals, activity and streak in the user's time zone."""

from sqlalchemy import Date, DateTime, Integer, and_, bindparam, cast, func, literal_column, select, true
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from questline_core.auth.models import User
from questline_core.content.models import Course, CourseVersion, Enrolment, LessonProgress, LessonVersion
from questline_core.content.queries import USER, card_columns, current_version, own_enrolment
from questline_core.content.schemas import Dashboard
from questline_sdk import Context
from questline_sdk.db import hot

ACTIVITY_DAYS = 84


# One row: the zone and today's date in it.
_local = select(
    func.coalesce(select(User.time_zone).where(User.id == USER).scalar_subquery(), "UTC").label("zone"),
).cte("local")
_today = select(
    cast(func.timezone(_local.c.zone, bindparam("now", type_=DateTime(timezone=True))), Date).label("today"),
    _local.c.zone,
).cte("today")
# One row per day on which the user completed lessons.
_day = cast(func.timezone(_today.c.zone, LessonProgress.completed_at), Date)
_days = (
    select(_day.label("day"), func.count().label("lessons"), func.sum(LessonProgress.minutes).label("minutes"))
    .select_from(LessonProgress)
    .join(_today, true())
    .where(LessonProgress.user_id == USER, LessonProgress.status == "completed")
    .group_by(_day)
    .cte("days")
)
# Consecutive days share `day + rank`: the day and its rank from the newest move in opposite directions.
_ranked = select(
    _days.c.day, (_days.c.day + cast(func.row_number().over(order_by=_days.c.day.desc()), Integer)).label("run")
).cte("ranked")
_newest_run = (
    select(_ranked.c.run)
    .where(_ranked.c.day >= select(_today.c.today - 1).scalar_subquery())
    .order_by(_ranked.c.day.desc())
    .limit(1)
    .scalar_subquery()
)
_streak = select(func.count()).select_from(_ranked).where(_ranked.c.run == _newest_run)

_ago = func.generate_series(0, ACTIVITY_DAYS - 1).table_valued("ago", name="series").render_derived()
_calendar = (
    select((_today.c.today - _ago.c.ago).label("date"), func.coalesce(_days.c.lessons, 0).label("count"))
    .select_from(_ago)
    .join(_today, true())
    .outerjoin(_days, _days.c.day == _today.c.today - _ago.c.ago)
    .subquery("calendar")
)
_activity = select(
    func.jsonb_agg(aggregate_order_by(func.to_jsonb(literal_column("calendar")), _calendar.c.date), type_=JSONB)
).select_from(_calendar)

_resume = (
    select(
        func.jsonb_build_object(
            "lesson_id",
            LessonVersion.lesson_id,
            "lesson_title",
            LessonVersion.title,
            "module_title",
            LessonVersion.module_title,
        )
    )
    .where(
        LessonVersion.tenant_id == Enrolment.tenant_id,
        LessonVersion.version_id == CourseVersion.id,
        LessonVersion.lesson_id == Enrolment.resume_lesson_id,
    )
    .correlate(Enrolment, CourseVersion)
    .scalar_subquery()
)
_mine = (
    select(*card_columns(), Enrolment.completed_lessons, Enrolment.last_activity_at, _resume.label("resume"))
    .select_from(Course)
    .join(Enrolment, own_enrolment())
    .join(CourseVersion, current_version())
    .order_by(func.coalesce(Enrolment.last_activity_at, Enrolment.enrolled_at).desc(), Course.id)
    .subquery("mine")
)
_courses = select(
    func.coalesce(func.jsonb_agg(func.to_jsonb(literal_column("mine"))), literal_column("'[]'::jsonb"), type_=JSONB)
).select_from(_mine)
_completed_courses = select(func.count()).where(and_(Enrolment.user_id == USER, Enrolment.completed_at.is_not(None)))

DASHBOARD = hot(
    select(
        _courses.scalar_subquery().label("courses"),
        select(func.coalesce(func.sum(_days.c.lessons), 0).cast(Integer)).scalar_subquery().label("completed_lessons"),
        _completed_courses.scalar_subquery().label("completed_courses"),
        select(func.coalesce(func.sum(_days.c.minutes), 0).cast(Integer)).scalar_subquery().label("minutes_learned"),
        _activity.scalar_subquery().label("activity"),
        _streak.scalar_subquery().label("current_streak_days"),
    ),
    Dashboard,
)


async def get_dashboard(ctx: Context) -> Dashboard:
    """Where the signed-in user stands."""
    (dashboard,) = await ctx.fetch(DASHBOARD, user_id=ctx.user.id, now=ctx.now)
    return dashboard
