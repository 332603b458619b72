"""Suggestions for authors: made from the course's own text, checked against it, decided on one by one."""
