"""A plugin with the block type `assessments.quiz`, and vetoes that tests decide on."""

from typing import Annotated, Literal
from uuid import UUID, uuid5

import msgspec

from questline_sdk import FieldError, Plugin, hookimpl
from questline_sdk.blocks import BlockType
from questline_sdk.hooks import Veto

NAMESPACE = UUID("7f0c1c52-55a5-4f1e-9d0e-0d8a5f2b9a11")


class Option(msgspec.Struct, kw_only=True):
    text: str
    correct: bool = False
    feedback: str = ""


class Item(msgspec.Struct, kw_only=True, tag_field="type"):
    id: str
    prompt: str
    points: Annotated[int, msgspec.Meta(ge=1)] = 1
    explanation: str
    feedback: dict[str, str] = {}


class Single(Item, kw_only=True, tag="single"):
    options: Annotated[list[Option], msgspec.Meta(min_length=2)]


class Multiple(Item, kw_only=True, tag="multiple"):
    options: list[Option]


class TrueFalse(Item, kw_only=True, tag="true_false"):
    answer: bool


class Numeric(Item, kw_only=True, tag="numeric"):
    answer: float
    tolerance: float | None = None
    tolerance_percent: float | None = None
    unit: str | None = None


class ShortText(Item, kw_only=True, tag="short_text"):
    accept: list[str]
    case_sensitive: bool = False


class Ordering(Item, kw_only=True, tag="ordering"):
    options: list[Option]


class Pair(msgspec.Struct, kw_only=True):
    left: str
    right: str


class Matching(Item, kw_only=True, tag="matching"):
    pairs: list[Pair]


class Quiz(msgspec.Struct, kw_only=True):
    title: str
    pass_percent: Annotated[int, msgspec.Meta(ge=0, le=100)] = 0
    time_limit_minutes: int | None = None
    max_attempts: int | None = None
    feedback: Literal["immediate", "after"] = "immediate"
    items: list[Single | Multiple | TrueFalse | Numeric | ShortText | Ordering | Matching]


class QuizData(msgspec.Struct, frozen=True, kw_only=True):
    assessment_id: UUID
    title: str
    kind: str
    item_count: int
    prompts_html: list[str]


def check(quiz):
    return [
        FieldError(f"items[{index}].options", "one option must be correct")
        for index, item in enumerate(quiz.items)
        if isinstance(item, Single) and sum(option.correct for option in item.options) != 1
    ]


async def publish(ctx, place, quiz):
    return QuizData(
        assessment_id=uuid5(NAMESPACE, f"{place.course_id}/{place.key}"),
        title=quiz.title,
        kind=place.kind,
        item_count=len(quiz.items),
        prompts_html=[place.render_markdown(item.prompt) for item in quiz.items],
    )


class Quizzes(Plugin):
    def __init__(self):
        self.passed = set()
        self.closed = set()

    @hookimpl
    def register_block_types(self):
        return [BlockType(name="assessments.quiz", authored=Quiz, publish=publish, check=check)]

    @hookimpl
    async def check_enrolment(self, ctx, user_id, course_id):
        return Veto(code="course_full", detail="The course is full.") if course_id in self.closed else None

    @hookimpl
    async def check_lesson_completion(self, ctx, user_id, lesson_id, blocks):
        graded = any(block.type == "assessments.quiz" and block.data["kind"] == "quiz" for block in blocks)
        if graded and user_id not in self.passed:
            return Veto(code="blocks_incomplete", detail="Pass the quiz first.")
        return None


plugin = Quizzes()
