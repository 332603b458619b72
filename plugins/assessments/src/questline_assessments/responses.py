"""What learners send: one shape for each type of item."""

import math
from collections.abc import Collection
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from questline_assessments import content
from questline_sdk import Invalid

OptionId = Annotated[str, Meta(max_length=32)]
MAX_NUMBER = 1e100


class OneOption(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To `single` and `true_false`."""

    option_id: OptionId


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To `multiple`, in any order, and to `ordering`, all of them in order."""

    option_ids: Annotated[list[OptionId], Meta(max_length=50)]


class Number(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To `numeric`."""

    value: float


class Text(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To `short_text`."""

    text: Annotated[str, Meta(max_length=500)]


class Pairs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To `matching`: ids of the right by ids of the left; pairs may be missing."""

    pairs: Annotated[dict[OptionId, OptionId], Meta(max_length=50)]


Response = OneOption | Options | Number | Text | Pairs


def read_response(item: content.ItemContent, value: dict[str, Any]) -> Response:
    """Read a response to an item; raises `Invalid` for one that does not fit."""
    try:
        response = msgspec.convert(value, _type_of(item))
    except msgspec.ValidationError as error:
        raise Invalid.field("response", str(error)) from None
    problem = _problem(item, response)
    if problem:
        raise Invalid.field("response", problem)
    return response


def _type_of(item: content.ItemContent) -> type[Response]:
    match item:
        case content.SingleItem() | content.TrueFalseItem():
            return OneOption
        case content.MultipleItem() | content.OrderingItem():
            return Options
        case content.NumericItem():
            return Number
        case content.ShortTextItem():
            return Text
        case content.MatchingItem():
            return Pairs


def _problem(item: content.ItemContent, response: Response) -> str | None:
    match item, response:
        case content.SingleItem(), OneOption():
            return _unknown([response.option_id], item.options)
        case content.TrueFalseItem(), OneOption():
            return None if response.option_id in {"true", "false"} else "option_id is neither true nor false"
        case content.MultipleItem(), Options():
            return _repeats(response.option_ids) or _unknown(response.option_ids, item.options)
        case content.OrderingItem(), Options():
            if len(response.option_ids) != len(item.options):
                return "option_ids must have every option once"
            return _repeats(response.option_ids) or _unknown(response.option_ids, item.options)
        case content.NumericItem(), Number():
            fits = math.isfinite(response.value) and abs(response.value) <= MAX_NUMBER
            return None if fits else "value is too large"
        case content.ShortTextItem(), Text():
            return "text has a character that cannot be stored" if "\0" in response.text else None
        case content.MatchingItem(), Pairs():
            return _unknown(response.pairs.keys(), item.left) or _unknown(response.pairs.values(), item.right)
    return None


def _unknown(given: Collection[str], options: Collection[content.Choice]) -> str | None:
    known = {option.id for option in options}
    return None if known.issuperset(given) else "names an option that this item does not have"


def _repeats(given: list[str]) -> str | None:
    return "names an option twice" if len(set(given)) < len(given) else None
