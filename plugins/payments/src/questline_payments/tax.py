"""Which tax a buyer pays, and the form of VAT ids."""

import re

from sqlalchemy import select

from questline_payments.models import TaxRate
from questline_payments.schemas import Billing
from questline_payments.settings import PaymentsSettings
from questline_sdk import Context, Invalid

VAT_IDS = {
    "AT": r"U\d{8}",
    "BE": r"[01]\d{9}",
    "BG": r"\d{9,10}",
    "CY": r"\d{8}[A-Z]",
    "CZ": r"\d{8,10}",
    "DE": r"\d{9}",
    "DK": r"\d{8}",
    "EE": r"\d{9}",
    "ES": r"[A-Z0-9]\d{7}[A-Z0-9]",
    "FI": r"\d{8}",
    "FR": r"[A-HJ-NP-Z0-9]{2}\d{9}",
    "GR": r"\d{9}",
    "HR": r"\d{11}",
    "HU": r"\d{8}",
    "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}",
    "IT": r"\d{11}",
    "LT": r"(\d{9}|\d{12})",
    "LU": r"\d{8}",
    "LV": r"\d{11}",
    "MT": r"\d{8}",
    "NL": r"\d{9}B\d{2}",
    "PL": r"\d{10}",
    "PT": r"\d{9}",
    "RO": r"\d{2,10}",
    "SE": r"\d{12}",
    "SI": r"\d{8}",
    "SK": r"\d{10}",
}
"""What follows the country's letters in the VAT ids of the European Union."""
LETTERS = {"GR": "EL"}


def checked(billing: Billing) -> Billing:
    """A billing address whose VAT id has the form of its country, written without spaces; raises `Invalid`."""
    if not billing.vat_id:
        return billing
    vat_id = re.sub(r"[ .-]", "", billing.vat_id).upper()
    form = VAT_IDS.get(billing.country)
    letters = LETTERS.get(billing.country, billing.country)
    if billing.customer_type != "company":
        raise Invalid.field("billing.vat_id", "is a company's; say that it buys")
    if form is not None and not re.fullmatch(letters + form, vat_id):
        raise Invalid.field("billing.vat_id", f"has not the form of a VAT id of {billing.country}")
    return Billing(
        name=billing.name,
        country=billing.country,
        customer_type=billing.customer_type,
        vat_id=vat_id,
        address=billing.address,
    )


async def points(ctx: Context, billing: Billing | None) -> int:
    """The rate for a buyer, in hundredths of a per cent; without an address, that of people in the seller's country.

    A company of another country of the European Union that names its VAT id owes the tax itself.
    """
    home = (await ctx.settings(PaymentsSettings)).country
    country = billing.country if billing else home
    customer = billing.customer_type if billing else "person"
    if billing and billing.vat_id and home in VAT_IDS and country in VAT_IDS and country != home:
        return 0
    found = await ctx.session.scalar(
        select(TaxRate.points).where(TaxRate.country == country, TaxRate.customer_type == customer)
    )
    return int(found or 0)
