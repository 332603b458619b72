"""Signed messages to other systems' addresses when something happens."""
