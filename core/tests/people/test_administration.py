"""What those who manage people do, and to whom they may."""

import pytest
from sqlalchemy import select

from questline_core.audit.models import AuditEntry
from questline_core.auth.accounts import user_by_email
from questline_core.auth.models import User

from .browsers import member


async def details(client, user_id):
    answer = await client.get(f"/api/v1/users/{user_id}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_people_are_found_by_role_state_and_any_of_their_names(site, tenant, as_user):
    admin = await as_user("admin", name="Zoe Admin")
    ids = {name: (await member(site, tenant, name))[0] for name in ("ada", "bob", "cleo")}
    author, _ = await member(site, tenant, "dora", "author")
    await admin.patch(f"/api/v1/users/{ids['bob']}", json={"family_name": "Quux", "external_id": "hr-77"})
    await admin.post(f"/api/v1/users/{ids['cleo']}/suspension")

    async def found(**query):
        answer = await admin.get("/api/v1/users", params=query)
        return [each["display_name"] for each in answer.json()["items"]]

    assert await found(role="author") == ["Dora"]
    assert await found(status="suspended") == ["Cleo"]
    assert await found(role="learner", status="active", sort="-display_name") == ["Bob", "Ada"]
    assert await found(search="quux") == ["Bob"]
    assert await found(search="HR-77") == ["Bob"]
    assert (await found(sort="email"))[-3:] == ["Bob", "Cleo", "Dora"]
    assert (await admin.get("/api/v1/users", params={"role": "king"})).status_code == 400
    assert (await details(admin, author))["role"] == "author"


async def test_a_person_is_shown_with_every_field_and_changed(as_user):
    admin, ada = await as_user("admin"), await as_user("learner", name="Ada")
    path = f"/api/v1/users/{ada.user_id}"
    shown = await details(admin, ada.user_id)
    assert [each["name"] for each in shown["profile"]["fields"]][2:4] == ["crm.since", "crm.note"]
    assert shown["manageable"]
    change = {"display_name": "Ada L", "fields": {"crm.note": "one\ntwo", "crm.since": "2026-01-31"}}
    changed = (await admin.patch(path, json=change)).json()["profile"]
    values = {each["name"]: each["value"] for each in changed["fields"]}
    assert (changed["display_name"], values["crm.note"], values["crm.since"]) == ("Ada L", "one\ntwo", "2026-01-31")
    other = await as_user("learner")
    await admin.patch(path, json={"external_id": "x1"})
    taken = await admin.patch(f"/api/v1/users/{other.user_id}", json={"external_id": "x1"})
    assert (taken.status_code, taken.json()["code"]) == (409, "external_id_taken")
    assert (await admin.delete(f"{path}/avatar")).status_code == 204
    instructor = await as_user("instructor")
    assert not (await details(instructor, ada.user_id))["manageable"]
    assert (await instructor.patch(path, json={"display_name": "Mine"})).status_code == 403
    assert (await ada.get(path)).status_code == 403


async def test_a_suspended_person_is_out_at_once_and_comes_back(browser_of, as_user):
    admin, ada = await as_user("admin"), await browser_of("ada")
    path = f"/api/v1/users/{ada.user_id}"
    assert len((await admin.get(f"{path}/sessions")).json()["sessions"]) == 1
    suspended = await admin.post(f"{path}/suspension")
    assert (suspended.json()["status"], suspended.json()["live_sessions"]) == ("suspended", 0)
    assert (await ada.refresh()).status_code == 401
    assert (await ada.log_in("ada@example.test")).json()["code"] == "account_suspended"
    assert (await admin.post(f"{path}/password-reset")).status_code == 403  # needs a recent proof
    assert (await admin.delete(f"{path}/suspension")).json()["status"] == "active"
    assert (await ada.log_in("ada@example.test")).status_code == 200


async def test_somebodys_sessions_are_ended(browser_of, as_user):
    admin, ada = await as_user("admin"), await browser_of("ada")
    assert (await admin.delete(f"/api/v1/users/{ada.user_id}/sessions")).status_code == 204
    assert (await ada.refresh()).status_code == 401


@pytest.mark.parametrize(
    ("actor", "target", "allowed"),
    [
        ("admin", "learner", True),
        ("admin", "author", True),
        ("admin", "admin", False),
        ("admin", "owner", False),
        ("owner", "admin", True),
        ("owner", "owner", True),
        ("instructor", "learner", False),
    ],
)
async def test_nobody_manages_people_with_more_rights(as_user, actor, target, allowed):
    boss, person = await as_user(actor), await as_user(target)
    path = f"/api/v1/users/{person.user_id}"
    for send in (
        lambda: boss.patch(path, json={"given_name": "X"}),
        lambda: boss.delete(f"{path}/sessions"),
        lambda: boss.delete(f"{path}/avatar"),
        lambda: boss.post(f"{path}/suspension"),
        lambda: boss.delete(f"{path}/suspension"),
    ):
        answer = await send()
        assert (answer.status_code == 403) is not allowed, answer.text


async def test_nobody_locks_themselves_out(as_user):
    owner = await as_user("owner")
    answer = await owner.post(f"/api/v1/users/{owner.user_id}/suspension")
    assert (answer.status_code, answer.json()["code"]) == (409, "own_account")


async def test_an_address_changed_by_an_admin_is_told_to_both(site, tenant, browser_of, post):
    admin, ada = await browser_of("boss", "admin"), await browser_of("ada")
    _, taken = await member(site, tenant, "bob")
    path = f"/api/v1/users/{ada.user_id}/email"
    assert (await admin.put(path, json={"email": taken})).json()["code"] == "email_taken"
    assert (await admin.put(path, json={"email": "no address"})).status_code == 400
    answer = await admin.put(path, json={"email": "Ada.New@example.test"})
    assert (answer.status_code, answer.json()["profile"]["email"]) == (200, "ada.new@example.test")
    assert not answer.json()["email_verified"]
    await site.drain()
    for address in ("ada@example.test", "ada.new@example.test"):
        assert [str(each["Subject"]) for each in post.to(address)][-1].startswith("Your e-mail address for")
    assert (await ada.refresh()).status_code == 401
    assert (await ada.log_in("ada.new@example.test")).status_code == 200
    assert (await admin.put(f"/api/v1/users/{admin.user_id}/email", json={"email": "x@y.z"})).status_code == 409


async def test_a_link_for_a_new_password_is_sent_and_used(site, tenant, browser_of, post):
    admin, ada = await browser_of("boss", "admin"), await browser_of("ada")
    answer = await admin.post(f"/api/v1/users/{ada.user_id}/password-reset")
    assert answer.json() == {"email": "ada@example.test", "link": None}
    await site.drain()
    token = post.link("ada@example.test", "/reset-password#").rpartition("#")[2]
    body = {"token": token, "password": "a swim across the bay"}
    assert (await ada.post("/api/v1/auth/password-reset/completion", json=body)).status_code == 204
    async with site.context(tenant.id) as ctx:
        actions = await ctx.session.scalars(select(AuditEntry.action).where(AuditEntry.subject_id == str(ada.user_id)))
        assert "identity.password.reset_sent" in set(actions)
        assert (await user_by_email(ctx, "ada@example.test")).email_verified_at is not None


async def test_people_of_another_tenant_are_not_there(site, as_user):
    other = await site.new_tenant()
    stranger, _ = await member(site, other, "stranger")
    owner = await as_user("owner")
    path = f"/api/v1/users/{stranger}"
    for answer in (
        await owner.get(path),
        await owner.patch(path, json={"display_name": "Mine"}),
        await owner.post(f"{path}/suspension"),
        await owner.delete(f"{path}/sessions"),
        await owner.get(f"{path}/sessions"),
    ):
        assert answer.status_code == 404
    async with site.context(other.id) as ctx:
        assert (await ctx.session.get_one(User, (other.id, stranger))).display_name == "Stranger"
