"""Processes: a template that forks, a supervisor that decides, and the children that do the site's work.

The process an operator starts becomes the template: it imports what every child needs, holds the listening socket,
forks on request and does nothing else, so that it has one thread only and a child starts in a moment. Its first child,
the supervisor, decides how many children run which generation of plugins and when one is replaced, and tells the
database what this node runs. See `docs/decisions/0012-rolling-restarts.md`.
"""
