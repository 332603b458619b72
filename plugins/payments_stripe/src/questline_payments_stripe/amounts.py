"""Amounts as Stripe counts them, which is not everywhere as ISO 4217 does."""

from iso4217 import Currency

from questline_sdk.payments import Money, PaymentError

OWN_EXPONENTS = {"ISK": 2, "MGA": 0, "UGX": 2}
"""Króna and shilling are counted in hundredths that must be 0, ariary in whole ones."""
THREE_DECIMALS = 3


def to_stripe(money: Money) -> tuple[int, str]:
    """An amount and a currency for a request."""
    if money.amount <= 0:
        raise PaymentError("There is nothing to pay.")
    exponent = _exponent(money.currency)
    own = OWN_EXPONENTS.get(money.currency, exponent)
    if own == THREE_DECIMALS and money.amount % 10:
        raise PaymentError(f"Stripe takes {money.currency} to two decimals only.")
    if own >= exponent:
        return money.amount * 10 ** (own - exponent), money.currency.lower()
    amount, rest = divmod(money.amount, 10 ** (exponent - own))
    if rest:
        raise PaymentError(f"Stripe takes whole {money.currency} only.")
    return amount, money.currency.lower()


def from_stripe(amount: int, currency: str) -> Money:
    """An amount of an answer."""
    currency = currency.upper()
    exponent = _exponent(currency)
    own = OWN_EXPONENTS.get(currency, exponent)
    scaled = amount * 10 ** (exponent - own) if exponent >= own else amount // 10 ** (own - exponent)
    return Money(amount=scaled, currency=currency)


def _exponent(currency: str) -> int:
    try:
        return Currency(currency).exponent or 0
    except ValueError:
        raise PaymentError(f"{currency[:10]} is no currency that Stripe takes.") from None
