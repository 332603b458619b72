"""Prompts that people keep, share and vote for."""
