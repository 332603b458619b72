"""Rules as administrators keep them, and the rules a tenant starts with."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, insert, select, update

from questline_points.models import Rule
from questline_points.schemas import Cap, RuleInput, RuleView
from questline_sdk import Context, Invalid, NotFound, Page
from questline_sdk.conditions import Condition

COLUMNS = (
    Rule.id, Rule.name, Rule.event, Rule.amount, Rule.condition, Rule.cap, Rule.cooldown_seconds, Rule.enabled,
)  # fmt: skip

ATTEMPT_SUBMITTED = "assessments.attempt.submitted.v1"
EXERCISE_ANSWERED = "ai_lab.exercise.answered.v1"

STARTING_RULES: dict[str, RuleInput] = {
    "lesson_completed": RuleInput(name="Lesson completed", event="learning.lesson.completed.v1", amount=10),
    "module_completed": RuleInput(name="Module completed", event="learning.module.completed.v1", amount=25),
    "course_completed": RuleInput(name="Course completed", event="learning.course.completed.v1", amount=100),
    "quiz_passed": RuleInput(
        name="Quiz passed",
        event=ATTEMPT_SUBMITTED,
        amount=30,
        condition=Condition(field="first_pass", op="eq", value=True),
    ),
    "perfect_score": RuleInput(
        name="Perfect score",
        event=ATTEMPT_SUBMITTED,
        amount=20,
        condition=Condition(field="percent", op="gte", value=100),
        cap=Cap(per="day", amount=60),
    ),
    "exercise_answered": RuleInput(
        name="Exercise answered",
        event=EXERCISE_ANSWERED,
        amount=10,
        condition=Condition(field="first", op="eq", value=True),
    ),
    "enrolled": RuleInput(
        name="Enrolled in a course", event="learning.course.enrolled.v1", amount=5, cap=Cap(per="day", amount=10)
    ),
    "daily_login": RuleInput(
        name="Daily visit", event="identity.user.logged_in.v1", amount=2, cap=Cap(per="day", amount=2)
    ),
}


async def list_rules(ctx: Context) -> Page[RuleView]:
    """Every rule, oldest first."""
    rows = (await ctx.session.execute(select(*COLUMNS).order_by(Rule.created_at, Rule.id))).mappings().all()
    return Page(items=[_view(row) for row in rows], total=len(rows))


async def create_rule(ctx: Context, rule: RuleInput) -> RuleView:
    """Add a rule; raises `Invalid` for one that could never award."""
    row = await ctx.session.execute(insert(Rule).values(**_values(rule)).returning(*COLUMNS))
    return _view(row.mappings().one())


async def replace_rule(ctx: Context, rule_id: UUID, rule: RuleInput) -> RuleView:
    """Change a rule; what it has awarded stays. Raises `NotFound`."""
    statement = update(Rule).where(Rule.id == rule_id).values(**_values(rule)).returning(*COLUMNS)
    row = (await ctx.session.execute(statement)).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no such rule.")
    return _view(row)


async def delete_rule(ctx: Context, rule_id: UUID) -> None:
    """Remove a rule; what it has awarded stays. Raises `NotFound`."""
    row = await ctx.session.execute(delete(Rule).where(Rule.id == rule_id).returning(Rule.id))
    if row.one_or_none() is None:
        raise NotFound("There is no such rule.")


async def seed_rules(ctx: Context) -> None:
    """Give a tenant without rules those to start with."""
    if await ctx.session.scalar(select(Rule.id).limit(1)) is not None:
        return
    rows = [_values(rule) | {"key": key} for key, rule in STARTING_RULES.items()]
    await ctx.session.execute(insert(Rule), rows)


def _values(rule: RuleInput) -> dict[str, Any]:
    if rule.event.startswith("points."):
        raise Invalid.field("event", "points cannot award for their own events; name an event of another plugin")
    values: dict[str, Any] = msgspec.to_builtins(rule)
    return values


def _view(row: Any) -> RuleView:
    return msgspec.convert(dict(row), RuleView)
