"""Bank transfers as payments."""

__version__ = "0.1.0"
