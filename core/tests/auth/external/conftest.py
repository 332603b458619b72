"""A site with a provider that vouches for whatever the browser brings, so that core's own part can be looked at."""

import json
import secrets
import sys
from importlib.metadata import distributions

import msgspec
import pytest
import pytest_asyncio
from sqlalchemy import update

from questline_core.auth.accounts import create_user
from questline_core.auth.external.flows import Flow
from questline_core.auth.policy import SignInPolicy
from questline_core.auth.tickets import open_ticket
from questline_core.tenancy.models import Tenant
from questline_core.testing import TestSite

PASSWORD = "a walk along the river"
CLUB = """
import json

import msgspec

from questline_sdk import Plugin, hookimpl
from questline_sdk.sign_in import SignInOption, SignInProvider, SignInRedirect, SignInRefused, VerifiedIdentity


class Club(SignInProvider):
    name = "club"

    async def options(self, ctx):
        return [SignInOption(id="green", label="Green Club"), SignInOption(id="red", label="Red Club")]

    async def begin(self, ctx, option, request):
        return SignInRedirect(
            url=f"https://{option}.club.example/?back={request.addresses.return_to}&fresh={request.fresh}",
            kept={"word": "swordfish"},
        )

    async def complete(self, ctx, option, answer):
        assert answer.kept == {"word": "swordfish"}
        if "identity" not in answer.parameters:
            raise SignInRefused("The club does not let you in.")
        return msgspec.convert(json.loads(answer.parameters["identity"]), VerifiedIdentity)


class ClubPlugin(Plugin):
    @hookimpl
    def register_sign_in_providers(self):
        return [Club()]


plugin = ClubPlugin()
"""
METADATA = "Metadata-Version: 2.1\nName: qltest-club\nVersion: 1.0.0\nRequires-Dist: questline-sdk>=0.1,<0.2\n"


@pytest.fixture(scope="session")
def entry(tmp_path_factory):
    folder = tmp_path_factory.mktemp("club")
    package, info = folder / "qltest_club", folder / "qltest_club-1.0.0.dist-info"
    package.mkdir()
    info.mkdir()
    (package / "__init__.py").touch()
    (package / "plugin.py").write_text(CLUB)
    (package / "plugin.toml").write_text('id = "club"\ntitle = "Club"\n')
    (info / "METADATA").write_text(METADATA)
    (info / "entry_points.txt").write_text("[questline.plugins.v1]\nclub = qltest_club.plugin:plugin\n")
    sys.path.insert(0, str(folder))
    (found,) = [each for own in distributions(path=[str(folder)]) for each in own.entry_points]
    yield found
    sys.path.remove(str(folder))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def clubs(site, entry):
    async with TestSite.open([entry], services=site.services) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def town(clubs):
    return await clubs.new_tenant()


@pytest.fixture
def browse(visitor, clubs, town):
    """Makes browsers for the town."""

    async def make():
        return await visitor(of=town, app=clubs.app)

    return make


@pytest.fixture
def settle(clubs, town):
    """Changes how people come in to the town."""

    async def change(sign_up="open", **fields):
        async with clubs.context(town.id) as ctx:
            values = {"sign_up": sign_up, "sign_in": msgspec.to_builtins(SignInPolicy(**fields))}
            await ctx.session.execute(update(Tenant).where(Tenant.id == town.id).values(values))
        clubs.host.tenants.forget()

    return change


@pytest.fixture
def resident(clubs, town, browse):
    """Makes a browser that is signed in with a password."""

    async def make(email, role="learner"):
        async with clubs.context(town.id) as ctx:
            user = await create_user(ctx, email=email, display_name="Ada", password=PASSWORD, role=role)
        client = await browse()
        return signed_in(client, await client.log_in(email), user.id)

    return make


def signed_in(client, answer, user_id=None):
    """The browser with the access token of an answer."""
    session = answer.json()
    client.user_id = user_id or session["user"]["id"]
    client.headers["authorization"] = f"Bearer {session['access_token']}"
    return client


@pytest.fixture
def person():
    """Makes what the club says of somebody."""

    def make(email=None, **fields):
        subject = secrets.token_hex(6)
        email = email or f"ada-{subject}@example.test"
        return {"issuer": "https://club.example", "subject": subject, "email": email, "email_verified": True} | fields

    return make


@pytest.fixture
def begin():
    """Begins a way to the club; returns where the browser is sent."""

    async def go(client, path="sign-in/club.green"):
        answer = await client.post(f"/api/v1/{path}", json={"locale": "de"})
        assert answer.status_code == 200, answer.text
        return answer.json()["url"]

    return go


@pytest.fixture
def state_of(clubs, town):
    """The state that the provider gives back, read from where the browser keeps it."""

    def read(client):
        (cookie,) = [each for each in client.cookies.jar if each.name.startswith("questline_sign_in_")]
        return open_ticket(clubs.context(town.id), cookie.value, Flow).state

    return read


@pytest.fixture
def come_back(state_of):
    """Ends the way that the browser began."""

    async def go(client, identity, what="completion", club="club.green"):
        body = {"state": state_of(client), "parameters": {"identity": json.dumps(identity)} if identity else {}}
        return await client.post(f"/api/v1/sign-in/{club}/{what}", json=body)

    return go


@pytest.fixture
def enter(browse, begin, come_back):
    """Signs somebody in by the club; returns the browser and the answer."""

    async def go(identity):
        client = await browse()
        await begin(client)
        answer = await come_back(client, identity)
        return (signed_in(client, answer) if answer.status_code == 200 else client), answer

    return go
