"""What assessments publish."""

from uuid import UUID

from questline_sdk import EventData


class AttemptSubmitted(EventData, frozen=True, kw_only=True):
    """An attempt at a graded assessment was submitted; `first_pass` is true once for each user and assessment."""

    event_type = "assessments.attempt.submitted.v1"
    attempt_id: UUID
    assessment_id: UUID
    assessment_slug: str
    user_id: UUID
    course_id: UUID
    lesson_id: UUID
    percent: int
    passed: bool
    first_pass: bool
