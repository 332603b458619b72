"""A device that installs the application shows the tenant's name and colours."""

import pytest

from questline_core.ui.bundles import DIST


@pytest.mark.skipif(not (DIST / "manifest.webmanifest").is_file(), reason="the pages are not built")
async def test_the_manifest_has_the_tenants_name_and_colours(tenant, as_user, anonymous, save) -> None:
    built = (await anonymous.get("/api/v1/ui/manifest.webmanifest")).json()
    changes = {"light.color.primary": "#b0125b", "light.color.primary-strong": "#8c0e48"}
    saved = await save(await as_user("admin"), changes, site_name="Acme")
    assert saved.status_code == 200, saved.text

    answer = await anonymous.get("/api/v1/ui/manifest.webmanifest")
    assert answer.status_code == 200, answer.text
    manifest = answer.json()
    assert answer.headers["content-type"] == "application/manifest+json"
    assert (manifest["name"], manifest["short_name"], manifest["theme_color"]) == ("Acme", "Acme", "#b0125b")
    assert manifest["icons"] == built["icons"]

    await save(await as_user("admin"), {}, site_name="The Academy of Everything")
    manifest = (await anonymous.get("/api/v1/ui/manifest.webmanifest")).json()
    assert (manifest["name"], manifest["short_name"]) == ("The Academy of Everything", "Questline")
