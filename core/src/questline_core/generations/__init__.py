"""Generations: how plugins come and go. A generation is the set of plugin wheels a site runs on top of its base."""
