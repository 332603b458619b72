"""Scores: laws that hold for every item and response."""

import random
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from questline_assessments import content, responses
from questline_assessments.authored import (
    Matching,
    Multiple,
    Numeric,
    Option,
    Ordering,
    Pair,
    ShortText,
    Single,
    Step,
    TrueFalse,
)
from questline_assessments.rendering import render_item
from questline_assessments.responses import read_response
from questline_assessments.scoring import credit, multiple_credit, ordering_credit, right_response
from questline_sdk import Invalid

BASE = {"id": "x", "prompt": "?"}


def rendered(item):
    return render_item(item, lambda text: f"<p>{text}</p>")


def choices(flags):
    return [Option(text=f"option {index}", correct=flag) for index, flag in enumerate(flags)]


flags = st.lists(st.booleans(), min_size=2, max_size=8).filter(any)
numbers = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 6))
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40).filter(str.strip)
items = st.one_of(
    flags.map(lambda each: Multiple(**BASE, options=choices(each))),
    st.integers(2, 8).map(lambda n: Single(**BASE, options=choices([True, *[False] * (n - 1)]))),
    st.booleans().map(lambda each: TrueFalse(**BASE, answer=each)),
    st.builds(lambda answer, tolerance: Numeric(**BASE, answer=answer, tolerance=abs(tolerance)), numbers, numbers),
    st.lists(texts, min_size=1, max_size=4).map(lambda each: ShortText(**BASE, accept=each)),
    st.integers(2, 8).map(lambda n: Ordering(**BASE, options=[Step(text=str(each)) for each in range(n)])),
    st.integers(2, 8).map(
        lambda n: Matching(**BASE, pairs=[Pair(left=f"l{each}", right=f"r{each}") for each in range(n)])
    ),
).map(rendered)


@given(items)
def test_the_right_response_earns_everything(item):
    right = msgspec.to_builtins(right_response(item))
    assert credit(item, read_response(item, right)) == 1


@st.composite
def responses_to(draw, item):
    match item:
        case content.SingleItem():
            return responses.OneOption(option_id=draw(st.sampled_from(item.options)).id)
        case content.TrueFalseItem():
            return responses.OneOption(option_id=draw(st.sampled_from(["true", "false"])))
        case content.MultipleItem():
            chosen = draw(st.sets(st.sampled_from([option.id for option in item.options])))
            return responses.Options(option_ids=sorted(chosen))
        case content.NumericItem():
            return responses.Number(value=draw(numbers))
        case content.ShortTextItem():
            return responses.Text(text=draw(texts))
        case content.OrderingItem():
            return responses.Options(option_ids=draw(st.permutations([option.id for option in item.options])))
        case content.MatchingItem():
            right = st.sampled_from([other.id for other in item.right])
            return responses.Pairs(pairs={left.id: draw(right) for left in item.left if draw(st.booleans())})


@given(st.data())
def test_no_response_earns_more_than_everything_or_less_than_nothing(data):
    item = data.draw(items)
    earned = credit(item, data.draw(responses_to(item)))
    assert 0 <= earned <= 1


@given(st.data())
def test_only_a_response_as_good_as_the_right_one_earns_everything(data):
    item = data.draw(items.filter(lambda each: not isinstance(each, content.NumericItem | content.ShortTextItem)))
    response = data.draw(responses_to(item))
    if credit(item, response) == 1 and not isinstance(item, content.MultipleItem):
        assert response == right_response(item)


@given(flags, st.randoms())
def test_the_order_in_which_options_are_chosen_does_not_matter(each, chance):
    item = rendered(Multiple(**BASE, options=choices(each)))
    chosen = [option.id for option in item.options if chance.random() < 0.5]
    shuffled = random.Random(1).sample(chosen, len(chosen))
    assert credit(item, responses.Options(option_ids=chosen)) == credit(item, responses.Options(option_ids=shuffled))


def test_choosing_everything_earns_nothing_unless_everything_is_right():
    item = rendered(Multiple(**BASE, options=choices([True, True, False])))
    everything = {option.id for option in item.options}
    assert multiple_credit(item, everything) == 0
    right = [option.id for option in item.options[:2]]
    assert multiple_credit(item, {right[0]}) == Fraction(1, 2)
    assert multiple_credit(item, set(right)) == 1
    assert multiple_credit(item, set()) == 0
    every_one_right = rendered(Multiple(**BASE, options=choices([True, True])))
    assert multiple_credit(every_one_right, {option.id for option in every_one_right.options}) == 1


def test_an_order_earns_by_the_pairs_that_stand_right():
    assert ordering_credit(list("abcd"), list("abcd")) == 1
    assert ordering_credit(list("abcd"), list("abdc")) == Fraction(2, 3)
    assert ordering_credit(list("abcd"), list("dcba")) == 0


def test_matching_earns_a_share_for_each_right_pair():
    item = rendered(Matching(**BASE, pairs=[Pair(left=a, right=a.upper()) for a in "abc"]))
    first, second, third = item.left
    pairs = {first.id: item.right[0].id, second.id: item.right[0].id}
    assert credit(item, responses.Pairs(pairs=pairs)) == Fraction(1, 3)
    assert third.id not in pairs


@pytest.mark.parametrize(
    ("answer", "limits", "value", "right"),
    [
        (71.6, {"tolerance": 0.3}, 71.9, True),
        (71.6, {"tolerance": 0.3}, 71.3, True),
        (71.6, {"tolerance": 0.3}, 71.91, False),
        (0.1, {"tolerance": 0.2}, 0.3, True),
        (10, {}, 10, True),
        (10, {}, 10.0001, False),
        (200, {"tolerance_percent": 1}, 202, True),
        (200, {"tolerance_percent": 1}, 202.1, False),
        (-200, {"tolerance_percent": 1}, -198, True),
        (1e-7, {"tolerance": 0}, 0.0000001, True),
    ],
)
def test_numbers_count_within_their_tolerance(answer, limits, value, right):
    item = rendered(Numeric(**BASE, answer=answer, **limits))
    assert credit(item, responses.Number(value=value)) == int(right)


@pytest.mark.parametrize(
    ("accept", "given_text", "case_sensitive", "right"),
    [
        ("Pseudonymised", "  pseudonymised ", False, True),
        ("30 characters", "30\u00a0\n characters", False, True),
        ("Straße", "STRASSE", False, True),
        ("café", "cafe\u0301", False, True),
        ("A/B", "a/b", True, False),
        ("A/B", " A/B ", True, True),
        ("ﬁle", "file", False, True),
        ("tea", "te a", False, False),
    ],
)
def test_texts_count_whatever_their_spacing_and_form(accept, given_text, case_sensitive, right):
    item = rendered(ShortText(**BASE, accept=["other", accept], case_sensitive=case_sensitive))
    assert credit(item, responses.Text(text=given_text)) == int(right)


ORDER = rendered(Ordering(**BASE, options=[Step(text="a"), Step(text="b")]))
MATCH = rendered(Matching(**BASE, pairs=[Pair(left="a", right="b"), Pair(left="c", right="d")]))
CHOOSE = rendered(Multiple(**BASE, options=choices([True, False])))


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (CHOOSE, {}),
        (CHOOSE, {"option_ids": ["other"]}),
        (CHOOSE, {"option_ids": [CHOOSE.options[0].id] * 2}),
        (CHOOSE, {"option_ids": [], "more": 1}),
        (CHOOSE, {"option_id": CHOOSE.options[0].id}),
        (ORDER, {"option_ids": [ORDER.options[0].id]}),
        (ORDER, {"option_ids": [ORDER.options[0].id] * 2}),
        (rendered(TrueFalse(**BASE, answer=True)), {"option_id": "maybe"}),
        (rendered(Numeric(**BASE, answer=1)), {"value": "1"}),
        (rendered(Numeric(**BASE, answer=1)), {"value": 1e300}),
        (rendered(Numeric(**BASE, answer=1)), {"value": float("inf")}),
        (rendered(ShortText(**BASE, accept=["a"])), {"text": "a\0b"}),
        (rendered(ShortText(**BASE, accept=["a"])), {"text": "a" * 501}),
        (
            rendered(Matching(**BASE, pairs=[Pair(left="a", right="b"), Pair(left="c", right="d")])),
            {"pairs": {"x": "y"}},
        ),
    ],
)
def test_a_response_that_does_not_fit_is_refused(item, value):
    with pytest.raises(Invalid) as refused:
        read_response(item, value)
    assert refused.value.errors[0].field == "response"
