"""What core itself has the worker do: its jobs and schedules, beside those of the plugins."""

import msgspec

from questline_core.auth.external.posted import forget_unclaimed
from questline_core.auth.links import forget_expired
from questline_core.auth.recovery import BEGIN_EMAIL_CHANGE, BEGIN_RESET
from questline_core.auth.sign_up import BEGIN_SIGN_UP
from questline_core.context import HostContext
from questline_core.groups.enrolling import ENROL_MEMBERS
from questline_core.mail.service import SEND_MAIL, forget_old_mails
from questline_core.people.avatars import REMOVE_BLOBS
from questline_core.people.imports.service import IMPORT_CHUNK, forget_files
from questline_core.plugins.registry import Contributions
from questline_core.privacy.archives import remove_expired
from questline_core.privacy.jobs import RUN_ERASURE, RUN_EXPORT
from questline_core.privacy.requests import queue_due
from questline_core.privacy.retention import clear
from questline_core.tenancy.exports import remove_archives
from questline_core.webhooks.retention import forget_old_deliveries
from questline_sdk import Job, Schedule

NIGHTLY = "17 3 * * *"
HOURLY = "41 * * * *"


class Nothing(msgspec.Struct, frozen=True, kw_only=True):
    """No arguments."""


async def _clean_up(ctx: HostContext, _: Nothing) -> None:
    await forget_old_mails(ctx)
    await forget_expired(ctx)
    await forget_files(ctx)
    await forget_unclaimed(ctx)
    await remove_expired(ctx)
    await remove_archives(ctx)
    await clear(ctx)
    await forget_old_deliveries(ctx)


async def _begin_due(ctx: HostContext, _: Nothing) -> None:
    await queue_due(ctx)


CLEAN_UP = Job(name="clean_up", function=_clean_up, args=Nothing)
BEGIN_DUE = Job(name="privacy_due", function=_begin_due, args=Nothing)


def core_contributions() -> Contributions:
    """Core's jobs and schedules."""
    return Contributions(
        jobs=[
            ENROL_MEMBERS,
            SEND_MAIL,
            BEGIN_SIGN_UP,
            BEGIN_RESET,
            BEGIN_EMAIL_CHANGE,
            REMOVE_BLOBS,
            IMPORT_CHUNK,
            RUN_EXPORT,
            RUN_ERASURE,
            BEGIN_DUE,
            CLEAN_UP,
        ],
        schedules=[
            Schedule(cron=NIGHTLY, job=CLEAN_UP, args=Nothing()),
            Schedule(cron=HOURLY, job=BEGIN_DUE, args=Nothing()),
        ],
    )
