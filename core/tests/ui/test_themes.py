"""Themes: broken ones are left out, tenants choose, browsers see it at once."""

import json
import sys
from importlib.metadata import EntryPoint

import pytest
from structlog.testing import capture_logs

from questline_core.ui.themes import GROUP, Themes


def entry(tmp_path, name: str, code: str, tokens: object = None) -> EntryPoint:
    package = tmp_path / f"qltheme_{name}"
    package.mkdir()
    (package / "__init__.py").write_text(code)
    if tokens is not None:
        (package / "tokens.json").write_text(tokens if isinstance(tokens, str) else json.dumps(tokens))
    return EntryPoint(name=name, value=f"qltheme_{name}:THEME", group=GROUP)


def theme_code(theme_id: str) -> str:
    return (
        "from pathlib import Path\nfrom questline_sdk.themes import Theme\n"
        f"THEME = Theme(id={theme_id!r}, title='T', version='1.0', path=Path(__file__).parent)\n"
    )


@pytest.mark.parametrize(
    ("code", "tokens", "why"),
    [
        ("raise RuntimeError('deliberate')", None, "deliberate"),
        ("THEME = 'a string'", None, "is not a questline_sdk.themes.Theme"),
        (theme_code("other"), {}, "its id is 'other'"),
        (theme_code("bad"), None, "tokens.json"),
        (theme_code("bad"), "{", "DecodeError"),
        (theme_code("bad"), [1], "object"),
        (theme_code("bad"), {"x": {"$type": "color", "$value": "red"}}, "x: 'red' is not a color"),
    ],
)
def test_a_broken_theme_is_left_out_and_the_reason_logged(tmp_path, monkeypatch, code, tokens, why) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    bad = entry(tmp_path, "bad", code, tokens)
    good = entry(tmp_path, "good", theme_code("good"), {"light": {}, "dark": {}})
    try:
        with capture_logs() as lines:
            themes = Themes([bad, good])
    finally:
        for name in ("qltheme_bad", "qltheme_good"):
            sys.modules.pop(name, None)
    assert [theme.manifest.id for theme in themes.all()] == ["good"]
    assert why in lines[0]["reason"]
    chosen = themes.choose("bad")
    assert chosen is not None
    assert chosen.manifest.id == "good"


async def test_the_style_sheet_is_the_tenants_theme(anonymous, as_user) -> None:
    first = await anonymous.get("/api/v1/ui/theme.css")
    assert first.headers["content-type"] == "text/css; charset=utf-8"
    assert "--ql-color-primary:#5b35d5" in first.text
    kept = await anonymous.get("/api/v1/ui/theme.css", headers={"if-none-match": first.headers["etag"]})
    assert (kept.status_code, kept.content) == (304, b"")
    admin = await as_user("admin")
    chosen = await admin.put("/api/v1/tenant/theme", json={"theme": "press"})
    assert (chosen.status_code, chosen.json()["id"]) == (200, "press")
    second = await anonymous.get("/api/v1/ui/theme.css", headers={"if-none-match": first.headers["etag"]})
    assert second.status_code == 200
    assert second.text != first.text
    assert (await anonymous.get("/api/v1/ui/theme")).json()["id"] == "press"
    assert (await anonymous.get("/api/v1/site")).json()["theme"] == "press"


async def test_another_tenant_keeps_its_theme(site, as_user) -> None:
    other = await site.new_tenant(plugins=[])
    await (await as_user("admin")).put("/api/v1/tenant/theme", json={"theme": "press"})
    async with site.client(**{"x-questline-tenant": other.slug}) as client:
        assert (await client.get("/api/v1/ui/theme")).json()["id"] == "aurora"


async def test_only_installed_themes_can_be_chosen_and_only_by_admins(as_user) -> None:
    admin, learner = await as_user("admin"), await as_user("learner")
    answer = await admin.put("/api/v1/tenant/theme", json={"theme": "gone"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "theme")
    assert "aurora" in answer.json()["detail"]
    assert (await learner.put("/api/v1/tenant/theme", json={"theme": "press"})).status_code == 403
    assert (await learner.get("/api/v1/themes")).status_code == 403
    listed = (await admin.get("/api/v1/themes")).json()["themes"]
    assert {"aurora", "press"} <= {theme["id"] for theme in listed}
    assert all(theme["summary"] and theme["title"] for theme in listed)


async def test_logo_and_fonts_are_served_and_nothing_else_of_the_package(anonymous) -> None:
    theme = (await anonymous.get("/api/v1/ui/theme")).json()
    logo = await anonymous.get(theme["logo_url"])
    assert (logo.status_code, logo.headers["content-type"]) == (200, "image/svg+xml")
    assert "sandbox" in logo.headers["content-security-policy"]
    css = (await anonymous.get("/api/v1/ui/theme.css")).text
    font = await anonymous.get(css.partition('src:url("')[2].partition('"')[0])
    assert (font.status_code, font.headers["content-type"]) == (200, "font/woff2")
    assert font.headers["cache-control"].endswith("immutable")
    base = theme["logo_url"].removesuffix("/logo.svg")
    for path in (
        "/__init__.py",
        "/fonts/../__init__.py",
        "/fonts/%2e%2e/__init__.py",
        "/fonts/none.woff2",
    ):
        assert (await anonymous.get(base + path)).status_code == 404
    assert (await anonymous.get(base.replace(theme["version"], "9.9.9") + "/logo.svg")).status_code == 404
