import pytest

from questline_core.testing.post import text_of


def token_of(link):
    return link.rpartition("#")[2]


async def invite(client, *emails, role="learner", **fields):
    return await client.post("/api/v1/invitations", json={"emails": list(emails), "role": role} | fields)


async def test_who_is_invited_opens_an_account_with_the_role(mailing, school, browser, member, policy, email, post):
    await policy(school, "invitation")
    admin, guest = await member(email, "admin"), f"guest-{email}"
    answer = await invite(admin, guest, email, role="instructor", locale="de")
    assert answer.status_code == 201
    assert answer.json()["invitations"] == [
        {"email": guest, "outcome": "invited", "link": None},
        {"email": email, "outcome": "has_account", "link": None},
    ]
    await mailing.drain()
    assert "Ada lädt dich" in post.to(guest)[-1]["Subject"]
    token = token_of(post.link(guest, "/invitation"))
    visitor = await browser()
    shown = await visitor.post("/api/v1/auth/invitation", json={"token": token})
    assert shown.json() == {"email": guest, "role": "instructor", "inviter": "Ada"}
    wrong = await visitor.sign_up(f"other-{email}", invitation=token)
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "email")
    opened = await visitor.sign_up(guest, invitation=token)
    assert (opened.status_code, opened.json()["user"]["role"]) == (201, "instructor")
    assert (await visitor.post("/api/v1/auth/invitation", json={"token": token})).status_code == 422


async def test_invitations_are_listed_and_withdrawn(mailing, browser, member, email, post):
    admin = await member(email, "admin")
    await invite(admin, *(f"{number}-{email}" for number in range(3)))
    first = (await admin.get("/api/v1/invitations", params={"limit": 2})).json()
    rest = (await admin.get("/api/v1/invitations", params={"cursor": first["next_cursor"]})).json()
    assert (first["total"], [each["email"][0] for each in first["items"] + rest["items"]]) == (3, ["2", "1", "0"])
    await mailing.drain()
    gone = first["items"][0]
    assert (await admin.delete(f"/api/v1/invitations/{gone['id']}")).status_code == 204
    assert (await admin.delete(f"/api/v1/invitations/{gone['id']}")).status_code == 404
    answer = await (await browser()).sign_up(gone["email"], invitation=token_of(post.link(gone["email"])))
    assert answer.json()["code"] == "link_over"


@pytest.mark.parametrize(
    ("inviter", "role", "status"),
    [("admin", "owner", 403), ("admin", "admin", 403), ("owner", "admin", 201), ("learner", "learner", 403)],
)
async def test_nobody_invites_above_themselves(member, email, inviter, role, status):
    assert (await invite(await member(email, inviter), f"x-{email}", role=role)).status_code == status


async def test_without_mail_the_link_is_handed_to_the_inviter(site, tenant, as_user, visitor, email):
    answer = await invite(await as_user("admin"), email)
    (sent,) = answer.json()["invitations"]
    assert sent["link"].startswith("http://localhost:8000/invitation#")
    opened = await (await visitor()).sign_up(email, invitation=token_of(sent["link"]))
    assert opened.status_code == 201


async def test_the_inviters_name_cannot_bring_markup_along(mailing, school, member, email, post):
    admin = await member(email, "admin")
    await admin.patch("/api/v1/me", json={"display_name": "<b>Eve</b>"})
    await invite(admin, f"x-{email}")
    await mailing.drain()
    assert "<b>Eve</b>" not in text_of(post.to(f"x-{email}")[-1], "html")
