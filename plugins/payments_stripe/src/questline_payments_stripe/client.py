"""Stripe's SDK, imported with the first call: sites without Stripe need not pay for it in memory and start."""

from functools import lru_cache
from typing import TYPE_CHECKING

import httpx2

from questline_payments_stripe.settings import StripeSettings
from questline_sdk import Context
from questline_sdk.payments import PaymentRefused

if TYPE_CHECKING:
    from stripe import StripeClient


async def client_of(ctx: Context) -> "StripeClient":
    """The client of the tenant's account.

    Raises:
        PaymentRefused: No account is set up.
    """
    settings = await ctx.settings(StripeSettings)
    if not settings.secret_key:
        raise PaymentRefused("There is no secret key for Stripe; set it in the plugin's settings.")
    return _make_client(ctx.http, settings.secret_key, settings.api_base.rstrip("/"), settings.timeout_seconds)


@lru_cache(maxsize=256)
def _make_client(http: httpx2.AsyncClient, key: str, base: str, timeout: float) -> "StripeClient":
    """One client an account: it keeps nothing but its configuration."""
    import stripe

    from questline_payments_stripe.http import HostHTTPClient

    return stripe.StripeClient(
        key, base_addresses={"api": base}, http_client=HostHTTPClient(http, timeout), max_network_retries=0
    )
