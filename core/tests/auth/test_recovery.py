from sqlalchemy import event, select

from questline_core.auth.models import User
from questline_core.testing.post import text_of

PASSWORD, NEW = "a walk along the river", "a swim across the lake"
RESET = "/api/v1/auth/password-reset"


def token_of(link):
    return link.rpartition("#")[2].rpartition(".")[2]


async def ask(client, email):
    return await client.post(RESET, json={"email": email})


async def finish(client, token, password=NEW):
    return await client.post(f"{RESET}/completion", json={"token": token, "password": password})


async def test_a_forgotten_password_is_replaced_by_the_mailed_link(mailing, browser, member, email, post):
    ada = await member(email)
    visitor = await browser()
    assert (await ask(visitor, email.upper())).status_code == 202
    await mailing.drain()
    token = token_of(post.link(email, "/reset-password"))
    assert (await finish(visitor, token, "x")).status_code == 400
    assert (await finish(visitor, token, "password123")).status_code == 422
    assert (await finish(visitor, token)).status_code == 204
    assert (await finish(visitor, token)).json()["code"] == "link_over"
    assert (await (await browser()).log_in(email)).status_code == 401
    assert (await (await browser()).log_in(email, NEW)).status_code == 200
    assert (await ada.refresh()).status_code == 401
    await mailing.drain()
    assert post.to(email)[-1]["Subject"].startswith("Your password")


async def test_a_newer_link_ends_the_older(mailing, browser, member, email, post):
    await member(email)
    tokens = []
    for _ in range(2):
        await ask(await browser(), email)
        await mailing.drain()
        tokens.append(token_of(post.link(email, "/reset-password")))
    visitor = await browser()
    assert (await finish(visitor, tokens[0])).json()["code"] == "link_over"
    assert (await finish(visitor, tokens[1])).status_code == 204


async def test_nobody_learns_who_has_an_account(mailing, browser, member, email, post):
    await member(email)
    answers, statements = [], []
    for address in (email, f"nobody-{email}"):
        seen = []

        def note(_connection, _cursor, statement, *_rest, seen=seen):
            seen.append(statement)

        client = await browser()
        event.listen(mailing.host.database.engine.sync_engine, "before_cursor_execute", note)
        answer = await ask(client, address)
        event.remove(mailing.host.database.engine.sync_engine, "before_cursor_execute", note)
        answers.append((answer.status_code, answer.text.replace("nobody-", ""), sorted(answer.headers)))
        statements.append(seen)
    assert answers[0] == answers[1]
    assert statements[0] == statements[1]
    await mailing.drain()
    assert post.to(f"nobody-{email}") == []


async def test_links_are_throttled_alike_for_known_and_unknown(browser, member, email):
    await member(email)
    for address in (email, f"nobody-{email}"):
        codes = [(await ask(await browser(), address)).status_code for _ in range(5)]
        assert codes[:3] == [202] * 3
        assert codes[-1] == 429


async def test_an_address_is_changed_by_a_link_to_the_new_one(mailing, school, browser, member, email, post):
    ada, new = await member(email), f"new-{email}"
    assert (await ada.post("/api/v1/me/email", json={"email": new})).status_code == 202
    await mailing.drain()
    assert new in text_of(post.to(email)[-1]), "the former address is warned before anything happens"
    answer = await (await browser()).post("/api/v1/auth/email/confirmation", json={"token": token_of(post.link(new))})
    assert (answer.status_code, answer.json()) == (200, {"email": new})
    await mailing.drain()
    assert post.to(email)[-1]["Subject"].startswith("Your e-mail address")
    assert (await (await browser()).log_in(email)).status_code == 401
    assert (await (await browser()).log_in(new)).status_code == 200
    assert (await ada.refresh()).status_code == 401
    async with mailing.context(school.id) as ctx:
        assert (await ctx.session.scalar(select(User).where(User.email == new))).email_verified_at is not None


async def test_a_taken_address_is_not_given_away(mailing, member, email, post):
    ada, taken = await member(email), f"taken-{email}"
    await member(taken)
    answer = await ada.post("/api/v1/me/email", json={"email": taken})
    assert (answer.status_code, answer.json()) == (202, {"email": taken})
    await mailing.drain()
    assert "already" in post.to(taken)[-1]["Subject"]


async def test_a_new_password_ends_a_change_of_the_address(mailing, browser, member, email, post):
    ada, new = await member(email), f"new-{email}"
    await ada.post("/api/v1/me/email", json={"email": new})
    await mailing.drain()
    changed = {"current_password": PASSWORD, "new_password": NEW}
    assert (await ada.post("/api/v1/me/password", json=changed)).status_code == 204
    answer = await (await browser()).post("/api/v1/auth/email/confirmation", json={"token": token_of(post.link(new))})
    assert answer.json()["code"] == "link_over"


async def test_an_address_is_confirmed_by_its_link(mailing, browser, member, email, post):
    ada = await member(email)
    assert (await ada.get("/api/v1/me/security")).json()["email_verified"] is False
    assert (await ada.post("/api/v1/me/email/verification")).status_code == 204
    await mailing.drain()
    answer = await (await browser()).post("/api/v1/auth/email/confirmation", json={"token": token_of(post.link(email))})
    assert answer.status_code == 200
    assert (await ada.get("/api/v1/me/security")).json()["email_verified"] is True
