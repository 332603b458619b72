"""Checks find what they look for, and say so."""

import pytest

from questline_ai_lab.authored import Checks, Critique, Duel, ReadingEase, Tone, check_critique, check_duel
from questline_ai_lab.checking import run_checks, score_of


@pytest.mark.parametrize(
    ("checks", "text", "passed", "evidence"),
    [
        (Checks(min_words=3), "One two", False, ()),
        (Checks(min_words=2), "One two", True, ()),
        (Checks(max_words=2), "One two three", False, ()),
        (Checks(max_words=2), "...", False, ()),
        (Checks(max_sentence_words=3), "Short one. This one is too long!", False, ("This one is too long",)),
        (Checks(keywords=("green tea",)), "GREEN\n tea", True, ()),
        (Checks(keywords=("tea",)), "steamed teas", False, ("tea",)),
        (Checks(banned=("best",)), "The BEST!", False, ("best",)),
        (Checks(banned=("best",)), "bestow", True, ()),
        (Checks(banned=("best",)), "be\u200bst", False, ("best",)),
        (Checks(banned=("best",)), "\uff42\uff45\uff53\uff54", False, ("best",)),
        (Checks(banned=("100 %",)), "It is 100 % sure", False, ("100 %",)),
        (Checks(banned=("a.*b",)), "a lot b", True, ()),
        (Checks(call_to_action=("order", "try")), "Try it", True, ("try",)),
        (Checks(reading_ease=ReadingEase(at_least=80)), "The tea is hot. Drink it.", True, ()),
        (Checks(reading_ease=ReadingEase(at_least=50)), "Operational considerations necessitate.", False, ()),
        (Checks(reading_ease=ReadingEase(at_least=0)), "...", False, ()),
        (Checks(reading_ease=ReadingEase(at_least=70, language="de")), "Der Tee ist heiß. Trink ihn.", True, ()),
        (Checks(reading_ease=ReadingEase(at_least=30, language="de")), "Verantwortungsbewusstsein.", False, ()),
    ],
)
def test_a_check_names_its_evidence(checks, text, passed, evidence):
    [result] = run_checks(checks, text)
    assert (result.passed, result.evidence) == (passed, evidence)


def test_a_counted_check_tells_what_was_wanted():
    [result] = run_checks(Checks(max_words=2), "One two three")
    assert (result.found, result.wanted) == (3, 2)


def test_the_score_is_the_share_that_passes():
    assert score_of(run_checks(Checks(min_words=1, max_words=1, banned=("x",)), "a b")) == 67


def test_authors_are_told_what_contradicts_itself():
    checks = Checks(min_words=9, max_words=2, keywords=("Tea",), banned=("tea", " "))
    errors = check_critique(Critique(brief="x", copy="x", checks=checks))
    assert [each.field for each in errors] == ["checks.min_words", "checks.banned[1]", "checks.keywords[0]"]
    assert [each.field for each in check_critique(Critique(brief="x", copy="x", checks=Checks()))] == ["checks"]
    same = Duel(brief="x", a="x", b="x ", winner="a", result="x", reason="x")
    assert [each.field for each in check_duel(same)] == ["b"]


def test_a_tone_that_is_not_known_does_not_count():
    checks = Checks(min_words=1, tone=Tone(samples=("Calm tea.",), max_distance=0.4))
    *_, near = run_checks(checks, "Tea", 0.25)
    assert (near.passed, near.found, near.wanted) == (True, 25, 40)
    *_, far = run_checks(checks, "Tea", 0.5)
    assert not far.passed
    unknown = run_checks(checks, "Tea", None)
    assert unknown[-1].skipped
    assert score_of(unknown) == 100


def test_a_blank_sample_of_a_tone_is_refused():
    critique = Critique(brief="b", copy="c", checks=Checks(tone=Tone(samples=("ok", " "), max_distance=0.4)))
    assert [each.field for each in check_critique(critique)] == ["checks.tone.samples[1]"]
