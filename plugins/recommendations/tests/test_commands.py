"""The command line: a table for people, JSON for programs, one line for an error."""

import json
import subprocess
import sys


def questline(*arguments):
    command = [sys.executable, "-m", "questline_cli", "recommendations", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_evaluating_prints_each_model(tmp_path):
    rows = [f'u{n},"{n % 20},{(n + 1) % 20},{(n + 2) % 20},{(n + 3) % 20}"' for n in range(60)]
    (tmp_path / "steps.csv").write_text("\n".join(["uid,concepts", *rows]))
    shown = questline("evaluate", tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert [line.split()[0] for line in shown.stdout.splitlines()[2:]] == ["popularity", "item-kNN", "hybrid"]
    found = json.loads(questline("evaluate", tmp_path / "steps.csv", "--json").stdout)
    assert (found["learners"], found["asked"], found["items"]) == (60, 60, 20)
    assert found["results"][2]["recall"] == 1.0


def test_a_file_that_is_not_there_is_one_line(tmp_path):
    refused = questline("evaluate", tmp_path / "none.csv")
    assert refused.returncode == 1
    assert refused.stderr.startswith("error:")
    assert "Traceback" not in refused.stderr
