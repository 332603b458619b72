"""The generated reference is the code's, and every hook has a test of its own name."""

import subprocess
import sys
from pathlib import Path

import pytest

from questline_sdk import hooks

ROOT = Path(__file__).parents[2]
HOOKS = sorted(name for name, value in vars(hooks).items() if hasattr(value, f"{hooks.PROJECT}_spec"))


def test_the_reference_pages_are_up_to_date():
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "reference.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_is_documented_and_tested(name):
    assert f"### `{name}`" in (ROOT / "docs" / "reference" / "hooks.md").read_text()
    assert any(f"def test_hook_{name}(" in path.read_text() for path in (ROOT / "core/tests").rglob("test_*.py"))
