"""Whatever a plugin does while it is loaded, the others load and the operator reads why it did not."""

import time
from importlib.metadata import EntryPoint

import pytest

from questline_core.plugins.loader import load_plugins, make_manager
from questline_core.plugins.registry import PluginRecord, State
from questline_sdk import __version__

HEAD = "from questline_sdk import Plugin, hookimpl\n"


def load(*entries: EntryPoint, timeout: float = 5.0) -> dict[str, PluginRecord]:
    return {record.id: record for record in load_plugins(entries, make_manager(), timeout=timeout)}


BROKEN = {
    "raises_on_import": ("raise RuntimeError('no such luck')", "RuntimeError: no such luck"),
    "exits_on_import": ("import sys; sys.exit(3)", "SystemExit: 3"),
    "syntax_error": ("def broken(:\n", "SyntaxError"),
    "not_a_plugin": ("plugin = object()", "is not an instance of questline_sdk.Plugin"),
    "no_plugin": ("", "has no attribute 'plugin'"),
    "unknown_argument": (
        HEAD + "class P(Plugin):\n    @hookimpl\n    async def check_enrolment(self, ctx, colour): ...\nplugin = P()",
        "colour",
    ),
    "unknown_hook": (
        HEAD + "class P(Plugin):\n    @hookimpl\n    def register_colours(self): return []\nplugin = P()",
        "unknown hook 'register_colours'",
    ),
    "garbage_list": (
        HEAD + "class P(Plugin):\n    @hookimpl\n    def register_jobs(self): return 7\nplugin = P()",
        "register_jobs returned int, not a list",
    ),
    "garbage_item": (
        HEAD + "class P(Plugin):\n    @hookimpl\n    def register_permissions(self): return ['all']\nplugin = P()",
        "register_permissions returned str among its Permissions",
    ),
    "foreign_permission": (
        HEAD
        + "from questline_sdk import Permission\nclass P(Plugin):\n    @hookimpl\n    def register_permissions(self):\n"
        "        return [Permission(name='tenant.users.read', title='x')]\nplugin = P()",
        "must start with 'foreign_permission.'",
    ),
    "settings_without_default": (
        HEAD + "from questline_sdk import PluginSettings\nclass S(PluginSettings):\n    size: int\nclass P(Plugin):\n"
        "    @hookimpl\n    def register_settings(self): return S\nplugin = P()",
        "every field of S needs a default",
    ),
    "clashing_routes": (
        HEAD + "from litestar import get\n"
        "@get('/a', operation_id='clashing_routes_a', public=True)\nasync def a() -> None: ...\n"
        "@get('/a', operation_id='clashing_routes_b', public=True)\nasync def b() -> None: ...\n"
        "class P(Plugin):\n    @hookimpl\n    def register_routes(self): return [a, b]\nplugin = P()",
        "routes:",
    ),
    "no_permission": (
        HEAD + "from litestar import get\n@get('/a', operation_id='no_permission_a')\nasync def a() -> None: ...\n"
        "class P(Plugin):\n    @hookimpl\n    def register_routes(self): return [a]\nplugin = P()",
        "names no permission",
    ),
    "no_operation_id": (
        HEAD + "from litestar import get\n@get('/a', public=True)\nasync def a() -> None: ...\n"
        "class P(Plugin):\n    @hookimpl\n    def register_routes(self): return [a]\nplugin = P()",
        "needs an operation_id that starts with 'no_operation_id_'",
    ),
}
REGISTRATIONS = (
    "register_routes",
    "register_permissions",
    "register_settings",
    "register_event_handlers",
    "register_jobs",
    "register_schedules",
    "register_block_types",
    "register_services",
)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plugin_fails_with_its_reason_and_others_load(build_plugin, good, name):
    code, reason = BROKEN[name]
    records = load(build_plugin(name, code), good)
    assert records[name].state is State.FAILED
    assert reason in (records[name].reason or "")
    assert records["good"].state is State.ACTIVE


@pytest.mark.parametrize("hook", REGISTRATIONS)
def test_a_registration_that_raises_fails_only_its_plugin(build_plugin, good, hook):
    code = HEAD + f"class P(Plugin):\n    @hookimpl\n    def {hook}(self): raise KeyError('oops')\nplugin = P()"
    records = load(build_plugin("raiser", code), good)
    assert (records["raiser"].state, records["raiser"].reason) == (State.FAILED, "KeyError: 'oops'")
    assert records["good"].state is State.ACTIVE


def test_an_import_that_never_returns_is_given_up(build_plugin, good):
    entry = build_plugin("sleeper", "import threading\nthreading.Event().wait()")
    started = time.monotonic()
    records = load(entry, good, timeout=2)
    assert time.monotonic() - started < 30
    assert (records["sleeper"].state, records["sleeper"].reason) == (State.FAILED, "did not finish loading in 2 s")
    assert records["good"].state is State.ACTIVE


def test_another_sdk_range_is_incompatible_and_is_not_imported(build_plugin):
    entry = build_plugin("old", "raise AssertionError('imported')", sdk=">=9,<10")
    record = load(entry)["old"]
    assert record.state is State.INCOMPATIBLE
    assert record.reason == f"needs questline-sdk<10,>=9, this host has {__version__}"


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ('id = "wrong"\ntitle = "x"', "plugin.toml says id 'wrong'"),
        ('id = "manifest"', "missing required field `title`"),
        ('id = "manifest"\ntitle = "x"\ncolour = "red"', "unknown field `colour`"),
        ('id = "Manifest!"\ntitle = "x"', "must match"),
        ("id = ", "plugin.toml"),
    ],
)
def test_a_wrong_manifest_is_named(build_plugin, toml, reason):
    record = load(build_plugin("manifest", "", toml=toml))["manifest"]
    assert record.state is State.FAILED
    assert reason in (record.reason or "")


PLAIN = HEAD + "class P(Plugin): ...\nplugin = P()"


def test_requirements_load_first_and_a_missing_one_blocks(build_plugin):
    records = load(
        build_plugin("alpha", PLAIN, toml='id = "alpha"\ntitle = "A"\nrequires = ["omega"]'),
        build_plugin("omega", PLAIN),
        build_plugin("lonely", PLAIN, toml='id = "lonely"\ntitle = "L"\nrequires = ["nobody"]'),
    )
    assert list(records).index("omega") < list(records).index("alpha")
    assert records["alpha"].state is State.ACTIVE
    assert (records["lonely"].state, records["lonely"].reason) == (
        State.BLOCKED,
        "requires nobody, which is not installed",
    )


def test_a_failed_requirement_blocks_its_dependants(build_plugin):
    records = load(
        build_plugin("base", "raise ValueError('x')"),
        build_plugin("upper", PLAIN, toml='id = "upper"\ntitle = "U"\nrequires = ["base"]'),
    )
    assert (records["upper"].state, records["upper"].reason) == (State.BLOCKED, "requires base, which is failed")


def test_a_cycle_is_blocked_and_printed(build_plugin, good):
    records = load(
        build_plugin("ring_a", PLAIN, toml='id = "ring_a"\ntitle = "A"\nrequires = ["ring_b"]'),
        build_plugin("ring_b", PLAIN, toml='id = "ring_b"\ntitle = "B"\nrequires = ["ring_a"]'),
        good,
    )
    assert records["ring_a"].state is records["ring_b"].state is State.BLOCKED
    assert records["ring_a"].reason == "requirements form a cycle: ring_a -> ring_b -> ring_a"
    assert records["good"].state is State.ACTIVE
