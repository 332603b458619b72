"""What the plugin contributes."""

from collections.abc import Sequence
from typing import Any

from questline_payments_manual.books import MESSAGES
from questline_payments_manual.permissions import PERMISSIONS
from questline_payments_manual.provider import ManualProvider
from questline_payments_manual.routes import ROUTES
from questline_payments_manual.settings import ManualSettings
from questline_sdk import Job, Permission, Plugin, PluginSettings, hookimpl
from questline_sdk.payments import PaymentProvider


class ManualPlugin(Plugin):
    """Bank transfers that an admin confirms."""

    @hookimpl
    def register_routes(self) -> Sequence[Any]:
        """The buyer's page, and the admins' list."""
        return ROUTES

    @hookimpl
    def register_permissions(self) -> Sequence[Permission]:
        """Who may confirm."""
        return PERMISSIONS

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """The bank account."""
        return ManualSettings

    @hookimpl
    def register_jobs(self) -> Sequence[Job]:
        """The messages to who keeps the orders."""
        return (MESSAGES.job,)

    @hookimpl
    def register_payment_providers(self) -> list[PaymentProvider]:
        """The adapter."""
        return [ManualProvider()]


plugin = ManualPlugin()
