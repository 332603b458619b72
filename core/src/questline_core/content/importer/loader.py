"""Reads a course folder into a `CourseSource`, or says everything that is wrong with it."""

from collections.abc import Mapping
from pathlib import Path

from questline_core.content.importer.authored import CourseFile, ModuleFile
from questline_core.content.importer.folder import COURSE_FILE, CourseFolder
from questline_core.content.importer.lesson import LessonReader
from questline_core.content.importer.media import IMAGES
from questline_core.content.importer.problems import Problem, Problems
from questline_core.content.importer.shapes import Shape
from questline_core.content.importer.source import CourseContent, CourseSource, LessonSource, ModuleSource
from questline_core.content.importer.yaml_document import YamlDocument, parse_yaml
from questline_core.text import slugify
from questline_sdk.blocks import BlockType

MODULE_FILE = "module.yaml"


def load_course(folder: Path, block_types: Mapping[str, BlockType]) -> tuple[CourseSource | None, list[Problem]]:
    """Read a course folder.

    Args:
        folder: The folder with `course.yaml`.
        block_types: The plugins' block types by name.

    Returns:
        The course, or None if any problem is an error; and every problem by file and line.
    """
    problems = Problems()
    if not folder.is_dir():
        return None, [Problem(path=str(folder), line=1, message="there is no such folder")]
    files = CourseFolder(folder, problems)
    if not files.has(COURSE_FILE):
        problems.add(COURSE_FILE, 1, "a course folder needs this file")
        return None, problems.listed()
    source = _CourseReader(files, problems, block_types).read()
    if not problems.errors:
        files.report_unused()
    return None if problems.errors else source, problems.listed()


class _CourseReader:
    def __init__(self, folder: CourseFolder, problems: Problems, block_types: Mapping[str, BlockType]) -> None:
        self._folder, self._problems = folder, problems
        self._lessons = LessonReader(folder, problems, block_types)
        self._slugs: dict[str, str] = {}

    def read(self) -> CourseSource | None:
        document = self._document(COURSE_FILE)
        course = Shape(document, self._problems).convert(CourseFile) if document else None
        modules = [
            module
            for index, name in enumerate(_texts(document, "modules"))
            if document and (module := self._module(document, index, name))
        ]
        if document is None:
            return None
        self._lessons.markdown.check(
            _text(document, "description"),
            COURSE_FILE,
            document.text_line(("description",)),
            lambda line, message: self._problems.add(COURSE_FILE, line, message),
        )
        cover = None
        if reference := _text(document, "cover"):
            cover = self._lessons.media.use(reference, IMAGES, file=COURSE_FILE, line=document.line(("cover",)))
        if course is None:
            return None
        content = CourseContent(
            slug=course.slug,
            title=course.title,
            summary=course.summary,
            description_html=self._lessons.markdown.render(course.description),
            level=course.level,
            language=course.language,
            tags=course.tags,
            objectives=course.objectives,
            cover=cover.name if cover else None,
            modules=modules,
        )
        return CourseSource(content=content, library=self._lessons.media, markdown=self._lessons.markdown)

    def _module(self, course: YamlDocument, index: int, name: str) -> ModuleSource | None:
        line = course.line(("modules", index))
        if slugify(name) in map(slugify, _texts(course, "modules")[:index]):
            self._problems.add(COURSE_FILE, line, f"the module {name!r} is here twice")
            return None
        path = self._folder.refer(f"{name}/{MODULE_FILE}", file=COURSE_FILE, line=line)
        document = self._document(path) if path else None
        if not path or not document:
            return None
        module = Shape(document, self._problems).convert(ModuleFile)
        base = path.removesuffix(f"/{MODULE_FILE}")
        lessons = [
            lesson
            for number, reference in enumerate(_texts(document, "lessons"))
            if (lesson := self._lesson(path, document.line(("lessons", number)), base, reference))
        ]
        if module is None:
            return None
        return ModuleSource(slug=slugify(base), title=module.title, summary=module.summary, lessons=lessons)

    def _lesson(self, module_file: str, line: int, base: str, reference: str) -> LessonSource | None:
        path = self._folder.refer(reference, base=base, file=module_file, line=line)
        if path is None:
            return None
        if path in self._slugs.values():
            self._problems.add(module_file, line, f"the lesson {reference!r} is here twice")
            return None
        lesson = self._lessons.read(path)
        if lesson is None:
            return None
        other = self._slugs.get(lesson.slug)
        if other:
            self._problems.add(path, 1, f"the slug {lesson.slug!r} is that of {other} already")
        self._slugs[lesson.slug] = path
        return lesson

    def _document(self, path: str) -> YamlDocument | None:
        text = self._folder.read_text(path)
        return None if text is None else parse_yaml(text, path, self._problems)


def _text(document: YamlDocument, key: str) -> str:
    """A text, as far as it is one."""
    value = document.value.get(key) if isinstance(document.value, dict) else None
    return value if isinstance(value, str) else ""


def _texts(document: YamlDocument | None, key: str) -> list[str]:
    """The texts of a list, as far as it is one: the rest was reported, and these are still worth checking."""
    value = document.value.get(key) if document and isinstance(document.value, dict) else None
    return [each if isinstance(each, str) else "" for each in value] if isinstance(value, list) else []
