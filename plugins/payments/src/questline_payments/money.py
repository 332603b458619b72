"""Arithmetic in minor units: nothing here is ever a fraction of one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from iso4217 import Currency

from questline_sdk import Invalid

K = TypeVar("K")
MOST = 10**12
WHOLE = 10_000
"""A hundred per cent, in hundredths of a per cent."""


def exponent(currency: str) -> int:
    """How many decimals a currency's minor unit is; raises `Invalid` for one that is none, or has no such unit."""
    found = Currency.__members__.get(currency) if currency.isupper() else None
    if found is None or found.exponent is None:
        raise Invalid.field("currency", "is not an ISO 4217 currency that money is counted in")
    return int(found.exponent)


def share(amount: int, part: int, whole: int) -> int:
    """`amount` times part over whole, rounded half up; none of a whole that is nothing."""
    return (2 * amount * part + whole) // (2 * whole) if whole else 0


def allot(amount: int, weights: Mapping[K, int]) -> dict[K, int]:
    """Split an amount over weights so that the parts sum to it: what rounding leaves goes to the largest remainders."""
    whole = sum(weights.values())
    if amount == 0 or whole == 0:
        return dict.fromkeys(weights, 0)
    parts = {key: amount * weight // whole for key, weight in weights.items()}
    order = sorted(weights, key=lambda key: amount * weights[key] % whole, reverse=True)
    for key in order[: amount - sum(parts.values())]:
        parts[key] += 1
    return parts


def taxed(amount: int, points: int, *, inclusive: bool) -> int:
    """The tax on an amount, or the tax that is in it."""
    return share(amount, points, WHOLE + points) if inclusive else share(amount, points, WHOLE)


def shown(amount: int, currency: str) -> str:
    """An amount for logs and timelines: `50.00 EUR`."""
    return f"{Decimal(amount).scaleb(-exponent(currency))} {currency}"


def total(amounts: Sequence[int]) -> int:
    """The sum; raises `Invalid` where it is more than the books can hold."""
    found = sum(amounts)
    if abs(found) > MOST:
        raise Invalid.field("lines", "come to more than can be ordered at once")
    return found
