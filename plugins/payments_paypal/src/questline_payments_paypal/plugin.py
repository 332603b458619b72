"""What the plugin contributes."""

from questline_payments_paypal.provider import PayPalProvider
from questline_payments_paypal.settings import PayPalSettings
from questline_sdk import Plugin, PluginSettings, hookimpl
from questline_sdk.payments import PaymentProvider


class PayPalPlugin(Plugin):
    """A payment provider and the settings of its account."""

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """The tenant's account."""
        return PayPalSettings

    @hookimpl
    def register_payment_providers(self) -> list[PaymentProvider]:
        """The adapter."""
        return [PayPalProvider()]


plugin = PayPalPlugin()
