"""The conformance suite at work: each check of `questline_sdk.testing.promises`, run against one plugin."""

from questline_core.testing.conformance.found import Found, NotFoundError, find_plugin
from questline_core.testing.conformance.subject import Subject

__all__ = ["Found", "NotFoundError", "Subject", "find_plugin"]
