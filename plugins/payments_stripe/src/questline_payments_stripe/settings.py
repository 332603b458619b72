"""The tenant's account with Stripe."""

from typing import Annotated
from urllib.parse import urlsplit

from msgspec import Meta

from questline_sdk import PluginSettings
from questline_sdk.settings import Secret

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class StripeSettings(PluginSettings, frozen=True, kw_only=True):
    """How to reach the account, and how its messages are signed."""

    secret_key: Annotated[
        Secret,
        Meta(
            title="Secret key",
            max_length=300,
            description="sk_... or, better, a restricted key rk_... that may write Checkout Sessions, Payment Intents, "
            "Refunds and Customer portal sessions, and read Charges, Customers and Disputes.",
        ),
    ] = ""
    webhook_secret: Annotated[
        Secret, Meta(title="Signing secret of the webhook endpoint", max_length=300, description="whsec_...")
    ] = ""
    collect_tax_ids: Annotated[
        bool, Meta(title="Let business buyers enter a tax id", description="Stripe keeps it with its customer.")
    ] = False
    api_base: Annotated[
        str, Meta(title="Address of the API", pattern=r"^https?://", max_length=200, description="Change it for tests.")
    ] = "https://api.stripe.com"
    timeout_seconds: Annotated[int, Meta(title="Longest wait for an answer, in seconds", ge=1, le=60)] = 20

    def __post_init__(self) -> None:
        """Keys go over TLS only."""
        parts = urlsplit(self.api_base)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise ValueError("api_base: must begin with https://")
