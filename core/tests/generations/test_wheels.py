"""Wheels are checked file by file before anything of them is installed."""

import io
import zipfile
from pathlib import Path

import pytest

from questline_core.generations.environment import base_distributions
from questline_core.generations.guard import refuse_not_allowed, refuse_shadows
from questline_core.generations.wheels import WheelError, WheelFile, wheels_in
from questline_core.testing.made_plugins import plugin_wheel, wheel

NAME = "qlmade_odd-1.0-py3-none-any.whl"


def changed(change: dict[str, bytes], *, without: str = "") -> bytes:
    """A right wheel with files added (though not recorded) or left out."""
    _, content = wheel("qlmade-odd", "1.0", {"odd/__init__.py": "", "odd/data.txt": "text"})
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as made:
        for entry in source.infolist():
            if not without or not entry.filename.endswith(without):
                made.writestr(entry, source.read(entry))
        for name, added in change.items():
            made.writestr(name, added)
    return target.getvalue()


def test_a_right_wheel_says_what_it_is():
    found = WheelFile(*wheel("qlmade-odd", "1.0", {"odd/__init__.py": ""}, requires=("questline-sdk>=0.1",)))
    assert (found.name, found.version) == ("qlmade-odd", "1.0")
    assert [str(each) for each in found.requires] == ["questline-sdk>=0.1"]
    assert found.top_levels == {"odd"}


@pytest.mark.parametrize(
    "name", ["../outside.py", "/etc/outside", "odd/../../outside.py", "odd\\outside.py", "C:/outside", "odd//x"]
)
def test_files_that_would_land_elsewhere_are_refused(name):
    with pytest.raises(WheelError, match="outside of its folder"):
        WheelFile(NAME, changed({name: b""}))


def test_a_link_is_refused():
    target = io.BytesIO(changed({}))
    link = zipfile.ZipInfo("odd/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(target, "a") as made:
        made.writestr(link, "/etc/passwd")
    with pytest.raises(WheelError, match="is a link"):
        WheelFile(NAME, target.getvalue())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no zip", "is damaged"),
        (changed({})[:-40], "is damaged"),
        (changed({"odd/more.py": b""}), "odd/more.py is not in its RECORD"),
        (changed({}, without="data.txt"), "odd/data.txt of its RECORD is missing"),
        (changed({}, without="RECORD"), "it has no RECORD"),
        (changed({}, without="METADATA"), "exactly one .dist-info/METADATA"),
    ],
)
def test_a_damaged_wheel_is_refused(content, words):
    with pytest.raises(WheelError, match=words):
        WheelFile(NAME, content)


def test_content_that_is_not_as_recorded_is_refused():
    content = changed({"odd/data.txt": b"other"}, without="data.txt")
    with pytest.raises(WheelError, match=r"odd/data.txt is not what its RECORD says"):
        WheelFile(NAME, content)


def test_a_wheel_under_another_name_is_refused():
    _, content = wheel("qlmade-odd", "1.0", {"odd/__init__.py": ""})
    with pytest.raises(WheelError, match=r"its METADATA says qlmade-odd 1.0"):
        WheelFile("qlmade_odd-2.0-py3-none-any.whl", content)
    with pytest.raises(WheelError, match="is not a wheel"):
        WheelFile("odd.whl", content)


def test_a_wheel_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("questline_core.generations.wheels.MAX_BYTES", 1_000_000)
    content = changed({"odd/bomb.txt": b"\0" * 1_000_001})
    assert len(content) < 100_000_000
    with pytest.raises(WheelError, match="is too large"):
        WheelFile(NAME, content)


@pytest.mark.parametrize("package", ["litestar", "questline_core", "json"])
def test_a_package_of_the_site_cannot_be_hidden(package):
    found = WheelFile(*wheel("qlmade-odd", "1.0", {f"{package}/__init__.py": ""}))
    with pytest.raises(WheelError, match=f"its package '{package}' would hide the site's own"):
        refuse_shadows([found], base_distributions())


def test_a_plugin_of_the_base_may_be_replaced():
    found = WheelFile(*wheel("questline-points", "9.0", {"questline_points/__init__.py": ""}))
    refuse_shadows([found], base_distributions())


def test_the_allow_list_names_patterns_of_distributions():
    refuse_not_allowed(["questline-badges", "Acme_Quizzes"], ["questline-*", "acme-quizzes"])
    refuse_not_allowed(["anything"], None)
    with pytest.raises(WheelError, match="other is not in the allow-list"):
        refuse_not_allowed(["questline-badges", "other"], ["questline-*"])


def test_a_wheelhouse_is_read_from_old_to_new(tmp_path: Path):
    for version in ("10.0", "9.0", "9.10"):
        plugin_wheel(tmp_path, "made", version)
    (tmp_path / "notes.txt").touch()
    (tmp_path / "broken.whl").touch()
    assert [path.name.split("-")[1] for path in wheels_in(tmp_path)] == ["9.0", "9.10", "10.0"]
