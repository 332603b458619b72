"""Recommendations: what to learn next, and which lessons belong together."""

__version__ = "0.1.0"
