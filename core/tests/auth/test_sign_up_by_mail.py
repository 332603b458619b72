import asyncpg
import pytest
from sqlalchemy import event, text

from questline_core.testing.post import text_of

PASSWORD = "a walk along the river"
CONFIRM = "/api/v1/auth/sign-up/confirmation"


def token_of(link):
    return link.rpartition("#")[2].rpartition(".")[2]


async def test_an_account_is_opened_by_the_mailed_link_and_only_once(mailing, browser, email, post):
    ada = await browser()
    answer = await ada.sign_up(email, locale="de")
    assert (answer.status_code, answer.json()) == (202, {"email": email})
    assert "set-cookie" not in answer.headers
    assert (await ada.log_in(email)).status_code == 401
    await mailing.drain()
    (message,) = post.to(email)
    assert message["Subject"].startswith("Bestätige")
    assert "Ada" not in text_of(message), "a stranger must not choose what the mail says"
    token = token_of(post.link(email, "/confirm"))
    opened = await ada.post(CONFIRM, json={"token": token})
    assert opened.status_code == 201
    assert opened.json()["user"]["display_name"] == "Ada"
    assert (await (await browser()).log_in(email)).status_code == 200
    again = await ada.post(CONFIRM, json={"token": token})
    assert (again.status_code, again.json()["code"]) == (422, "link_over")


async def test_the_answer_and_the_work_are_the_same_for_a_known_address(mailing, browser, member, email, post):
    await member(email)
    unknown, statements = f"new-{email}", {}
    for address in (unknown, email):
        client, seen = await browser(), []

        def note(_connection, _cursor, statement, *_rest, seen=seen):
            seen.append(statement)

        event.listen(mailing.host.database.engine.sync_engine, "before_cursor_execute", note)
        answer = await client.sign_up(address)
        event.remove(mailing.host.database.engine.sync_engine, "before_cursor_execute", note)
        assert (answer.status_code, answer.json()) == (202, {"email": address})
        statements[address] = seen
    assert statements[unknown] == statements[email]
    await mailing.drain()
    (note,) = [each for each in post.to(email) if "already" in each["Subject"]]
    assert "/log-in" in text_of(note)
    with pytest.raises(LookupError):
        post.link(email, "/confirm")


async def test_a_link_asked_for_by_a_stranger_does_not_end_ones_own(mailing, browser, email, post):
    await (await browser()).sign_up(email)
    await mailing.drain()
    own = token_of(post.link(email, "/confirm"))
    await (await browser()).sign_up(email, password="another walk by the lake", display_name="Eve")
    await mailing.drain()
    opened = await (await browser()).post(CONFIRM, json={"token": own})
    assert opened.json()["user"]["display_name"] == "Ada"
    assert (await (await browser()).log_in(email)).status_code == 200
    strangers = token_of(post.link(email, "/confirm"))
    assert (await (await browser()).post(CONFIRM, json={"token": strangers})).status_code == 409


async def test_a_link_expires(mailing, school, browser, email, post):
    await (await browser()).sign_up(email)
    await mailing.drain()
    connection = await asyncpg.connect(mailing.services.postgres.dsn("superuser"))
    try:
        await connection.execute("UPDATE core.account_token SET expires_at = now() WHERE tenant_id = $1", school.id)
    finally:
        await connection.close()
    answer = await (await browser()).post(CONFIRM, json={"token": token_of(post.link(email, "/confirm"))})
    assert answer.json()["code"] == "link_over"


async def test_a_link_of_another_tenant_opens_nothing(mailing, browser, visitor, email, post):
    await (await browser()).sign_up(email)
    await mailing.drain()
    other = await visitor(of=await mailing.new_tenant(), app=mailing.app)
    answer = await other.post(CONFIRM, json={"token": token_of(post.link(email, "/confirm"))})
    assert answer.json()["code"] == "link_over"


@pytest.mark.parametrize(
    ("mode", "code"),
    [("closed", "sign_up_closed"), ("invitation", "invitation_needed"), ("domains", "domain_not_allowed")],
)
async def test_the_tenants_mode_decides_who_may_sign_up(school, browser, policy, email, mode, code):
    await policy(school, mode, domains=["other.example"])
    answer = await (await browser()).sign_up(email)
    assert (answer.status_code, answer.json()["code"]) == (403, code)


async def test_addresses_of_an_allowed_domain_may_sign_up(school, browser, policy, email):
    await policy(school, "domains", domains=["example.test"])
    assert (await (await browser()).sign_up(email)).status_code == 202
    assert (await (await browser()).sign_up("ada@evil-example.test")).status_code == 403
    assert (await (await browser()).sign_up("ada@sub.example.test")).status_code == 403


async def test_domains_need_mail_to_be_of_any_use(site, visitor, email):
    tenant = await site.new_tenant()
    async with site.context(tenant.id) as ctx:
        await ctx.session.execute(text("UPDATE core.tenant SET sign_up = 'domains'"))
    site.host.tenants.forget()
    answer = await (await visitor(of=tenant)).sign_up(email)
    assert (answer.status_code, answer.json()["code"]) == (403, "mail_not_configured")


async def test_links_to_one_mailbox_are_throttled(browser, email):
    answers = [(await (await browser()).sign_up(email)).status_code for _ in range(5)]
    assert answers[:3] == [202, 202, 202]
    assert 429 in answers


@pytest.mark.parametrize("password", ["Passw0rd!23", "qwertyuiop12", "ada lovelace"])
async def test_a_password_that_is_easy_to_guess_is_refused_with_advice(browser, email, password):
    answer = await (await browser()).sign_up(email, password=password, display_name="Ada Lovelace")
    assert answer.status_code == 422
    assert "guess" in answer.json()["errors"][0]["message"]
