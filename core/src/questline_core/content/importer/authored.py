"""What authors write in `course.yaml`, `module.yaml`, front matter and quiz files."""

from typing import Annotated

import msgspec

from questline_core.content.schemas import Level

Slug = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=80,
        description="up to 80 lower-case letters, digits and hyphens",
    ),
]
Title = Annotated[str, msgspec.Meta(pattern=r"\S", max_length=200, description="1 to 200 characters of text")]
Short = Annotated[str, msgspec.Meta(pattern=r"\S", max_length=500, description="1 to 500 characters of text")]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=600)]
Language = Annotated[
    str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description="a language tag such as en or pt-BR")
]


class CourseFile(msgspec.Struct, frozen=True, kw_only=True):
    """`course.yaml`."""

    slug: Slug
    title: Title
    summary: Short
    description: str = ""
    language: Language = "en"
    level: Level = "beginner"
    tags: Annotated[list[Title], msgspec.Meta(max_length=20)] = []
    cover: str | None = None
    objectives: list[Short] = []
    modules: Annotated[list[str], msgspec.Meta(min_length=1)]


class ModuleFile(msgspec.Struct, frozen=True, kw_only=True):
    """`module.yaml`."""

    title: Title
    summary: Annotated[str, msgspec.Meta(max_length=500)] = ""
    lessons: Annotated[list[str], msgspec.Meta(min_length=1)]


class FrontMatter(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a lesson."""

    title: Title
    slug: Slug | None = None
    minutes: Minutes
    objectives: list[Short] = []


class QuizHead(FrontMatter, frozen=True, kw_only=True):
    """The core's part of a quiz file; the other keys are the block's own."""

    intro: str = ""
    block: str
