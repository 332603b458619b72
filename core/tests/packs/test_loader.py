"""Packs are found and checked each on its own; what is wrong is said in words."""

import pytest

from questline_core.packs.loader import installed_packs
from questline_sdk.packs import Pack
from questline_sdk.permissions import Role


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"id": "No Good"}, "id: 'No Good' must match"),
        ({"title": ""}, "title: must not be empty"),
        ({"plugins": {}}, "plugins: name at least one plugin"),
        ({"plugins": ["points"]}, "plugins: Expected `object`, got `array`"),
        ({"plugins": {"Points": ""}}, "plugins: 'Points' is not a plugin id"),
        ({"optional": {"points": ""}}, "optional: points is required as well; name it once"),
        ({"settings": {"badges": {"x": 1}}}, "settings: badges is not among the pack's plugins"),
        ({"roles": {"king": ("points.read",)}}, "roles: Invalid enum value 'king'"),
        ({"roles": {Role.AUTHOR: ("tenant.users.read",)}}, "roles: author is given 'tenant.users.read'"),
        ({"theme": 3}, "theme: Expected `str | null`, got `int`"),
    ],
)
def test_a_pack_that_could_never_be_switched_on_is_refused(wrong, why):
    with pytest.raises(ValueError) as refused:
        Pack(**({"id": "fine", "title": "Fine", "plugins": {"points": ">=0.1"}} | wrong))
    assert str(refused.value).startswith(why)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("PACK = Pack(id='broken', title='Broken', plugins={})", "plugins: name at least one plugin"),
        (
            "PACK = Pack(id='other', title='Other', plugins={'one': ''})",
            "id: it is 'other', its entry point's name 'broken'",
        ),
        (
            "PACK = Pack(id='broken', title='B', plugins={'one': 'newest'})",
            "plugins: one: 'newest' is not a version range",
        ),
        ("PACK = {'id': 'broken'}", "TypeError: qltest_pack_broken:PACK is not a questline_sdk.packs.Pack"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("import nothing_of_that_name", "ModuleNotFoundError: No module named 'nothing_of_that_name'"),
    ],
)
def test_a_pack_that_cannot_be_used_says_why_and_leaves_the_others_alone(build_pack, code, why):
    build_pack("broken", code)
    build_pack("fine", "PACK = Pack(id='fine', title='Fine', plugins={'one': ''})")
    assert installed_packs().find("broken").reason == why
    assert installed_packs().find("broken").pack is None
    assert installed_packs().find("fine").reason is None
