"""The code on the pages about packs and settings does what they say."""

import re
import types
from pathlib import Path

import pytest

from questline_core.packs.fit import find_pack_problems
from questline_core.packs.loader import PackRecord
from questline_core.plugins.cascade import find_problems
from questline_core.plugins.secrets import secrets_of
from questline_core.plugins.settings import course_fields, settings_schema
from questline_core.settings import load_settings
from questline_sdk import FieldError

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"


def code_of(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (HOW_TO / page).read_text(), re.DOTALL)


def module_of(page: str) -> types.ModuleType:
    module = types.ModuleType("page")
    exec("\n".join(code_of(page, "python")), module.__dict__)  # noqa: S102  our own page
    return module


async def test_the_pack_can_be_switched_on(site):
    pack = module_of("make-a-pack.md").PACK
    record = PackRecord(id=pack.id, version="1", pack=pack)
    assert find_pack_problems(site.host.registry, record) == []


def test_the_settings_are_as_told():
    settings_type = module_of("plugin-settings.md").GreetingSettings
    schema = settings_schema(settings_type)
    assert (course_fields(schema), secrets_of(schema).sealed) == ({"words"}, {"api_key"})
    assert find_problems(settings_type, {"words": " "}) == [FieldError("words", "must not be blank")]


@pytest.mark.parametrize("text", code_of("plugin-settings.md", "toml"))
def test_the_operators_file_is_read(tmp_path, text):
    path = tmp_path / "questline.toml"
    path.write_text(text)
    assert load_settings({}, path).plugin_settings == {"assessments": {"grace_seconds": 15}}
