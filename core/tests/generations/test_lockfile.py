"""The lock file decides while the wishes stay the same."""

import pytest

from questline_core.generations.errors import OperationError
from questline_core.generations.lockfile import check_ranges, read_lock, requirements, write_lock
from questline_core.generations.plan import Plan
from questline_core.generations.schemas import LockedWheel
from questline_core.settings import PluginChoices

WHEEL = LockedWheel(name="qlmade-made", version="1.2", sha256="ab" * 32, filename="qlmade_made-1.2-py3-none-any.whl")


def plan() -> Plan:
    return Plan(kind="sync", generation_before=0, changes=(), wheels=(WHEEL,), hidden=())


def test_the_lock_is_read_as_it_was_written(tmp_path):
    choices = PluginChoices(wanted={"qlmade-made": ">=1,<2", 'odd"name': "*"})
    path = tmp_path / "questline.lock"
    assert read_lock(path) is None
    write_lock(path, choices, plan())
    lock = read_lock(path)
    assert lock is not None
    assert lock.wanted == choices.wanted
    assert requirements(choices, lock) == (("qlmade-made==1.2",), {"qlmade-made": "ab" * 32})
    assert list(tmp_path.iterdir()) == [path]


def test_other_wishes_are_settled_anew(tmp_path):
    path = tmp_path / "questline.lock"
    write_lock(path, PluginChoices(wanted={"qlmade-made": ">=1"}), plan())
    changed = PluginChoices(wanted={"qlmade-made": ">=2", "other": "*"})
    assert requirements(changed, read_lock(path)) == (("qlmade-made>=2", "other"), {})


def test_what_cannot_be_read_is_said(tmp_path):
    path = tmp_path / "questline.lock"
    path.write_text("wheels = 1")
    with pytest.raises(OperationError, match="cannot be read"):
        read_lock(path)
    with pytest.raises(OperationError, match="'newest' is no range of versions of qlmade-made"):
        check_ranges(PluginChoices(wanted={"qlmade-made": "newest"}))
