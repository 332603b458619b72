"""Badges: definitions with a criterion each, every user's progress to them, and what they have earned."""

__version__ = "0.1.0"
