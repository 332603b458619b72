"""What authors are told of items that cannot be right."""

import msgspec
import pytest

from questline_assessments.authored import Quiz, check

TWO = [{"text": "a", "correct": True}, {"text": "b"}]


def problems(*items):
    raw = {"items": [{"id": f"i{index}", "prompt": "?"} | item for index, item in enumerate(items)]}
    return {error.field: error.message for error in check(msgspec.convert(raw, Quiz))}


def test_a_sound_quiz_has_no_problems():
    assert not problems(
        {"type": "single", "options": TWO},
        {"type": "multiple", "options": TWO},
        {"type": "true_false", "answer": False},
        {"type": "numeric", "answer": 0, "tolerance": 0.5},
        {"type": "short_text", "accept": ["x"]},
        {"type": "ordering", "options": [{"text": "a"}, {"text": "b"}]},
        {"type": "matching", "pairs": [{"left": "a", "right": "b"}, {"left": "c", "right": "d"}]},
    )


@pytest.mark.parametrize(
    ("item", "field", "says"),
    [
        ({"type": "single", "options": [{"text": "a"}, {"text": "b"}]}, "options", "exactly one"),
        ({"type": "single", "options": [{**each, "correct": True} for each in TWO]}, "options", "exactly one"),
        ({"type": "multiple", "options": [{"text": "a"}, {"text": "b"}]}, "options", "at least one"),
        ({"type": "multiple", "options": TWO[:1]}, "options", "2 to 20"),
        ({"type": "single", "options": [*TWO, {"text": " A "}]}, "options[2].text", "already"),
        ({"type": "ordering", "options": [{"text": "a"}]}, "options", "2 to 20"),
        ({"type": "ordering", "options": [{"text": "a"}, {"text": "a"}]}, "options[1].text", "already"),
        ({"type": "matching", "pairs": [{"left": "a", "right": "b"}]}, "pairs", "2 to 20"),
        (
            {"type": "matching", "pairs": [{"left": "a", "right": "b"}, {"left": "a", "right": "c"}]},
            "pairs[1].left",
            "already",
        ),
        (
            {"type": "matching", "pairs": [{"left": "a", "right": "c"}, {"left": "b", "right": "c"}]},
            "pairs[1].right",
            "already",
        ),
        ({"type": "numeric", "answer": 0, "tolerance_percent": 1}, "tolerance_percent", "tolerance instead"),
        ({"type": "numeric", "answer": 9, "tolerance_percent": 101}, "tolerance_percent", "100 or less"),
        ({"type": "numeric", "answer": 1, "tolerance": 1, "tolerance_percent": 1}, "tolerance_percent", "not both"),
        ({"type": "short_text", "accept": []}, "accept", "at least one"),
    ],
)
def test_what_types_cannot_say_is_said_with_its_place(item, field, says):
    found = problems({"type": "true_false", "answer": True}, item)
    assert list(found) == [f"items[1].{field}"]
    assert says in found[f"items[1].{field}"]


def test_ids_are_unique():
    found = problems(
        {"type": "true_false", "answer": True, "id": "a"}, {"type": "true_false", "answer": True, "id": "a"}
    )
    assert list(found) == ["items[1].id"]
