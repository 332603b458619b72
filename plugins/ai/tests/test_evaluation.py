"""`questline ai eval`: checks, the grader, recordings."""

import asyncio
import textwrap

import msgspec
import pytest
from typer.testing import CliRunner

from questline_ai.commands import app
from questline_ai.evaluation.checks import Answered, failure
from questline_ai.evaluation.run import Answers, Recording, run, write_recording
from questline_ai.evaluation.suite import Check, read_suite
from questline_sdk import Invalid

SUITE = """
name: Greetings
targets:
  - {provider: ai_openai, model: first}
  - {provider: ai_openai, model: second}
grader: {provider: ai_openai, model: second}
cases:
  - name: polite
    variables: {text: Say hello}
    checks:
      - contains: hello
      - regex: "^Hello"
      - max_words: 5
      - max_cost_micros: 20
"""


@pytest.fixture
def suite(tmp_path):
    path = tmp_path / "suite.yaml"
    path.write_text(textwrap.dedent(SUITE))
    return path


@pytest.mark.parametrize(
    ("check", "text", "passes"),
    [
        ({"contains": "HELLO"}, "hello there", True),
        ({"lacks": "cheap"}, "Cheap!", False),
        ({"regex": r"\d+ %"}, "20 % off", True),
        ({"json_schema": {"type": "object", "required": ["a"]}}, '{"a": 1}', True),
        ({"json_schema": {"type": "object", "required": ["a"]}}, "{}", False),
        ({"json_schema": {"type": "object"}}, "no", False),
        ({"min_words": 3}, "two words", False),
        ({"max_words": 2}, "two words", True),
        ({"min_reading_ease": 80}, "The cat sat on the mat.", True),
        (
            {"min_reading_ease": 80},
            "Institutional interdependencies necessitate organisational reconsideration.",
            False,
        ),
        ({"max_latency_ms": 10}, "slow", False),
        ({"max_cost_micros": 10}, "dear", False),
    ],
)
def test_checks(check, text, passes):
    found = failure(msgspec.convert(check, Check), Answered(text=text, latency_ms=11, cost_micros=11))
    assert (found is None) is passes


async def test_a_suite_runs_and_its_recording_replays_without_a_network(configured, vendor, ctx, suite, tmp_path):
    recording = Recording()
    results = await run(read_suite(suite), Answers(ctx, recording))
    assert [(each.target, each.failures) for each in results] == [
        ("ai_openai/first", []),
        ("ai_openai/second", ["max_cost_micros 20: it is 30"]),
    ]
    asked = len(vendor.asked)
    write_recording(tmp_path / "run.json", recording)
    command = ["eval", str(suite), "--replay", str(tmp_path / "run.json")]
    replayed = await asyncio.to_thread(CliRunner().invoke, app, command)
    assert replayed.exit_code == 1
    assert "1/1" in replayed.output
    assert "max_cost_micros 20: it is 30" in replayed.output
    assert len(vendor.asked) == asked


async def test_a_rubric_is_graded_and_a_model_that_fails_is_a_failure(configured, vendor, ctx, suite):
    suite.write_text(suite.read_text().replace("- contains: hello", "- rubric: It is friendly."))
    vendor.words = ['{"score": 0.4, "reason": "It is cold."}']
    results = await run(read_suite(suite), Answers(ctx, Recording()))
    assert "rubric 0.40: It is cold." in results[0].failures
    vendor.statuses = {"first": [401]}
    results = await run(read_suite(suite), Answers(ctx, Recording()))
    assert results[0].failures[0].startswith("ai_provider_refused")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("max_words: 5", "max_word: 5"), "max_word"),
        (("- contains: hello", "- {contains: a, regex: b}"), "exactly one thing"),
        (("grader:", "graders:"), "graders"),
        (("- contains: hello", "- rubric: Kind.\ngrader2"), "suite.yaml"),
    ],
)
def test_a_wrong_suite_is_explained(suite, change, message):
    suite.write_text(suite.read_text().replace(*change))
    with pytest.raises(Invalid, match=message):
        read_suite(suite)
    answer = CliRunner().invoke(app, ["eval", str(suite)])
    assert answer.exit_code == 2
