"""Each broken promise makes its check fail, that one only, with a sentence that says how to mend it.

A site takes seconds to start, so a plugin breaks several promises at once: never two of one check, and no check fails
but those whose promise is broken.
"""

import re
from typing import Any

import pytest

from questline_sdk.testing.promises import CHECKS, Status

WITHOUT_BROWSER = [check.name for check in CHECKS if not check.browser]
USER_FREE = [("first", ("        refs.user(),\n", ""))]
ERASING_NOTHING = [
    ("code", ("await ctx.session.execute(delete(Note).where(Note.user_id == user_id))\n\nplugin", "pass\n\nplugin"))
]

TABLE_END = '        schema="notes",\n    )\n'

MADE, DROPPED = '    create_schema("notes")\n', '    drop_schema("notes")\n'
MAKE_ELSEWHERE = "    op.execute('CREATE FUNCTION public.notes_one() RETURNS int LANGUAGE sql RETURN 1')\n"
DROP_ELSEWHERE = "    op.execute('DROP FUNCTION public.notes_one()')\n"

BROKEN: dict[str, tuple[str, dict[str, Any], str]] = {
    "no upper bound": ("loads", {"sdk": ">=0.1"}, "no upper bound"),
    "unknown exemption": (
        "loads",
        {"toml": ("[releases]", '[conformance.exempt]\nspeed = "x"\n[releases]')},
        "no check",
    ),
    "adds rows each time": (
        "switching",
        {
            "code": (
                'insert(Folder).values(slug="first").on_conflict_do_nothing()',
                "insert(Folder).values(slug=str(__import__('uuid').uuid4()))",
            )
        },
        "seed only what is missing",
    ),
    "loses data": (
        "switching",
        {
            "code": (
                "async def plugin_disabled(self, ctx):\n        pass",
                "async def plugin_disabled(self, ctx):\n        await ctx.session.execute(delete(Folder))",
            )
        },
        "data stay until the plugin is purged",
    ),
    "fails when switched off": (
        "switching",
        {
            "code": (
                "async def plugin_disabled(self, ctx):\n        pass",
                "async def plugin_disabled(self, ctx):\n        raise KeyError('x')",
            )
        },
        "plugin_disabled raises",
    ),
    "seeds twice": ("switching", {"code": (".on_conflict_do_nothing()", "")}, "cannot be switched on again"),
    "answers while off": (
        "silence",
        {
            "code": (
                'operation_id="notes_about", public=True',
                'operation_id="notes_about", public=True, opt={"plugin": ""}',
            )
        },
        "while the plugin is off",
    ),
    "job without JSON": (
        "parking",
        {"code": ("    user_id: UUID\n\nMEMORY", "    user_id: UUID\n    c: complex\n\nMEMORY")},
        "arguments of the job tidy",
    ),
    "unknown permission": (
        "permissions",
        {"code": ('"notes_create", permission="notes.write"', '"notes_create", permission="notes.admin"')},
        "return it from register_permissions",
    ),
    "default out of range": ("settings", {"code": ("= 3\n", "= 0\n")}, "the default of size breaks its own schema"),
    "open secret": ("settings", {"code": ("api_key: Secret", "api_key: str")}, "questline_sdk.settings.Secret"),
    "secret by default": ("settings", {"code": ('api_key: Secret = ""', 'api_key: Secret = "sesame"')}, "has a secret"),
    "invalid schema": (
        "settings",
        {"code": ("msgspec.Meta(ge=1)]", "msgspec.Meta(ge=1, extra_json_schema={'multipleOf': 0})]")},
        "not valid",
    ),
    "wrong head": ("migrations", {"toml": ('"0002"', '"0001"')}, "the newest revision is '0002'"),
    "leaves a table": (
        "migrations",
        {"second": ('    op.drop_table("folder", schema="notes")\n', "")},
        "table notes.folder is left",
    ),
    "model without column": (
        "migrations",
        {"code": ("    slug: Mapped[str]\n", "    slug: Mapped[str]\n    colour: Mapped[str]\n")},
        "notes.folder.colour is in the model only",
    ),
    "no row security": (
        "table_isolation",
        {
            "second": (
                TABLE_END,
                TABLE_END + "    op.execute('ALTER TABLE notes.folder NO FORCE ROW LEVEL SECURITY')\n",
            )
        },
        r"notes.folder has row-level security not forced; use create_tenant_table",
    ),
    "leaky policy": (
        "table_isolation",
        {
            "second": (
                TABLE_END,
                TABLE_END + "    op.execute('CREATE POLICY all_see ON notes.folder FOR SELECT USING (true)')\n",
            )
        },
        "notes.folder shows a tenant's rows to no tenant",
    ),
    "unique everywhere": (
        "table_isolation",
        {
            "second": ('"tenant_id", "slug", name="uq_folder_tenant_id_slug"', '"id", name="uq_folder_id"'),
            "code": ('slug="first"', 'id="01890000-0000-7000-8000-" + str(ctx.tenant_id)[-12:], slug="first"'),
        },
        "uq_folder_id is unique over all tenants",
    ),
    "remembers": (
        "route_isolation",
        {
            "code": [
                (
                    "    note = await ctx",
                    "    if note_id in MEMORY:\n        return MEMORY[note_id]\n    note = await ctx",
                ),
                (
                    "    return Words(words=note.words)",
                    "    MEMORY[note_id] = Words(words=note.words)\n    return MEMORY[note_id]",
                ),
            ]
        },
        "shows another tenant's data",
    ),
    "falls over": (
        "route_isolation",
        {"code": ('    if note is None:\n        raise NotFound("There is no such note.")\n', "")},
        "raise NotFound",
    ),
    "undeclared": (
        "personal_data_declared",
        {
            "code": (
                ': Mapped[str] = mapped_column(info=personal(category="content", purpose="shown to who wrote it"))',
                ": Mapped[str]",
            )
        },
        r"notes.note.words: looks like personal data; declare it with mapped_column\(info=personal",
    ),
    "not exported": (
        "personal_data_exported",
        {"code": (', "stars": note.stars', "")},
        "notes.note.stars is not in what personal_data returns",
    ),
    "not erased": ("personal_data_erased", dict(USER_FREE + ERASING_NOTHING), "still holds an erased user's id"),
    "object elsewhere": (
        "purge",
        {"first": [(MADE, MADE + MAKE_ELSEWHERE), (DROPPED, DROPPED + DROP_ELSEWHERE)]},
        r"function public.notes_one\(\) is left",
    ),
    "untranslated": (
        "translations",
        {"build": {"texts": {"en": {"title": [], "lead": []}, "de": {"title": []}}}},
        "lead is missing in de",
    ),
    "other values": (
        "translations",
        {"build": {"texts": {"en": {"title": ["count"]}, "de": {"title": []}}}},
        "title has other values in de",
    ),
    "label without German": (
        "translations",
        {"build": {"contributions": {"routes": [{"path": "", "view": "Page", "title": {"en": "N"}}]}}},
        "the title of routes '' is missing in de",
    ),
    "fails with rows": (
        "releases",
        {"second": (', server_default="0"', "")},
        r"from 0001 \(1.0.0\) with rows in every table",
    ),
    "release gone": ("releases", {"toml": ('"1.0.0" = "0001"', '"1.0.0" = "0000"')}, "never remove a revision"),
    "foreign import": ("ui_imports", {"script": ('from "react/jsx-runtime"', 'from "lodash"')}, "imports lodash"),
    "name not shared": ("ui_imports", {"build": {"imports": {"@questline/ui-sdk": ["Hologram"]}}}, "Hologram"),
    "stale build": ("ui_imports", {"build": {"version": "1.2.2"}}, "build again"),
    "too heavy": (
        "ui_budget",
        {"toml": ("[releases]", "[conformance]\nui_budget_kb = 0\n[releases]")},
        "is the budget",
    ),
}


async def test_a_plugin_that_keeps_every_promise_passes_every_check(open_notes):
    async with open_notes() as subject:
        outcomes = await subject.run_all(WITHOUT_BROWSER)
    assert {each.check: (each.status, each.detail) for each in outcomes} == dict.fromkeys(
        WITHOUT_BROWSER, (Status.HOLDS, "")
    )


def rounds() -> list[list[str]]:
    """The cases, the first of each check together, then the second of each, and so on."""
    found: list[list[str]] = []
    for case, (check, _, _) in BROKEN.items():
        place = sum(BROKEN[other][0] == check for other in list(BROKEN)[: list(BROKEN).index(case)])
        while len(found) <= place:
            found.append([])
        found[place].append(case)
    return found


def together(cases: list[str]) -> dict[str, Any]:
    """The changes of several cases as one."""
    changes: dict[str, Any] = {}
    for case in cases:
        for part, change in BROKEN[case][1].items():
            if part == "build":
                changes[part] = changes.get(part, {}) | change
            elif part == "sdk":
                changes[part] = change
            else:
                changes.setdefault(part, []).extend([change] if isinstance(change, tuple) else change)
    return changes


@pytest.mark.parametrize("cases", rounds(), ids=", ".join)
async def test_a_broken_promise_fails_its_check_and_no_other(open_notes, cases):
    async with open_notes(**together(cases)) as subject:
        outcomes = await subject.run_all(WITHOUT_BROWSER)
    failed = {each.check: each.detail for each in outcomes if each.status is Status.FAILS}
    assert sorted(failed) == sorted(BROKEN[case][0] for case in cases), failed
    for case in cases:
        check, _, sentence = BROKEN[case]
        assert re.search(sentence, failed[check]), f"{case}: {failed[check]}"


async def test_a_check_is_exempted_with_a_reason_unless_it_protects_others(open_notes):
    exempt = '[conformance.exempt]\ntranslations = "Icelandic only"\nui_budget = " "\ntable_isolation = "later"\n'
    async with open_notes(toml=("[releases]", exempt + "[releases]")) as subject:
        translations, budget, isolation = await subject.run_all(["translations", "ui_budget", "table_isolation"])
    assert (translations.status, translations.detail) == (Status.EXEMPT, "Icelandic only")
    assert (budget.status, isolation.status) == (Status.FAILS, Status.FAILS)
    assert "needs a reason" in budget.detail
    assert "cannot be exempted" in isolation.detail


async def test_of_a_plugin_that_does_not_load_only_that_is_said(open_notes):
    hooks = [
        ("    @hookimpl\n    async def personal_data", "    async def personal_data"),
        ("    @hookimpl\n    async def erase_personal", "    async def erase_personal"),
    ]
    async with open_notes(code=hooks) as subject:
        loads, settings = await subject.run_all(["loads", "settings"])
    assert loads.status is Status.FAILS
    assert (
        "keeps personal data (notes.note.stars, notes.note.words) but implements neither personal_data "
        "nor erase_personal_data" in loads.detail
    )
    assert (settings.status, settings.detail) == (Status.NOT_CHECKED, "the plugin does not load")


@pytest.mark.e2e
async def test_axe_finds_what_is_wrong_on_a_page(open_notes):
    picture = 'jsx("img", { src: "data:image/gif;base64,R0lGODlhAQABAAAAACw=" })'
    page = f'jsx("div", {{ children: [jsx("h1", {{ children: "Notes" }}, 1), {picture}] }})'
    async with open_notes(script=('jsx("h1", { children: "Notes" })', page)) as subject:
        (outcome,) = await subject.run_all(["accessibility"])
    assert outcome.status is Status.FAILS
    assert "/x/notes (1280 px, light): image-alt" in outcome.detail
