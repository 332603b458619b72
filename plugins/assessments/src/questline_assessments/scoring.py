"""Scores: how much of an item's points a response earns, exactly.

Each rule gives full marks to the right response and to it alone, never more, and none to choosing everything.
"""

from fractions import Fraction
from itertools import combinations

from questline_assessments import content, responses
from questline_assessments.normalise import normalised

NONE, FULL = Fraction(0), Fraction(1)


def credit(item: content.ItemContent, response: responses.Response) -> Fraction:
    """The share, 0 to 1, of an item's points that a response of its type earns."""
    match item, response:
        case content.SingleItem(), responses.OneOption():
            return _all_or_nothing(response.option_id == _right_ids(item)[0])
        case content.MultipleItem(), responses.Options():
            return multiple_credit(item, set(response.option_ids))
        case content.TrueFalseItem(), responses.OneOption():
            return _all_or_nothing(response.option_id == ("true" if item.answer else "false"))
        case content.NumericItem(), responses.Number():
            return _all_or_nothing(is_close(item, response.value))
        case content.ShortTextItem(), responses.Text():
            return _all_or_nothing(is_accepted(item, response.text))
        case content.OrderingItem(), responses.Options():
            return ordering_credit([option.id for option in item.options], response.option_ids)
        case content.MatchingItem(), responses.Pairs():
            right = sum(
                response.pairs.get(left.id) == other.id for left, other in zip(item.left, item.right, strict=True)
            )
            return Fraction(right, len(item.left))
        case _:
            raise TypeError(f"{type(response).__name__} is no response to {type(item).__name__}")


def multiple_credit(item: content.MultipleItem, chosen: set[str]) -> Fraction:
    """Share of the right options chosen, less the share of the wrong options chosen; not below 0."""
    right = set(_right_ids(item))
    wrong = {option.id for option in item.options} - right
    missed = Fraction(len(wrong & chosen), len(wrong)) if wrong else NONE
    return max(NONE, Fraction(len(right & chosen), len(right)) - missed)


def ordering_credit(right: list[str], given: list[str]) -> Fraction:
    """Kendall's rank correlation tau (Kendall 1938) with the right order; not below 0.

    Of all pairs, those in the right order less those in the wrong one: 1 for the right order, about 0 for a
    random one, 0 for the reverse.
    """
    place = {option: index for index, option in enumerate(given)}
    pairs = list(combinations(right, 2))
    in_order = sum(place[first] < place[second] for first, second in pairs)
    return max(NONE, Fraction(2 * in_order, len(pairs)) - 1)


def is_close(item: content.NumericItem, value: float) -> bool:
    """Say whether a number is within the tolerance, in decimal: 71.9 is within 0.3 of 71.6."""
    answer = Fraction(str(item.answer))
    tolerance = Fraction(str(item.tolerance))
    if item.tolerance_percent is not None:
        tolerance = abs(answer) * Fraction(str(item.tolerance_percent)) / 100
    return abs(Fraction(str(value)) - answer) <= tolerance


def is_accepted(item: content.ShortTextItem, text: str) -> bool:
    """Say whether a text is one of the accepted ones, whatever its spacing and Unicode form."""
    given = normalised(text, case_sensitive=item.case_sensitive)
    return any(given == normalised(each, case_sensitive=item.case_sensitive) for each in item.accept)


def right_response(item: content.ItemContent) -> responses.Response:
    """The response that earns full marks."""
    match item:
        case content.SingleItem():
            return responses.OneOption(option_id=_right_ids(item)[0])
        case content.MultipleItem():
            return responses.Options(option_ids=_right_ids(item))
        case content.TrueFalseItem():
            return responses.OneOption(option_id="true" if item.answer else "false")
        case content.NumericItem():
            return responses.Number(value=item.answer)
        case content.ShortTextItem():
            return responses.Text(text=item.accept[0])
        case content.OrderingItem():
            return responses.Options(option_ids=[option.id for option in item.options])
        case content.MatchingItem():
            return responses.Pairs(pairs={left.id: right.id for left, right in zip(item.left, item.right, strict=True)})


def _right_ids(item: content.SingleItem | content.MultipleItem) -> list[str]:
    return [option.id for option in item.options if option.correct]


def _all_or_nothing(right: bool) -> Fraction:
    return FULL if right else NONE
