"""Who sells, and what counts where nothing else is said."""

from typing import Annotated

import msgspec

from questline_sdk import PluginSettings

Text = Annotated[str, msgspec.Meta(max_length=500)]


class PaymentsSettings(PluginSettings, frozen=True, kw_only=True):
    """The seller, as invoices name them."""

    seller: Annotated[Text, msgspec.Meta(title="Seller", description="Name on invoices.")] = ""
    address: Annotated[Text, msgspec.Meta(title="Address", description="Below the name on invoices.")] = ""
    vat_id: Annotated[str, msgspec.Meta(title="VAT id", max_length=20)] = ""
    country: Annotated[
        str, msgspec.Meta(title="Country", description="ISO 3166 code; taxes follow it.", pattern="^([A-Z]{2})?$")
    ] = ""
    grace_days: Annotated[
        int,
        msgspec.Meta(
            title="Grace (days)",
            description="How long a subscription whose renewal is not paid still opens its courses.",
            ge=0,
            le=28,
        ),
    ] = 7
    mail_documents: Annotated[
        bool,
        msgspec.Meta(
            title="Mail invoices", description="Buyers get each invoice and credit note as a mail with the PDF."
        ),
    ] = True
