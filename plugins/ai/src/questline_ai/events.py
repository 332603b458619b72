"""What AI publishes."""

from uuid import UUID

from questline_sdk import EventData


class BudgetReached(EventData, frozen=True, kw_only=True):
    """A budget has passed 50, 80 or 100 % of its month for the first time."""

    event_type = "ai.budget.reached.v1"
    budget_id: UUID
    scope: str
    course_id: UUID | None
    user_id: UUID | None
    percent: int
    spent_micros: int
    limit_micros: int
    currency: str
