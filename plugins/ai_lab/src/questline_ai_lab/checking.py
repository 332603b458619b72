"""Checks of a text: the same text always has the same result, and each says what it found."""

import re
import unicodedata
from collections.abc import Iterable

from msgspec import Struct

from questline_ai_lab.authored import Checks, Tone
from questline_ai_lab.reading import reading_ease

WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")
SENTENCE_END = re.compile(r"[.!?…]+(?:\s|$)|\n{2,}")


class CheckResult(Struct, frozen=True, kw_only=True):
    """One check: its name, whether the text passes, and what was found or is missing."""

    check: str
    passed: bool
    found: int | None = None
    wanted: int | None = None
    """What the author asks for, where that is a number."""
    evidence: tuple[str, ...] = ()
    skipped: bool = False
    """Nothing could be found now; it does not count."""


def run_checks(checks: Checks, text: str, tone: float | None = None) -> list[CheckResult]:
    """Each check that the author named, in a fixed order; `tone` is the text's distance, None where it is not known."""
    results = list(_results(checks, visible(text)))
    if checks.tone is not None:
        results.append(_tone_result(checks.tone, tone))
    return results


def score_of(results: Iterable[CheckResult]) -> int:
    """The share of checks passed, 0 to 100, of those that could be made."""
    passed = [each.passed for each in results if not each.skipped]
    return round(100 * sum(passed) / len(passed)) if passed else 0


def visible(text: str) -> str:
    """A text as readers see it: composed, and without characters that show nothing, which could hide or split words."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join(each for each in composed if unicodedata.category(each) != "Cf")


def _results(checks: Checks, text: str) -> Iterable[CheckResult]:
    found_words = WORD.findall(text)
    words = len(found_words)
    if checks.min_words is not None:
        yield CheckResult(check="min_words", passed=words >= checks.min_words, found=words, wanted=checks.min_words)
    if checks.max_words is not None:
        yield CheckResult(check="max_words", passed=0 < words <= checks.max_words, found=words, wanted=checks.max_words)
    if checks.max_sentence_words is not None:
        longest = max(SENTENCE_END.split(text), key=lambda each: len(WORD.findall(each)))
        found = len(WORD.findall(longest))
        passed = 0 < found <= checks.max_sentence_words
        evidence = () if passed else (longest.strip(),)
        most = checks.max_sentence_words
        yield CheckResult(check="max_sentence_words", passed=passed, found=found, wanted=most, evidence=evidence)
    if checks.keywords:
        missing = tuple(each for each in checks.keywords if not _has(text, each))
        yield CheckResult(check="keywords", passed=not missing, evidence=missing)
    if checks.banned:
        used = tuple(each for each in checks.banned if _has(text, each))
        yield CheckResult(check="banned", passed=words > 0 and not used, evidence=used)
    if checks.call_to_action:
        calls = tuple(each for each in checks.call_to_action if _has(text, each))
        yield CheckResult(check="call_to_action", passed=bool(calls), evidence=calls)
    if checks.reading_ease is not None:
        sentences = sum(1 for each in SENTENCE_END.split(text) if WORD.search(each))
        ease = round(reading_ease(found_words, sentences, checks.reading_ease.language))
        least = checks.reading_ease.at_least
        yield CheckResult(check="reading_ease", passed=words > 0 and ease >= least, found=ease, wanted=least)


def _tone_result(tone: Tone, distance: float | None) -> CheckResult:
    most = round(100 * tone.max_distance)
    if distance is None:
        return CheckResult(check="tone", passed=False, wanted=most, skipped=True)
    return CheckResult(check="tone", passed=distance <= tone.max_distance, found=round(100 * distance), wanted=most)


def _has(text: str, phrase: str) -> bool:
    """Whether the words of a phrase occur whole, in either case, with any spaces between them."""
    words = r"\s+".join(re.escape(each) for each in visible(phrase).split())
    return re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE) is not None
