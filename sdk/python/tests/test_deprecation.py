"""Deprecations warn where they are used, long enough, and end in time."""

import importlib
import pkgutil

import msgspec
import pytest

import questline_sdk
from questline_sdk import deprecation
from questline_sdk.deprecation import DEPRECATIONS, Deprecation, QuestlineDeprecationWarning, deprecated


@pytest.fixture
def marked(monkeypatch):
    """A list of deprecations of the test's own."""
    monkeypatch.setattr(deprecation, "DEPRECATIONS", found := [])
    return found


def test_nothing_in_the_sdk_has_outlived_its_time():
    for module in pkgutil.walk_packages(questline_sdk.__path__, "questline_sdk."):
        importlib.import_module(module.name)
    overdue = [each.name for each in DEPRECATIONS if each.is_overdue(questline_sdk.__version__)]
    assert overdue == []


@pytest.mark.parametrize(("version", "overdue"), [("0.2.9", False), ("0.3.0", True), ("0.4", True), ("1.0", True)])
def test_a_deprecation_is_overdue_from_the_version_that_should_not_have_it(version, overdue):
    old = Deprecation(name="x", since="0.1", removed_in="0.3", instead="y")
    assert old.is_overdue(version) is overdue


def test_a_function_warns_where_it_is_called(marked):
    @deprecated(since="0.1", removed_in="0.3", instead="new()")
    def old(value):
        """Keep its name and docstring."""
        return value

    with pytest.warns(
        QuestlineDeprecationWarning, match=r"old is deprecated since 0\.1 and gone in 0\.3; use new"
    ) as seen:
        assert old(7) == 7
    assert seen[0].filename == __file__
    assert (old.__name__, old.__doc__) == ("old", "Keep its name and docstring.")
    assert [each.instead for each in marked] == ["new()"]


async def test_a_coroutine_function_stays_one_and_warns(marked):
    @deprecated(since="0.1", removed_in="1.0", instead="new()")
    async def old():
        return 7

    with pytest.warns(QuestlineDeprecationWarning):
        assert await old() == 7


def test_a_class_warns_when_it_is_made(marked):
    @deprecated(since="0.1", removed_in="0.3", instead="New")
    class Old:
        pass

    with pytest.warns(QuestlineDeprecationWarning, match="use New"):
        Old()


def test_a_struct_is_refused_for_it_could_not_warn(marked):
    with pytest.raises(TypeError, match="deprecate the function that takes it"):
        deprecated(since="0.1", removed_in="0.3", instead="New")(msgspec.defstruct("Old", ["name"]))
    assert marked == []


@pytest.mark.parametrize(("since", "removed_in"), [("0.1", "0.2"), ("0.1", "0.1"), ("1.4", "1.5"), ("2.0", "1.9")])
def test_two_minors_must_warn(since, removed_in):
    with pytest.raises(ValueError, match="at the earliest"):
        deprecated(since=since, removed_in=removed_in, instead="y")
