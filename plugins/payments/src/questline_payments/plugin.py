"""What the plugin contributes."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from questline_payments import (
    access,
    intake,
    periods,
    privacy,
    processing,
    refunds,
    renewals,
    seats_events,
    seats_job,
    twice,
)
from questline_payments.mail_job import MAIL
from questline_payments.permissions import PERMISSIONS
from questline_payments.routes import ROUTES
from questline_payments.schedules import JOBS, SCHEDULES
from questline_payments.settings import PaymentsSettings
from questline_payments.states import EVENTS
from questline_sdk import Context, Job, Permission, Plugin, PluginSettings, Schedule, hookimpl
from questline_sdk.hooks import Veto
from questline_sdk.payments import PaymentWebhooks
from questline_sdk.services import Service


class PaymentsPlugin(Plugin):
    """Sells courses."""

    event_types = (*EVENTS, periods.SubscriptionChanged, *seats_events.EVENTS)

    @hookimpl
    def register_routes(self) -> Sequence[Any]:
        """The API."""
        return ROUTES

    @hookimpl
    def register_permissions(self) -> Sequence[Permission]:
        """Who may do what."""
        return PERMISSIONS

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """Who sells."""
        return PaymentsSettings

    @hookimpl
    def register_jobs(self) -> Sequence[Job]:
        """Acting on messages, making refunds, looking after what was left."""
        return (processing.ACT, refunds.SEND, twice.GIVE_BACK, MAIL, *JOBS, *renewals.JOBS, *seats_job.JOBS)

    @hookimpl
    def register_schedules(self) -> Sequence[Schedule]:
        """Looking after what was left."""
        return (*SCHEDULES, *renewals.SCHEDULES, *seats_job.SCHEDULES)

    @hookimpl
    def register_services(self) -> Sequence[Service]:
        """Where messages come in."""
        return (Service(protocol=PaymentWebhooks, factory=intake.Webhooks),)

    @hookimpl
    async def check_enrolment(self, ctx: Context, user_id: UUID, course_id: UUID) -> Veto | None:
        """Who does not hold a course that is sold is not enrolled."""
        return await access.veto(ctx, user_id, course_id)

    @hookimpl
    async def personal_data(self, ctx: Context, user_id: UUID) -> Mapping[str, Any]:
        """What a user ordered and holds."""
        return await privacy.export(ctx, user_id)

    @hookimpl
    async def erase_personal_data(self, ctx: Context, user_id: UUID) -> None:
        """Untie a user from the books."""
        await privacy.erase(ctx, user_id)


plugin = PaymentsPlugin()
