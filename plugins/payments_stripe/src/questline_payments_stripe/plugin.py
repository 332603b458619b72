"""What the plugin contributes."""

from questline_payments_stripe.provider import StripeProvider
from questline_payments_stripe.settings import StripeSettings
from questline_sdk import Plugin, PluginSettings, hookimpl
from questline_sdk.payments import PaymentProvider


class StripePlugin(Plugin):
    """A payment provider and the settings of its account."""

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """The tenant's account."""
        return StripeSettings

    @hookimpl
    def register_payment_providers(self) -> list[PaymentProvider]:
        """The adapter."""
        return [StripeProvider()]


plugin = StripePlugin()
