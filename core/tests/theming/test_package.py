"""A tenant's look leaves as a wheel and comes back as a theme."""

import base64
import os
import subprocess
import sys
import zipfile
from importlib.metadata import PathDistribution
from io import BytesIO

import pytest

from questline_core.ui.themes import GROUP, Themes

CHANGES = {"light.color.primary": "#b0125b", "light.color.primary-strong": "#8c0e48", "radius.card": "6px"}
SERIF = {"font.family.display": ["Newsreader", "Georgia", "serif"]}
LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>'


@pytest.fixture
def install(tmp_path):
    """Install a wheel with pip into a folder of its own, and load the theme it brings."""

    def install_(filename: str, content: bytes):
        wheel = tmp_path / filename
        wheel.write_bytes(content)
        target = tmp_path / "installed"
        command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--target", target, wheel]
        if subprocess.run([sys.executable, "-m", "pip", "--version"], check=False, capture_output=True).returncode:
            command = ["uv", "pip", "install", "--no-deps", "--no-index", "--target", target, wheel]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env={**os.environ})
        assert done.returncode == 0, done.stderr
        (info,) = target.glob("*.dist-info")
        entries = PathDistribution(info).entry_points.select(group=GROUP)
        sys.path.insert(0, str(target))
        try:
            return Themes(entries)
        finally:
            sys.path.remove(str(target))

    return install_


def filename(answer) -> str:
    return answer.headers["content-disposition"].partition('filename="')[2].rstrip('"')


async def test_an_exported_theme_is_installed_with_everything_in_it(as_user, save, anonymous, install) -> None:
    admin = await as_user("admin")
    content = base64.b64encode(LOGO).decode()
    logo = (await admin.post("/api/v1/tenant/theme/logos", json={"content": content})).json()["logo"]
    texts = {"en": {"tagline": "Learn at Acme"}}
    saved = await save(admin, CHANGES | SERIF, logo=logo, strings=texts)
    assert saved.status_code == 200, saved.text
    query = {"id": "acme-brand", "title": "Acme", "version": "2.1"}
    answer = await admin.get("/api/v1/tenant/theme/package", params=query)
    assert answer.status_code == 200, answer.text
    assert filename(answer) == "questline_theme_acme_brand-2.1-py3-none-any.whl"
    theme = install(filename(answer), answer.content).find("acme-brand")
    assert (theme.manifest.title, theme.manifest.version, theme.manifest.strings) == ("Acme", "2.1", texts)
    assert (theme.path / "logo.svg").read_bytes() == LOGO
    assert {"Figtree", "Newsreader"} <= theme.families, "the font of another theme comes with it"
    fonts = sorted(path.name for path in (theme.path / "fonts").iterdir())
    assert "newsreader-latin-wght-normal.woff2" in fonts
    assert [name for name in fonts if name.startswith("OFL-")], "fonts travel with their licences"
    own = theme.css.decode().replace("/themes/acme-brand/2.1/fonts", "F")
    site = (await anonymous.get("/api/v1/ui/theme.css")).text
    assert own.split(":root", 1)[1] == site.split(":root", 1)[1], "installed, it looks as the tenant's site does"


async def test_the_same_look_makes_the_same_wheel(as_user, save) -> None:
    admin = await as_user("admin")
    await save(admin, CHANGES)
    first, second = [(await admin.get("/api/v1/tenant/theme/package")).content for _ in range(2)]
    assert first == second


async def test_every_file_is_in_the_record_with_its_hash(as_user) -> None:
    admin = await as_user("admin")
    answer = await admin.get("/api/v1/tenant/theme/package")
    with zipfile.ZipFile(BytesIO(answer.content)) as wheel:
        assert wheel.testzip() is None
        record = next(name for name in wheel.namelist() if name.endswith("RECORD"))
        listed = {line.split(",")[0] for line in wheel.read(record).decode().splitlines()}
        assert listed == set(wheel.namelist())


@pytest.mark.parametrize("wrong", [{"id": "../x"}, {"id": "A"}, {"version": "1.0;"}, {"title": "a\nb"}, {"title": ""}])
async def test_names_that_are_none_are_refused(as_user, wrong) -> None:
    answer = await (await as_user("admin")).get("/api/v1/tenant/theme/package", params=wrong)
    if wrong == {"title": ""}:
        assert answer.status_code == 200, "the tenant's name stands in"
    else:
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, *wrong)
