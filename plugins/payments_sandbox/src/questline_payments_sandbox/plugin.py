"""What the plugin contributes."""

from collections.abc import Sequence
from typing import Any

from questline_payments_sandbox.messages import MESSAGES
from questline_payments_sandbox.provider import SandboxProvider
from questline_payments_sandbox.routes import ROUTES
from questline_payments_sandbox.settings import SandboxSettings
from questline_sdk import Job, Plugin, PluginSettings, hookimpl
from questline_sdk.payments import PaymentProvider


class SandboxPlugin(Plugin):
    """A bank that takes play money, with its page."""

    @hookimpl
    def register_routes(self) -> Sequence[Any]:
        """The bank's pages."""
        return ROUTES

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """How it behaves."""
        return SandboxSettings

    @hookimpl
    def register_jobs(self) -> Sequence[Job]:
        """Its messages."""
        return (MESSAGES.job,)

    @hookimpl
    def register_payment_providers(self) -> list[PaymentProvider]:
        """The adapter."""
        return [SandboxProvider()]


plugin = SandboxPlugin()
