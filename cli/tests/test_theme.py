"""`questline theme` against a running site."""

import asyncio
import json
import zipfile


async def test_a_theme_is_chosen_listed_and_exported(site, questline, tenant, anonymous, tmp_path) -> None:
    before = await anonymous.get("/api/v1/ui/theme.css")
    chosen = await questline("theme", "set", "press", "--tenant", tenant.slug, "--json")
    assert (chosen.returncode, json.loads(chosen.stdout)) == (0, {"tenant": tenant.slug, "theme": "press"})
    async with asyncio.timeout(60):
        while (await anonymous.get("/api/v1/ui/theme.css")).headers["etag"] == before.headers["etag"]:
            await asyncio.sleep(0.02)
    listed = await questline("theme", "list", "--tenant", tenant.slug, "--json")
    assert {row["id"] for row in json.loads(listed.stdout) if row["chosen"]} == {"press"}
    exported = await questline("theme", "export", "-t", tenant.slug, "--id", "ours", "-o", "out", "--json")
    assert exported.returncode == 0, exported.stderr
    with zipfile.ZipFile(tmp_path / json.loads(exported.stdout)["path"]) as wheel:
        assert "questline_theme_ours/tokens.json" in wheel.namelist()


async def test_a_theme_that_is_not_installed_is_refused(questline, tenant) -> None:
    done = await questline("theme", "set", "gone", "--tenant", tenant.slug)
    assert done.returncode == 1
    assert "theme: is not installed; choose one of aurora, press" in done.stderr
