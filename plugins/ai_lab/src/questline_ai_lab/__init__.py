"""Copywriting practice in lessons: texts to improve and headline duels."""

__version__ = "0.1.0"
