"""Imports courses kept as code: a folder of Markdown, YAML and media."""

from questline_core.content.importer.loader import load_course
from questline_core.content.importer.problems import Problem
from questline_core.content.importer.source import CourseSource

__all__ = ["CourseSource", "Problem", "load_course"]
