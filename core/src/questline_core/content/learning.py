"""Lessons, completions and enrolments as selects, for the statements of plugins."""

from typing import Any

from sqlalchemy import Select, and_, select

from questline_core.content.models import Course, CourseVersion, Enrolment, Lesson, LessonProgress, LessonVersion
from questline_core.content.queries import current_version, published_lesson
from questline_sdk.learning import Learning
from questline_sdk.services import Service


class LearningRows:
    """The promised columns over core's tables."""

    def lessons(self) -> Select[*tuple[Any, ...]]:
        """The lessons of the courses' current versions."""
        return (
            select(
                Lesson.tenant_id,
                Lesson.id.label("lesson_id"),
                Course.id.label("course_id"),
                LessonVersion.module_id,
                Course.slug.label("course_slug"),
                CourseVersion.title.label("course_title"),
                LessonVersion.module_title,
                LessonVersion.title,
                LessonVersion.kind,
                LessonVersion.minutes,
                LessonVersion.position,
                CourseVersion.language,
                CourseVersion.level,
                CourseVersion.tags,
                LessonVersion.objectives,
                LessonVersion.blocks,
            )
            .select_from(Lesson)
            .join(Course, and_(Course.tenant_id == Lesson.tenant_id, Course.id == Lesson.course_id))
            .join(CourseVersion, current_version())
            .join(LessonVersion, published_lesson())
        )

    def completions(self) -> Select[*tuple[Any, ...]]:
        """Who completed which lesson when."""
        return select(
            LessonProgress.tenant_id,
            LessonProgress.user_id,
            LessonProgress.course_id,
            LessonProgress.lesson_id,
            LessonProgress.completed_at,
        ).where(LessonProgress.status == "completed")

    def enrolments(self) -> Select[*tuple[Any, ...]]:
        """Who takes which course now."""
        return select(Enrolment.tenant_id, Enrolment.user_id, Enrolment.course_id, Enrolment.enrolled_at)


LEARNING_SERVICES = [Service(protocol=Learning, factory=lambda _: LearningRows())]
