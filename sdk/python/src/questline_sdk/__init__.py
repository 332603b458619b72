"""What a Questline plugin imports: one flat namespace of the names nearly every plugin needs."""

from questline_sdk.context import Actor, Context
from questline_sdk.errors import (
    Conflict,
    FieldError,
    Forbidden,
    Invalid,
    NotFound,
    QuestlineError,
    TooManyRequests,
    Unauthenticated,
)
from questline_sdk.events import Event, EventData, EventHandler, handles, handles_batch
from questline_sdk.hooks import hookimpl, hookspec
from questline_sdk.jobs import Job, RetryPolicy, Schedule
from questline_sdk.manifest import Manifest
from questline_sdk.pages import Page
from questline_sdk.permissions import Permission
from questline_sdk.plugin import Plugin
from questline_sdk.settings import PluginSettings

__version__ = "0.1.1"

__all__ = [
    "Actor",
    "Conflict",
    "Context",
    "Event",
    "EventData",
    "EventHandler",
    "FieldError",
    "Forbidden",
    "Invalid",
    "Job",
    "Manifest",
    "NotFound",
    "Page",
    "Permission",
    "Plugin",
    "PluginSettings",
    "QuestlineError",
    "RetryPolicy",
    "Schedule",
    "TooManyRequests",
    "Unauthenticated",
    "__version__",
    "handles",
    "handles_batch",
    "hookimpl",
    "hookspec",
]
