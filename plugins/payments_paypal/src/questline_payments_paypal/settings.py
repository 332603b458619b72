"""The tenant's account with PayPal."""

from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta

from questline_sdk import PluginSettings
from questline_sdk.settings import Secret

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class PayPalSettings(PluginSettings, frozen=True, kw_only=True):
    """How to reach the account, and which webhook is ours."""

    client_id: Annotated[str, Meta(title="Client id of the REST app", max_length=200)] = ""
    client_secret: Annotated[Secret, Meta(title="Secret of the REST app", max_length=300)] = ""
    webhook_id: Annotated[
        str, Meta(title="Id of the webhook", max_length=100, description="As PayPal shows it beside the webhook.")
    ] = ""
    brand_name: Annotated[str, Meta(title="Name on PayPal's page", max_length=127)] = ""
    read_disputes: Annotated[
        bool, Meta(title="Ask for disputes", description="Off for an app that may not read them.")
    ] = True
    api_base: Annotated[
        str,
        Meta(
            title="Address of the API",
            pattern=r"^https?://",
            max_length=200,
            description="https://api-m.sandbox.paypal.com for PayPal's sandbox.",
        ),
    ] = "https://api-m.paypal.com"
    timeout_seconds: Annotated[int, Meta(title="Longest wait for an answer, in seconds", ge=1, le=60)] = 20

    def __post_init__(self) -> None:
        """Secrets go over TLS only."""
        parts = urlsplit(self.api_base)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise ValueError("api_base: must begin with https://")
