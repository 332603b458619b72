"""Fixtures for plugins' tests; pytest finds them by itself once questline-sdk is installed."""
