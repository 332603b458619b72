"""The `questline` command."""

__version__ = "0.1.0"
