"""A site with a plugin that adds fields to profiles."""

import importlib
import io
import sys
import textwrap
from contextlib import AsyncExitStack
from importlib.metadata import distributions

import pytest
import pytest_asyncio
from PIL import Image

from questline_core.tenancy.limits import set_limits
from questline_core.tenancy.schemas import Limits
from questline_core.testing import TestSite

from .browsers import member, new_browser

PLUGIN = """
from questline_sdk import Plugin, hookimpl
from questline_sdk.profiles import ProfileChoice, ProfileField

WHY = {"en": "Courses are reported by it."}

class Crm(Plugin):
    @hookimpl
    def register_profile_fields(self):
        return [
            ProfileField(name="crm.department", label={"en": "Department", "de": "Abteilung"}, purpose=WHY,
                         max_length=20, seen_by="everyone"),
            ProfileField(name="crm.level", label={"en": "Level"}, purpose=WHY, kind="choice",
                         choices=[ProfileChoice(value="junior", label={"en": "Junior"}),
                                  ProfileChoice(value="senior", label={"en": "Senior"})]),
            ProfileField(name="crm.since", label={"en": "With us since"}, purpose=WHY, kind="date",
                         edited_by="managers"),
            ProfileField(name="crm.note", label={"en": "Note"}, purpose=WHY, kind="long_text", seen_by="managers",
                         edited_by="managers"),
            ProfileField(name="crm.hours", label={"en": "Hours a week"}, purpose=WHY, kind="number"),
            ProfileField(name="crm.remote", label={"en": "Works remotely"}, purpose=WHY, kind="boolean"),
        ]

plugin = Crm()
"""


@pytest.fixture(scope="session")
def crm(tmp_path_factory):
    """The plugin, installed for the session."""
    folder = tmp_path_factory.mktemp("crm")
    package = folder / "qltest_crm"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "plugin.py").write_text(textwrap.dedent(PLUGIN))
    (package / "plugin.toml").write_text('id = "crm"\ntitle = "CRM"\n')
    info = folder / "qltest_crm-1.0.0.dist-info"
    info.mkdir()
    about = "Metadata-Version: 2.1\nName: qltest-crm\nVersion: 1.0.0\nRequires-Dist: questline-sdk>=0.1,<0.2\n"
    (info / "METADATA").write_text(about)
    (info / "entry_points.txt").write_text("[questline.plugins.v1]\ncrm = qltest_crm.plugin:plugin\n")
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    (found,) = [entry for each in distributions(path=[str(folder)]) for entry in each.entry_points]
    yield found
    sys.path.remove(str(folder))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site(crm, posted):
    """A site with the plugin and a mail server."""
    url = f"smtp+plain://127.0.0.1:{posted.port}"
    async with TestSite.open([crm], smtp_url=url, mail_from="no-reply@school.example") as running:
        yield running


@pytest.fixture
def picture():
    """Draws a picture file."""

    def draw(kind="PNG", size=(400, 300), mode="RGB", color="teal", **options):
        file = io.BytesIO()
        Image.new(mode, size, color).save(file, kind, **options)
        return file.getvalue()

    return draw


@pytest_asyncio.fixture(loop_scope="session")
async def browser_of(site, tenant):
    """Makes a browser in which somebody with a role has just logged in."""
    async with AsyncExitStack() as stack:

        async def make(name, role="learner"):
            user_id, email = await member(site, tenant, name, role)
            browser = await stack.enter_async_context(new_browser(site, tenant))
            answer = await browser.log_in(email)
            assert answer.status_code == 200, answer.text
            browser.user_id = user_id
            return browser

        yield make


@pytest.fixture
def limit_users(site):
    """Limit how many people a tenant may have."""

    async def limit(tenant, users):
        await set_limits(site.owner_engine, tenant.id, Limits(users=users))
        site.host.tenants.forget()

    return limit
