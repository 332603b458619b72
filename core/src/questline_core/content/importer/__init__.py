"""Imports courses kept as code: a folder of Markdown, YAML and media."""

from questline_core.content.importer.loader import load_course
from questline_core.content.importer.problems import Problem
from questline_core.content.importer.publish import ImportReport, available_block_types, import_course
from questline_core.content.importer.source import CourseSource

__all__ = ["CourseSource", "ImportReport", "Problem", "available_block_types", "import_course", "load_course"]
