"""Secrets planted through the application, looked for in everything it has written at its most talkative."""

import base64
import secrets

import asyncpg
import pyotp
import pytest
from sqlalchemy import text

from questline_core.auth.accounts import create_user
from questline_core.encryption.ring import new_ring_key
from questline_core.observability.logging import configure_logging
from questline_core.testing import TestSite
from questline_core.testing.post import smtp_server

CODE = """
from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody
import msgspec, structlog, logging
from sqlalchemy import text
from questline_sdk import Context, Job, Plugin, PluginSettings, RetryPolicy, hookimpl
from questline_sdk.settings import Secret

class Given(msgspec.Struct):
    password: str

class Args(msgspec.Struct):
    number: int

class Settings(PluginSettings):
    api_key: Secret = ""
    count: int = 0

@post("/raise", operation_id="leaky_raise", public=True)
async def fail(ctx: NamedDependency[Context], data: JSONBody[Given]) -> None:
    password = data.password
    raise RuntimeError("it broke")

@post("/database", operation_id="leaky_database", public=True)
async def break_database(ctx: NamedDependency[Context], data: JSONBody[Given]) -> None:
    await ctx.session.execute(text("SELECT CAST(:password AS text) FROM core.nothing"), {"password": data.password})

@post("/type", operation_id="leaky_type", public=True)
async def mistake_type(ctx: NamedDependency[Context], data: JSONBody[Given]) -> None:
    await ctx.session.execute(text("SELECT CAST(:password AS integer)"), {"password": data.password})

@post("/log", operation_id="leaky_log", public=True)
async def log_it(ctx: NamedDependency[Context], data: JSONBody[Given]) -> None:
    structlog.get_logger().info("given", password=data.password, nested={"token": data.password})
    logging.getLogger("leaky").warning("handled", extra={"api_key": data.password})
    settings = await ctx.settings(Settings)
    await ctx.enqueue(BROKEN, Args(number=len(settings.api_key)))

async def broken(ctx, args):
    settings = await ctx.settings(Settings)
    key = settings.api_key
    raise RuntimeError("a job broke")

BROKEN = Job(name="broken", function=broken, args=Args, retry=RetryPolicy(max_attempts=1))

class Leaky(Plugin):
    @hookimpl
    def register_routes(self):
        return [fail, break_database, mistake_type, log_it]

    @hookimpl
    def register_jobs(self):
        return [BROKEN]

    @hookimpl
    def register_settings(self):
        return Settings

plugin = Leaky()
"""


class Planted:
    """The secrets by what they are, and every answer that is no success."""

    def __init__(self):
        self.secrets = {}
        self.answers = []

    def new(self, name):
        return self.keep(name, f"planted{secrets.token_hex(12)}")

    def keep(self, name, value):
        self.secrets[name] = value
        return value

    def forms(self):
        for name, value in self.secrets.items():
            raw = value.encode()
            for form in (value, raw.hex(), base64.b64encode(raw).decode().rstrip("=")):
                yield name, form


@pytest.mark.parametrize("log_format", ["json", "console"])
async def test_no_secret_is_written_anywhere(site, build_plugin, capfd, log_format):
    planted = Planted()
    smtp = planted.new("smtp password")
    async with smtp_server(password=smtp) as box:
        await plant_and_look(site, build_plugin, capfd, log_format, planted, f"user:{smtp}@127.0.0.1:{box.port}")


async def plant_and_look(site, build_plugin, capfd, log_format, planted, mail_server):
    ring_key = new_ring_key("planted")
    planted.keep("ring key", ring_key.partition(":")[2].rstrip("="))
    overrides = {
        "log_level": "debug",
        "log_format": log_format,
        "smtp_url": f"smtp+plain://{mail_server}",
        "s3_secret_key": planted.new("storage key"),
        "secret_key": planted.new("the site's secret"),
        "encryption_keys": ring_key,
        "plugin_settings": {"leaky": {"api_key": planted.new("operator's plugin secret")}},
    }
    async with TestSite.open([build_plugin("leaky", CODE)], services=site.services, **overrides) as own:
        configure_logging(own.host.settings)
        try:
            await use(own, planted)
            await own.drain()
        finally:
            configure_logging(site.host.settings)
        written = "".join(capfd.readouterr())
        rows = await everything_stored(own)
    assert "it broke" in written
    assert "a job broke" in written
    assert "log-in" in written
    for where, content in (("the log", written), ("the answers", "\n".join(planted.answers)), ("the database", rows)):
        found = {name for name, form in planted.forms() if form in content}
        assert not found, f"{where} holds the {', '.join(sorted(found))}"


async def use(own, planted):
    """Everything that takes or gives a secret, rightly and wrongly."""
    tenant = await own.new_tenant()
    email, password = "ada@example.test", planted.new("password")
    async with own.context(tenant.id) as ctx:
        await create_user(ctx, email=email, display_name="Ada", password=password, role="owner")
    async with own.client(**{"x-questline-tenant": tenant.slug}) as visitor:
        await signing_in(visitor, planted, email, password)
    async with own.client(**{"x-questline-tenant": tenant.slug}) as visitor:
        await breaking(visitor, planted)
    async with own.client(**{"x-questline-tenant": tenant.slug}) as owner:
        answer = await send(owner, planted, "POST", "/auth/log-in", json={"email": email, "password": password})
        owner.headers["authorization"] = f"Bearer {planted.keep('third access token', answer.json()['access_token'])}"
        await settings(owner, planted)
        await keys(owner, planted)
        await second_factor(owner, planted)
    async with own.context(tenant.id) as ctx:
        session = (await ctx.session.execute(text("SELECT count(*) FROM core.audit_entry"))).scalar_one()
        assert session > 0


async def send(client, planted, method, path, **options):
    answer = await client.request(method, f"/api/v1{path}", **options)
    if answer.status_code >= 400:
        planted.answers.append(answer.text)
    return answer


async def signing_in(visitor, planted, email, password):
    wrong = planted.new("wrong password")
    for body in (
        {"email": email, "password": wrong},
        {"email": "nobody@example.test", "password": planted.new("unknown person's password")},
        {"email": email, "password": [planted.new("password of a wrong type")]},
        {"email": email, "password": planted.new("password that is too long") * 400},
        {"email": 1, "password": planted.new("password beside a wrong field")},
    ):
        assert (await send(visitor, planted, "POST", "/auth/log-in", json=body)).status_code >= 400
    broken = f'{{"email": "{email}", "password": "{planted.new("password in broken JSON")}"'
    await send(visitor, planted, "POST", "/auth/log-in", content=broken, headers={"content-type": "application/json"})
    weak = {"email": "new@example.test", "password": planted.new("new password"), "display_name": ["x"]}
    await send(visitor, planted, "POST", "/auth/sign-up", json=weak)
    await send(visitor, planted, "POST", "/auth/sign-up", json=weak | {"display_name": "New"})
    await send(visitor, planted, "POST", "/auth/password-reset", json={"email": email})
    reset = {"token": planted.new("link's token"), "password": planted.new("password after a reset")}
    await send(visitor, planted, "POST", "/auth/password-reset/completion", json=reset)
    answer = await send(visitor, planted, "POST", "/auth/log-in", json={"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    planted.keep("access token", answer.json()["access_token"])
    planted.keep("refresh token", visitor.cookies["questline_refresh"])
    csrf = {"x-csrf-token": visitor.cookies["questline_csrf"]}
    again = await send(visitor, planted, "POST", "/auth/refresh", headers=csrf)
    planted.keep("second access token", again.json()["access_token"])
    planted.keep("second refresh token", visitor.cookies["questline_refresh"])
    await send(visitor, planted, "POST", "/auth/refresh", headers={"x-csrf-token": planted.new("CSRF token")})
    for header in (f"Bearer {planted.new('made-up token')}", f"Basic {planted.new('other credentials')}"):
        await send(visitor, planted, "GET", "/me", headers={"authorization": header})
    await send(visitor, planted, "GET", "/me", headers={"cookie": f"session={planted.new('cookie')}"})


async def breaking(visitor, planted):
    for place in ("raise", "database", "type", "log"):
        body = {"password": planted.new(f"password while it {place}s")}
        answer = await send(visitor, planted, "POST", f"/p/leaky/{place}", json=body)
        assert (answer.status_code >= 400) is (place != "log"), answer.text


async def second_factor(owner, planted):
    made = (await send(owner, planted, "POST", "/me/totp")).json()
    secret = planted.keep("TOTP secret", made["secret"])
    await send(owner, planted, "POST", "/me/totp/confirmation", json={"code": planted.new("wrong code")})
    answer = await send(owner, planted, "POST", "/me/totp/confirmation", json={"code": pyotp.TOTP(secret).now()})
    for number, code in enumerate(answer.json()["recovery_codes"]):
        planted.keep(f"recovery code {number}", code)


async def settings(owner, planted):
    for value in ({"api_key": planted.new("plugin's secret")}, {"api_key": [planted.new("secret of a wrong type")]}):
        await send(owner, planted, "PUT", "/plugins/leaky/settings", json=value)
    beside = {"api_key": planted.new("secret beside a wrong field"), "count": "many"}
    assert (await send(owner, planted, "PUT", "/plugins/leaky/settings", json=beside)).status_code == 422


async def keys(owner, planted):
    made = await send(owner, planted, "POST", "/account/api-keys", json={"name": "Key"})
    assert made.status_code == 201, made.text
    key = planted.keep("API key", made.json()["key"])
    await send(owner, planted, "GET", "/me", headers={"authorization": f"Bearer {key}"})
    await send(owner, planted, "GET", "/me", headers={"authorization": f"Bearer qlk_{planted.new('made-up API key')}"})


async def everything_stored(own):
    """Every row of every table, queue and audit log included, as PostgreSQL prints it."""
    connection = await asyncpg.connect(str(own.services.postgres.dsn("superuser")))
    try:
        tables = await connection.fetch(
            "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        rows = []
        for table in tables:
            rows += [row["line"] for row in await connection.fetch(f"SELECT t::text AS line FROM {table['name']} t")]
        return "\n".join(rows)
    finally:
        await connection.close()
