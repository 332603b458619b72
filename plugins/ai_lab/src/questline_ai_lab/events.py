"""What the lab publishes."""

from uuid import UUID

from questline_sdk import EventData


class ExerciseAnswered(EventData, frozen=True, kw_only=True):
    """A learner answered an exercise; `first` is true once for each learner and exercise."""

    event_type = "ai_lab.exercise.answered.v1"
    exercise_id: UUID
    kind: str
    user_id: UUID
    course_id: UUID
    lesson_id: UUID
    score: int
    first: bool


class ExerciseRegraded(EventData, frozen=True, kw_only=True):
    """An instructor changed the score of an answer, after its learner's appeal."""

    event_type = "ai_lab.exercise.regraded.v1"
    exercise_id: UUID
    answer_id: UUID
    kind: str
    user_id: UUID
    course_id: UUID
    lesson_id: UUID
    score: int
    previous_score: int
