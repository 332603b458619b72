"""A parent is asked by mail, and answers without an account."""

import re

import pytest
from sqlalchemy import select

from questline_core.mail.models import Mail

ASK = "/api/v1/privacy/mine/parent"
QUESTION, ANSWER = "/api/v1/privacy/parents/question", "/api/v1/privacy/parents/answer"
LINK = re.compile(r"/parent#([\w-]+)")
PARENT = "Parent@Home.example"


@pytest.fixture
async def child(as_user, decide):
    learner = await as_user("learner", name="Kim Child")
    await decide(minors=True, parental_consent_needed=True, contact="privacy@school.example")
    return learner


@pytest.fixture
def token_for(site, tenant):
    """The token in the last mail to an address."""

    async def read(address=PARENT):
        async with site.context(tenant.id) as ctx:
            statement = select(Mail).where(Mail.recipient == address.lower()).order_by(Mail.id.desc()).limit(1)
            mail = await ctx.session.scalar(statement)
            assert "Kim Child" in mail.content.subject
            return LINK.search(mail.content.text)[1]

    return read


@pytest.fixture
def listed(as_user, child):
    """The child in the list of those who answer for privacy."""

    async def read():
        admin = await as_user("admin")
        (found,) = (await admin.get("/api/v1/privacy/parental-consents")).json()["items"]
        assert found["person"]["id"] == str(child.user_id)
        return found

    return read


async def ask(child, email=PARENT):
    answer = await child.post(ASK, json={"email": email})
    assert answer.status_code == 204, answer.text


async def mine(child):
    return (await child.get("/api/v1/privacy/mine")).json()


async def test_a_parent_agrees_by_the_link_and_the_child_may_go_on(child, anonymous, token_for, listed):
    assert (await mine(child))["parent_needed"] is True
    await ask(child)
    asked = await mine(child)
    assert (asked["parent_email"], asked["parent_answer"]) == ("parent@home.example", None)
    assert asked["parent_asked_at"] is not None
    waiting = await listed()
    assert (waiting["given"], waiting["parent_email"], waiting["answer"]) == (False, "parent@home.example", None)
    token = await token_for()
    question = await anonymous.post(QUESTION, json={"token": token})
    assert question.status_code == 200, question.text
    assert (question.json()["child"], question.json()["contact"]) == ("Kim Child", "privacy@school.example")
    assert (await mine(child))["parent_needed"] is True  # looking changes nothing
    assert (await anonymous.post(ANSWER, json={"token": token, "agrees": True})).status_code == 204
    assert (await mine(child))["parent_needed"] is False
    agreed = await listed()
    assert (agreed["given"], agreed["answer"], agreed["noted_by"]) == (True, "agreed", None)
    for path, body in ((QUESTION, {}), (ANSWER, {"agrees": False})):
        again = await anonymous.post(path, json={"token": token} | body)
        assert (again.status_code, again.json()["code"]) == (422, "link_over")
    answer = await child.post(ASK, json={"email": PARENT})
    assert (answer.status_code, answer.json()["code"]) == (409, "parent_not_needed")


async def test_a_parent_refuses_and_may_be_asked_again(child, anonymous, token_for, listed):
    await ask(child)
    assert (await anonymous.post(ANSWER, json={"token": await token_for(), "agrees": False})).status_code == 204
    refused = await listed()
    assert (refused["given"], refused["answer"]) == (False, "refused")
    assert ((await mine(child))["parent_needed"], (await mine(child))["parent_answer"]) == (True, "refused")
    await ask(child)
    assert (await mine(child))["parent_answer"] is None
    assert (await anonymous.post(ANSWER, json={"token": await token_for(), "agrees": True})).status_code == 204
    assert (await listed())["given"] is True


async def test_a_new_question_ends_the_link_of_the_one_before(child, anonymous, token_for):
    await ask(child)
    first = await token_for()
    await ask(child, "other@home.example")
    assert (await anonymous.post(QUESTION, json={"token": first})).json()["code"] == "link_over"
    assert (await anonymous.post(QUESTION, json={"token": await token_for("other@home.example")})).status_code == 200


async def test_what_staff_note_afterwards_counts(child, as_user, anonymous, token_for, listed):
    await ask(child)
    assert (await anonymous.post(ANSWER, json={"token": await token_for(), "agrees": True})).status_code == 204
    admin, person = await as_user("admin", name="Ann"), f"/api/v1/privacy/people/{child.user_id}"
    assert (await admin.put(person, json={"parental_consent": False})).status_code == 204
    noted = await listed()
    assert (noted["given"], noted["answer"], noted["noted_by"]) == (False, None, "Ann")


async def test_an_address_must_be_one_and_not_the_childs_own(child):
    own = (await child.get("/api/v1/me")).json()["email"]
    for email in (own, "nonsense"):
        answer = await child.post(ASK, json={"email": email})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "email"), answer.text


async def test_a_child_sends_no_flood_of_mails(child):
    codes = [(await child.post(ASK, json={"email": f"p{number}@home.example"})).status_code for number in range(6)]
    assert codes[0] == 204
    assert codes[-1] == 429


async def test_nobody_is_asked_where_no_parent_is_needed(as_user):
    answer = await (await as_user("learner")).post(ASK, json={"email": PARENT})
    assert (answer.status_code, answer.json()["code"]) == (409, "parent_not_needed")


async def test_a_link_of_another_tenant_is_none(site, child, token_for):
    await ask(child)
    other = await site.new_tenant()
    async with site.client(**{"x-questline-tenant": other.slug}) as stranger:
        answer = await stranger.post(QUESTION, json={"token": await token_for()})
    assert answer.json()["code"] == "link_over"


async def test_the_address_is_in_the_childs_archive_and_goes_with_the_account(site, tenant, child):
    from questline_core.privacy.person import export_user

    await ask(child)
    async with site.context(tenant.id) as ctx:
        assert "parent@home.example" in repr(await export_user(ctx, child.user_id))
