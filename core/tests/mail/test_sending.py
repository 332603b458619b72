import re
from uuid import uuid4

import asyncpg
import msgspec
import pytest
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from sqlalchemy import select

from questline_core.auth.accounts import create_user
from questline_core.events.dead_letters import list_dead_letters, retry_dead_letters
from questline_core.events.queue import queries
from questline_core.mail.delivery import send_mail
from questline_core.mail.models import Mail
from questline_core.mail.service import SEND_MAIL, Reader, queue_mail, site_address
from questline_core.settings import Settings
from questline_core.tenancy.schemas import TenantInfo
from questline_core.testing import TestSite
from questline_core.testing.post import text_of
from questline_core.theming.models import TenantLook
from questline_sdk.mail import MailFile, Mails, MailWords

ADA = "ada@example.test"


async def queue(site, tenant, *, email=ADA, locale="de-AT"):
    async with site.context(tenant.id) as ctx:
        user = await create_user(ctx, email=email, display_name="Ada <3", password=None, locale=locale)
        reader = Reader(email=email, user_id=user.id, name="Ada <3", locale=locale)
        return await queue_mail(ctx, "password_reset", reader, path="/reset#secret", minutes="30")


async def row(site, tenant, mail_id):
    async with site.context(tenant.id) as ctx:
        return await ctx.session.scalar(select(Mail).where(Mail.id == mail_id))


@pytest.fixture
def impatient(site):
    """The site's worker tries again at once."""
    registry = site.host.registry
    before = registry.core
    hasty = msgspec.structs.replace(SEND_MAIL, retry=msgspec.structs.replace(SEND_MAIL.retry, initial_delay=0.0))
    registry.core = msgspec.structs.replace(before, jobs=[hasty, SEND_MAIL])
    yield
    registry.core = before


async def dead_letters(site, tenant, *, retry=False):
    connection = await asyncpg.connect(site.host.database.url)
    try:
        queue = queries(AsyncpgDriver(connection))
        found = [each for each in await list_dead_letters(queue) if each.tenant_id == tenant.id]
        if retry:
            await retry_dead_letters(queue, [each.id for each in found])
        return found
    finally:
        await connection.close()


async def test_a_mail_goes_out_after_the_commit_in_the_readers_language(site, tenant, post):
    mail_id = await queue(site, tenant)
    assert (await row(site, tenant, mail_id)).state == "queued"
    assert post.messages == []
    await site.drain()
    (message,) = post.to(ADA)
    assert message["Subject"] == f"Wähle ein neues Passwort für {tenant.name}"
    assert message["Message-ID"] == f"<{mail_id}@school.example>"
    assert "Hallo Ada <3," in text_of(message)
    assert "Ada &lt;3" in text_of(message, "html")
    assert post.link(ADA) == "http://localhost:8000/reset#secret"
    sent = await row(site, tenant, mail_id)
    assert (sent.state, sent.answer, sent.content) == ("sent", "taken", None)
    await site.drain()
    assert len(post.messages) == 1


async def test_mails_wear_the_tenants_own_colours(site, tenant, post):
    own = {"light.color.primary": "#a1b2c3"}
    async with site.context(tenant.id) as ctx:
        ctx.session.add(TenantLook(tokens={"aurora": own}, strings={}, version=1, changed_at=ctx.now))
    site.host.tenants.forget()
    await queue(site, tenant)
    await site.drain()
    assert "#a1b2c3" in text_of(post.to(ADA)[-1], "html")


async def test_nothing_is_sent_when_the_transaction_is_undone(site, tenant, post):
    ctx = site.context(tenant.id)
    await queue_mail(ctx, "test", Reader(email=ADA))
    await ctx.__aexit__(RuntimeError, RuntimeError(), None)
    await site.drain()
    assert post.messages == []


async def test_the_link_is_not_to_be_read_in_the_database(site, tenant, post):
    mail_id = await queue(site, tenant)
    connection = await asyncpg.connect(site.services.postgres.dsn("superuser"))
    try:
        content = await connection.fetchval("SELECT content FROM core.mail WHERE id = $1", mail_id)
        queued = await connection.fetch("SELECT payload FROM queue.pgqueuer")
    finally:
        await connection.close()
    assert b"secret" not in content
    assert all(b"secret" not in (each["payload"] or b"") for each in queued)
    await site.drain()


async def test_a_failure_that_may_pass_is_tried_again(site, tenant, post, impatient):
    mail_id = await queue(site, tenant)
    post.answers = ["451 greylisted", "421 too busy"]
    await site.drain()
    assert (await row(site, tenant, mail_id)).state == "sent"
    assert len(post.to(ADA)) == 1


async def test_what_fails_every_time_is_a_dead_letter_that_can_be_sent_again(site, tenant, post, impatient):
    mail_id = await queue(site, tenant)
    post.answers = ["451 never"] * 10
    await site.drain()
    (letter,) = await dead_letters(site, tenant)
    assert (letter.handler, letter.attempts) == ("core.send_mail", 10)
    assert "451" in letter.error
    assert (await row(site, tenant, mail_id)).state == "queued"
    await dead_letters(site, tenant, retry=True)
    await site.drain()
    assert (await row(site, tenant, mail_id)).state == "sent"


async def test_a_mailbox_that_does_not_exist_is_noted_and_left_alone(site, tenant, post):
    mail_id = await queue(site, tenant)
    post.refused[ADA] = "550 no such mailbox"
    await site.drain()
    refused = await row(site, tenant, mail_id)
    assert (refused.state, refused.answer, refused.content) == ("refused", "550 no such mailbox", None)
    assert await dead_letters(site, tenant) == []


async def test_a_second_copy_has_the_same_message_id(site, tenant, post):
    """After a crash between the server's answer and the commit."""
    mail_id = await queue(site, tenant)
    before = (await row(site, tenant, mail_id)).content
    await site.drain()
    async with site.context(tenant.id) as ctx:
        sent = await ctx.session.get_one(Mail, (tenant.id, mail_id))
        sent.state, sent.content = "queued", before
        await ctx.session.flush()
        await send_mail(ctx, mail_id)
    assert len({message["Message-ID"] for message in post.to(ADA)}) == 1
    assert len(post.to(ADA)) == 2


async def test_without_a_mail_server_mails_are_kept_for_the_operator(site, post):
    async with TestSite.open([], services=site.services) as mute:
        tenant = await mute.new_tenant()
        mail_id = await queue(mute, tenant, locale="en")
        await mute.drain()
        kept = await row(mute, tenant, mail_id)
        assert kept.state == "kept"
        assert re.search(r"http://localhost:8000/reset#secret", kept.content.text)
    assert post.messages == []


def test_links_lead_to_the_tenants_own_address():
    tenant = TenantInfo(id=None, slug="t", name="T", host=None, sign_up="open", theme="aurora")
    other = TenantInfo(id=None, slug="t", name="T", host="learn.example.org", sign_up="open", theme="aurora")
    site = Settings(public_url="https://questline.example:8443/")
    assert site_address(site, tenant) == "https://questline.example:8443"
    assert site_address(site, other) == "https://learn.example.org:8443"
    assert site_address(Settings(port=8181), tenant) == "http://localhost:8181"


async def test_a_plugin_mails_an_address_that_belongs_to_nobody(site, tenant, post):
    words = {"en": MailWords(subject="For you", paragraphs=("From {{ buyer }}.",), button="Accept")}
    async with site.context(tenant.id) as ctx:
        sent = await ctx.service(Mails).to_address(
            ADA, "tests.seat", words, locale="de", path="/seat?code=x", buyer="Bo"
        )
    assert sent
    await site.drain()
    (message,) = post.to(ADA)
    assert message["Subject"] == "For you"
    assert "From Bo." in text_of(message)
    assert "/seat?code=x" in text_of(message)


async def test_a_plugin_mails_one_person_with_a_file(site, tenant, post):
    words = {"en": MailWords(subject="Your {{ thing }}", paragraphs=("Here.",), button="See")}
    asked = []

    async def files(language):
        asked.append(language)
        return [MailFile(name="Ümlaut.pdf", media_type="application/pdf", content=b"%PDF-\x00\xff")]

    async with site.context(tenant.id) as ctx:
        user = await create_user(ctx, email=ADA, display_name="Ada", password=None, locale="de-AT")
        mails = ctx.service(Mails)
        assert await mails.to_user(user.id, "tests.receipt", words, path="/orders", files=files, thing="receipt")
        assert not await mails.to_user(uuid4(), "tests.receipt", words, thing="receipt")
    await site.drain()
    (message,) = post.to(ADA)
    assert message["Subject"] == "Your receipt"
    assert "Hallo Ada," in text_of(message)
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == (
        "Ümlaut.pdf",
        "application/pdf",
        b"%PDF-\x00\xff",
    )
    assert asked == ["de"]
