"""PayPal keeps every promise of a payment provider."""

from questline_sdk.testing.payments import PaymentProviderConformance


class TestProvider(PaymentProviderConformance):
    pass
