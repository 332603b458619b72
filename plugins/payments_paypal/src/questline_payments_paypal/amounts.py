"""Amounts as PayPal writes them: decimal texts, some currencies in whole units only."""

from decimal import Decimal, InvalidOperation

import msgspec
from iso4217 import Currency

from questline_sdk.payments import Money, PaymentError

TAKEN = {
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY", "MXN", "MYR", "NOK",
    "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD",
}  # fmt: skip
WHOLE = {"HUF", "JPY", "TWD"}


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """An amount in a request or an answer."""

    currency_code: str
    value: str

    def money(self) -> Money:
        """In minor units of ISO 4217; raises `ValueError` where it is none."""
        try:
            scaled = Decimal(self.value).scaleb(Currency(self.currency_code).exponent or 0)
        except InvalidOperation as error:
            raise ValueError(self.value) from error
        if scaled != scaled.to_integral_value():
            raise ValueError(self.value)
        return Money(amount=int(scaled), currency=self.currency_code)


def amount_of(money: Money) -> Amount:
    """Money as PayPal takes it."""
    if money.amount <= 0:
        raise PaymentError("There is nothing to pay.")
    if money.currency not in TAKEN:
        raise PaymentError(f"{money.currency[:10]} is no currency that PayPal takes.")
    exponent = Currency(money.currency).exponent or 0
    if money.currency not in WHOLE:
        return Amount(currency_code=money.currency, value=f"{Decimal(money.amount).scaleb(-exponent):.{exponent}f}")
    units, rest = divmod(money.amount, 10**exponent)
    if rest:
        raise PaymentError(f"PayPal takes whole {money.currency} only.")
    return Amount(currency_code=money.currency, value=str(units))
