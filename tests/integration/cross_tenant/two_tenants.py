"""Two tenants, one with a marker in every place it has, and what the tests ask of them."""

import itertools
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import asyncpg
import httpx
import msgspec
from litestar.handlers import HTTPRouteHandler
from sqlalchemy import text, update
from tests.integration.cross_tenant.filled_ai import fill_ai
from tests.integration.cross_tenant.filled_ai_lab import fill_ai_lab
from tests.integration.cross_tenant.filled_payments import fill_orders, fill_payments
from tests.integration.cross_tenant.filled_recommendations import fill_recommendations
from tests.integration.cross_tenant.filled_webhooks import fill_webhooks

from questline_core.access.api_keys import create_key
from questline_core.access.definitions import create_role
from questline_core.access.explain import course_by_slug
from questline_core.access.granting import grant_role
from questline_core.access.key_schemas import NewApiKey, NewServiceAccount
from questline_core.access.schemas import NewGrant, NewRole
from questline_core.access.service_accounts import create_service_account
from questline_core.audit.models import AuditStream
from questline_core.auth import factors, links
from questline_core.auth.accounts import create_user
from questline_core.auth.external import posted
from questline_core.auth.external.models import LinkedIdentity
from questline_core.auth.models import Passkey
from questline_core.auth.policy import SessionLimits
from questline_core.auth.sessions import Device, OnBehalf, open_session
from questline_core.content.importer import available_block_types, import_course, load_course
from questline_core.mail.service import Reader, queue_mail
from questline_core.people.impersonation import LASTS
from questline_core.people.imports.schemas import ImportOptions
from questline_core.people.imports.service import begin as begin_import
from questline_core.people.imports.service import next_chunk
from questline_core.people.models import ProfileValue, UserImport
from questline_core.plugins.service import set_enabled
from questline_core.privacy.answers import Answer
from questline_core.privacy.choices import choose_selling
from questline_core.privacy.consents import answer
from questline_core.privacy.documents import Draft, publish, save_draft
from questline_core.privacy.holds import set_hold
from questline_core.privacy.requests import request_erasure
from questline_core.privacy.settings import PrivacyRules, change_rules
from questline_core.storage.counted import put_blob
from questline_core.storage.routes import media_key
from questline_core.tenancy.models import Domain, DomainClaim, TenantTask
from questline_sdk.events import UserLoggedIn

MARKER = "zqxjkvbpmarker"
PASSWORD = "correct horse battery staple"
PUBLIC = {
    "get_site",
    "get_media",
    "get_avatar",
    "get_theme",
    "get_theme_css",
    "get_web_manifest",
    "list_privacy_documents",
    "payments_manual_show_page",  # to whoever has its unguessable address
}
"""What a tenant shows to everybody who names it."""
SHARED = {
    "core.signing_key": "the keys of the installation, sealed; read only",
    "core.key_rotation": "when the installation's keys were changed; read only",
    "core.domain": "proven host names are looked up before the tenant is known; only its holder may change one",
    "core.site_limits": "the default limits of the installation; read only",
    **dict.fromkeys(("core.removed_tenant", "core.tenant_move"), "of tenants as a whole; the owner's alone"),
    "core.tenant": "the directory of tenants is read before the tenant is known; only the own row may be changed",
    **dict.fromkeys(
        ("core.generation", "core.wheel", "core.wanted", "core.plugin_operation", "core.node"),
        "which plugins the installation runs, and where; read only but for core.node",
    ),
    "*.alembic_version": "one revision for the installation; read only",
    "queue.*": "the queue's own tables; the worker serves every tenant",
}
IGNORED_SCHEMAS = "('pg_catalog', 'information_schema', 'pg_toast')"
PAIRS = 30


class Tenants:
    """Tenant A with one of everything, tenant B that wants it."""

    def __init__(self, site: Any, first: Any, second: Any, folder: Path) -> None:
        self.site, self.first, self.second, self.folder = site, first, second, folder
        self.ids: list[UUID] = []
        self.words: list[str] = []
        self.media = ""


def super_url(site: Any) -> str:
    """The address past row-level security."""
    return str(site.services.postgres.dsn("superuser"))


async def fill(pair: Tenants, tenant: Any, word: str, small_course: Any) -> None:
    """One of everything that the API can make."""
    site = pair.site
    folder = small_course(pair.folder / word, word)
    source, problems = load_course(folder, await available_block_types(site.host, tenant.id))
    assert source is not None, list(map(str, problems))
    async with site.context(tenant.id) as ctx:
        await import_course(ctx, site.host, source)
        await create_user(ctx, email=f"person@{word}.test", display_name=word, password=PASSWORD, role="learner")
        await queue_mail(ctx, "test", Reader(email=f"person@{word}.test", name=word))
        await ctx.audit("tenant.filled", subject=("tenant", word))
        ctx.session.add(DomainClaim(host=f"claimed.{word}.test", created_at=ctx.now))
        ctx.session.add(Domain(host=f"proven.{word}.{tenant.slug}.test", holder=tenant.id, verified_at=ctx.now))
        ctx.session.add(TenantTask(kind="export", created_at=ctx.now))
        await put_blob(ctx, media_key(tenant.id, "f" * 64), word.encode(), content_type="text/plain")
        ctx.session.add(AuditStream(number=1, sent_at=ctx.now))
    await fill_identity(site, tenant, word)
    await fill_privacy(site, tenant, word)
    await fill_people(site, tenant, word)
    await fill_access(site, tenant, word)
    await fill_webhooks(site, tenant, word)
    async with site.client(**{"x-questline-tenant": tenant.slug}) as visitor:
        answer = await visitor.post("/api/v1/auth/log-in", json={"email": f"person@{word}.test", "password": PASSWORD})
        assert answer.status_code == 200, answer.text
    async with await site.sign_in(tenant, "learner", name=word) as learner:
        await learn(learner, word)
        await learner.put("/api/v1/p/leaderboards/me/preferences", json={"opted_out": False, "pseudonym": f"{word} x"})
    async with (
        await site.sign_in(tenant, "admin", name=word) as admin,
        await site.sign_in(tenant, "learner", name=word) as buyer,
    ):
        await make_definitions(admin, word)
        await fill_payments(site, tenant, admin, word)
        await fill_orders(admin, buyer, site, word)
        await fill_ai(site, tenant, admin, word)
    await site.drain()
    await fill_recommendations(site, tenant, word)
    await fill_ai_lab(site, tenant, word)
    await park(site, tenant)


async def fill_identity(site: Any, tenant: Any, word: str) -> None:
    """An invitation, and a person with every second factor."""
    async with site.context(tenant.id) as ctx:
        person = await create_user(ctx, email=f"careful@{word}.test", display_name=word, password=None)
        await links.issue(ctx, links.INVITATION, email=f"guest@{word}.test", data={"role": "learner", "by": word})
        await factors.begin_totp(ctx, person)
        await factors.new_recovery_codes(ctx, person.id)
        await factors.remember_device(ctx, person.id, 30)
        there = {"provider": "oauth.acme", "issuer": f"https://{word}.test", "subject": word, "email": f"{word}@x.test"}
        ctx.session.add(LinkedIdentity(user_id=person.id, linked_at=ctx.now, last_used_at=ctx.now, **there))
        await posted.keep(ctx, {"RelayState": word})
        key = {"credential_id": word.encode(), "public_key": b"key", "sign_count": 0, "transports": [], "name": word}
        ctx.session.add(Passkey(user_id=person.id, backed_up=False, created_at=ctx.now, **key))


async def fill_access(site: Any, tenant: Any, word: str) -> None:
    """A role, who holds it where, and a service account with a key."""
    async with site.context(tenant.id) as ctx:
        role = NewRole(slug=f"{word}-role", name=word, description=word, permissions=["tenant.users.read"])
        await create_role(ctx, role)
        account = await create_service_account(ctx, NewServiceAccount(name=word, description=word))
        course_id = await course_by_slug(ctx, word)
        for course in (None, course_id):
            grant = NewGrant(role=role.slug, service_account_id=account.account.id, course_id=course)
            await grant_role(ctx, grant)
        await create_key(ctx, NewApiKey(name=word), of=account.account.id)


async def open_with_key(site: Any, tenant: Any, *, token: bool) -> Any:
    """A client with a key of an administrator's rights in a tenant, or with a token asked for with it."""
    async with site.context(tenant.id) as ctx:
        made = await create_service_account(ctx, NewServiceAccount(name=secrets.token_hex(6)))
        account_id = made.account.id
        await grant_role(ctx, NewGrant(role="admin", service_account_id=account_id))
        key = (await create_key(ctx, NewApiKey(name="walk"), of=account_id)).key
    if token:
        form = {"grant_type": "client_credentials", "client_id": str(account_id), "client_secret": key}
        async with site.client() as anonymous:
            key = (await anonymous.post("/api/v1/oauth/token", data=form)).json()["access_token"]
    return site.client(authorization=f"Bearer {key}")


async def fill_people(site: Any, tenant: Any, word: str) -> None:
    """A custom field's value, an import with a refused row, and a session on behalf of somebody."""
    options = ImportOptions(dry_run=False, invite=False)
    async with site.context(tenant.id) as ctx:
        person = await create_user(ctx, email=f"known@{word}.test", display_name=word, password=None)
        ctx.session.add(ProfileValue(user_id=person.id, field=f"{word}.field", value=word))
        content = f"email,name\nwrong,{word}\n".encode()
        row = await begin_import(ctx, file_name=word, content=content, options=options, user_id=person.id)
        import_id, until = row.id, ctx.now + LASTS
        on_behalf = OnBehalf(impersonator_id=person.id, reason=word, until=until)
        limits = SessionLimits(idle_days=1, longest_days=1)
        await open_session(ctx, person.id, Device(user_agent=word), limits, on_behalf=on_behalf)
    async with site.context(tenant.id) as ctx:
        await ctx.session.execute(update(UserImport).where(UserImport.id == import_id).values(user_id=None))
    async with site.context(tenant.id) as ctx:
        await next_chunk(ctx, import_id)


async def fill_privacy(site: Any, tenant: Any, word: str) -> None:
    """A request, a hold, a document that somebody agreed to, a choice, and decisions."""
    async with site.context(tenant.id) as ctx:
        person = await create_user(ctx, email=f"private@{word}.test", display_name=word, password=None)
        await request_erasure(ctx, person.id)
        await set_hold(ctx, person.id, f"{word} against {word}")
        text = {"title": word, "question": word, "body": word}
        await save_draft(ctx, "news", msgspec.convert({"required": False, "texts": {"en": text}}, Draft))
        await publish(ctx, "news")
        said = [Answer(kind="news", version=1, given=True)]
        await answer(ctx, person.id, said, source="privacy_page", locale="en")
        await choose_selling(ctx, person.id, do_not_sell=True, source="person")
        await change_rules(ctx, PrivacyRules(contact=word))


async def learn(learner: httpx.AsyncClient, word: str) -> None:
    """Enrol, complete a lesson, attempt the quiz."""
    course = (await learner.get(f"/api/v1/courses/{word}")).json()
    assert (await learner.post(f"/api/v1/courses/{course['id']}/enrolment")).status_code == 201
    lesson, quiz = course["modules"][0]["lessons"]
    assert (await learner.post(f"/api/v1/lessons/{lesson['id']}/completion")).status_code == 200
    blocks = (await learner.get(f"/api/v1/lessons/{quiz['id']}")).json()["blocks"]
    (assessment,) = [each["data"]["assessment_id"] for each in blocks if each["type"] == "assessments.quiz"]
    answer = await learner.post(f"/api/v1/p/assessments/{assessment}/attempts")
    assert answer.status_code == 201, answer.text
    attempt = answer.json()
    item = attempt["items"][0]
    response = {"response": {"option_id": item["options"][0]["id"]}}
    saved = await learner.put(f"/api/v1/p/assessments/attempts/{attempt['id']}/answers/{item['id']}", json=response)
    assert saved.status_code == 200, saved.text


async def make_definitions(admin: httpx.AsyncClient, word: str) -> None:
    """A rule, a badge, settings and a pack."""
    rule = {"name": f"{word} rule", "event": "learning.lesson.completed.v1", "amount": 5}
    assert (await admin.post("/api/v1/p/points/rules", json=rule)).status_code == 201
    badge = {
        "slug": f"{word}-badge",
        "title": f"{word} badge",
        "description": word,
        "hint": word,
        "criterion": {"type": "event_count", "event": "learning.lesson.completed.v1", "count": 1},
    }
    answer = await admin.post("/api/v1/p/badges/definitions", json=badge)
    assert answer.status_code == 201, answer.text
    answer = await admin.put("/api/v1/plugins/leaderboards/settings", json={"top": 12, "neighbours": 4})
    assert answer.status_code == 200, answer.text
    course = (await admin.get(f"/api/v1/courses/{word}")).json()
    mark = {"default_pass_percent": 66}
    own = {"course_id": course["id"]}
    answer = await admin.put("/api/v1/plugins/assessments/settings", json=mark, params=own)
    assert answer.status_code == 200, answer.text
    answer = await admin.put("/api/v1/packs/gamification/enabled", json={"enabled": True})
    assert answer.status_code == 200, answer.text
    answer = await admin.post("/api/v1/p/scim/v2/Users", json={"userName": f"provisioned@{word}.test"})
    assert answer.status_code == 201, answer.text
    group = {"name": f"{word} group", "description": word, "external_id": word}
    group_id = (await admin.post("/api/v1/groups", json=group)).json()["id"]
    answer = await admin.post(f"/api/v1/groups/{group_id}/members", json={"people": [f"person@{word}.test"]})
    assert answer.json()["changed"] == 1, answer.text
    assert (await admin.put(f"/api/v1/groups/{group_id}/courses/{course['id']}")).status_code == 204
    look = {"theme": "aurora", "version": 0, "tokens": {"radius.card": "9px"}, "site_name": f"{word} school"}
    answer = await admin.put("/api/v1/tenant/theme/changes", json=look | {"strings": {"en": {"tagline": word}}})
    assert answer.status_code == 200, answer.text


async def park(site: Any, tenant: Any) -> None:
    """Leave a message that waits for its plugin."""
    async with site.context(tenant.id) as ctx:
        someone = await create_user(ctx, email="late@example.test", display_name="Late", password=None)
        await ctx.publish(UserLoggedIn(user_id=someone.id))
    async with site.context(tenant.id) as ctx:
        await set_enabled(ctx, "badges", enabled=False)
    await site.drain()
    async with site.context(tenant.id) as ctx:
        # Only this once without the switch's own work, which would queue the message again.
        await ctx.session.execute(text("UPDATE core.tenant_plugin SET enabled = true WHERE plugin_id = 'badges'"))
    site.host.enablement.forget(tenant.id)


async def tenant_tables(connection: asyncpg.Connection) -> list[str]:
    """Every table with a tenant, qualified and quoted."""
    rows = await connection.fetch(
        "SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped"
        f" WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN {IGNORED_SCHEMAS} ORDER BY 1"
    )
    return [row["name"] for row in rows]


async def plant_markers(pair: Tenants) -> None:
    """Put the marker into every text column of A that takes it."""
    connection = await asyncpg.connect(super_url(pair.site))
    try:
        columns = await connection.fetch(
            "SELECT table_schema, table_name, column_name, data_type FROM information_schema.columns"
            f" WHERE table_schema NOT IN {IGNORED_SCHEMAS} AND data_type = 'text' AND is_generated = 'NEVER'"
        )
        tables = set(await tenant_tables(connection))
        for schema, table, column, _ in columns:
            if f"{schema}.{table}" not in tables or column in {"plugin_id", "handler", "role", "status", "time_zone"}:
                continue
            try:
                async with connection.transaction():
                    await connection.execute(
                        f'UPDATE "{schema}"."{table}" SET "{column}" = "{column}" || \'{MARKER}\''
                        f" WHERE tenant_id = $1 AND \"{column}\" NOT LIKE '%{MARKER}%'",
                        pair.first.id,
                    )
            except asyncpg.IntegrityConstraintViolationError:
                continue
        await connection.execute("UPDATE core.tenant SET name = $2 WHERE id = $1", pair.first.id, f"{MARKER} school")
    finally:
        await connection.close()
    pair.site.host.tenants.forget()


async def collect(pair: Tenants) -> None:
    """Every id and slug of A, to be put into paths."""
    connection = await asyncpg.connect(super_url(pair.site))
    try:
        for table in await tenant_tables(connection):
            for row in await connection.fetch(f"SELECT * FROM {table} WHERE tenant_id = $1 LIMIT 1", pair.first.id):
                pair.ids += [value for key, value in row.items() if isinstance(value, UUID) and key != "tenant_id"]
                pair.words += [row[key] for key in ("slug", "key") if row.get(key)]
    finally:
        await connection.close()
    pair.ids = list(dict.fromkeys(pair.ids))
    pair.words = list(dict.fromkeys(pair.words))
    keys = [info.key async for info in pair.site.host.store.list(media_key(pair.first.id, ""))]
    pair.media = keys[0].rpartition("/")[2]


async def snapshot(pair: Tenants) -> dict[str, str]:
    """What every table says of A."""
    connection = await asyncpg.connect(super_url(pair.site))
    try:
        return {
            table: await connection.fetchval(
                f"SELECT md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) FROM {table} t"
                " WHERE tenant_id = $1",
                pair.first.id,
            )
            for table in await tenant_tables(connection)
        }
    finally:
        await connection.close()


def handlers(site: Any) -> list[tuple[str, str, HTTPRouteHandler]]:
    """Every route of the running application with each of its methods."""
    return [
        (method, route.path, handler)
        for route in site.app.routes
        for handler in getattr(route, "route_handlers", ())
        if isinstance(handler, HTTPRouteHandler)
        for method in sorted(handler.http_methods)
    ]


def paths(pair: Tenants, template: str) -> list[tuple[str, tuple[str, ...]]]:
    """The paths of a template with A's ids, slugs and names in them, and what was put in."""
    names = re.findall(r"\{([a-z_]+):([a-z]+)\}", template)
    choices = []
    for name, kind in names:
        if kind == "uuid":
            choices.append([str(each) for each in pair.ids])
        elif name == "name" and template.partition("{")[0].endswith(("/media/", "/avatars/")):
            choices.append([pair.media, f"../{pair.first.id}/media/{pair.media}"])
        elif name == "period":
            choices.append(["all", "week"])
        else:
            words = [word for word in pair.words if "/" not in word]
            choices.append([*words, "points", "leaderboards", str(pair.first.id), pair.first.slug])
    limit = None if len(names) < 2 else PAIRS
    found = []
    for values in itertools.islice(itertools.product(*choices), limit):
        path = template
        for (name, kind), value in zip(names, values, strict=True):
            path = path.replace(f"{{{name}:{kind}}}", quote(value, safe="/"))
        found.append((path, values))
    return found


def shown(answer: httpx.Response, sent: tuple[str, ...]) -> str:
    """What an answer says beyond what it was asked with."""
    text = answer.text
    for value in sent:
        text = text.replace(value, "")
    return text
