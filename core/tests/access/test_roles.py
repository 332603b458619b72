"""Roles of a tenant's own: what they let people do, at once, and what nobody may do with them."""

import pytest

ROLES = "/api/v1/roles"
PEOPLE = "/api/v1/users"


async def test_a_role_lets_who_holds_it_in_at_once_until_it_is_taken_away(as_user, owner, make_role, grant):
    await make_role("doorkeeper", "tenant.users.read")
    learner = await as_user("learner")
    assert (await learner.get(PEOPLE)).status_code == 403
    given = await grant(learner, "doorkeeper")
    assert (await learner.get(PEOPLE)).status_code == 200
    assert "tenant.users.read" in (await learner.get("/api/v1/me")).json()["permissions"]
    assert (await owner.delete(f"/api/v1/grants/{given['id']}")).status_code == 204
    assert (await learner.get(PEOPLE)).status_code == 403


async def test_a_change_of_a_role_holds_at_once_for_who_holds_it(as_user, owner, make_role, grant):
    await make_role("reader", "tenant.users.read")
    learner = await as_user("learner")
    await grant(learner, "reader")
    changed = {"name": "Reader", "description": "Reads the log.", "permissions": ["tenant.audit.read"]}
    answer = await owner.put(f"{ROLES}/reader", json=changed)
    assert (answer.status_code, answer.json()["holders"]) == (200, 1)
    assert (await learner.get(PEOPLE)).status_code == 403
    assert (await learner.get("/api/v1/audit")).status_code == 200


async def test_a_token_that_is_issued_anew_says_the_roles(site, tenant, as_user, make_role, grant):
    await make_role("doorkeeper", "tenant.users.read")
    learner = await as_user("learner")
    await grant(learner, "doorkeeper")
    token = site.host.tokens.issue(
        user_id=learner.user_id,
        tenant_id=tenant.id,
        role="learner",
        session_id=learner.user_id,
        roles=("doorkeeper",),
    )
    assert site.host.tokens.verify(token).roles == ("doorkeeper",)
    assert (await learner.get(PEOPLE, headers={"authorization": f"Bearer {token}"})).status_code == 200


async def test_a_process_that_has_missed_changes_trusts_no_older_token(site, as_user, make_role, grant):
    await make_role("doorkeeper", "tenant.users.read")
    learner = await as_user("learner")
    await grant(learner, "doorkeeper")
    site.host.standings._changed.clear()
    site.host.standings._since += 3600
    assert (await learner.get(PEOPLE)).status_code == 200
    site.host.standings.restart()


async def test_nobody_gives_what_they_do_not_hold(staff, as_user, owner, make_role, grant):
    await make_role("role-maker", "tenant.roles.manage", "tenant.roles.read")
    await make_role("reader", "tenant.audit.read")
    author, learner = await staff("author"), await as_user("learner")
    await grant(author, "role-maker")
    wrong = {"slug": "spy", "name": "Spy", "permissions": ["tenant.audit.read"]}
    refused = await author.post(ROLES, json=wrong)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_yours_to_give")
    refused = await author.post("/api/v1/grants", json={"user_id": str(learner.user_id), "role": "reader"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_yours_to_give")
    changed = {"name": "Role maker", "permissions": ["tenant.roles.manage", "tenant.audit.read"]}
    assert (await author.put(f"{ROLES}/role-maker", json=changed)).status_code == 403
    refused = await author.put(f"{PEOPLE}/{author.user_id}/role", json={"role": "admin"})
    assert refused.status_code == 403
    fair = {"slug": "writer", "name": "Writer", "permissions": ["content.course.manage"]}
    assert (await author.post(ROLES, json=fair)).status_code == 201


async def test_a_role_in_use_is_not_deleted_and_the_refusal_names_who_holds_it(as_user, owner, make_role, grant):
    await make_role("reader", "tenant.users.read")
    given = await grant(await as_user("learner", name="Ada Byron"), "reader")
    refused = await owner.delete(f"{ROLES}/reader")
    assert (refused.status_code, refused.json()["code"]) == (409, "role_in_use")
    assert "Ada Byron" in refused.json()["detail"]
    await owner.delete(f"/api/v1/grants/{given['id']}")
    assert (await owner.delete(f"{ROLES}/reader")).status_code == 204
    assert (await owner.delete(f"{ROLES}/reader")).status_code == 404


async def test_the_last_owner_stays(staff, owner):
    me = f"{PEOPLE}/{owner.user_id}/role"
    refused = await owner.put(me, json={"role": "learner"})
    assert (refused.status_code, refused.json()["code"]) == (409, "last_owner")
    second = await staff("admin")
    assert (await owner.put(f"{PEOPLE}/{second.user_id}/role", json={"role": "owner"})).status_code == 200
    answer = await owner.put(me, json={"role": "learner"})
    assert (answer.status_code, answer.json()["role"]) == (200, "learner")
    assert (await owner.get(ROLES)).status_code == 403
    assert (await second.get(ROLES)).status_code == 200


async def test_only_an_owner_makes_or_unmakes_administrators(staff, as_user, owner):
    admin, learner = await staff("admin"), await as_user("learner")
    for who, role in ((learner, "admin"), (owner, "learner"), (learner, "owner")):
        refused = await admin.put(f"{PEOPLE}/{who.user_id}/role", json={"role": role})
        assert (refused.status_code, refused.json()["code"]) == (403, "role_too_high")
    assert (await admin.put(f"{PEOPLE}/{learner.user_id}/role", json={"role": "author"})).status_code == 200


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"slug": "admin"}, 409),
        ({"slug": "No Slug"}, 400),
        ({"permissions": ["no.such.thing"]}, 422),
        ({"name": "  "}, 400),
    ],
)
async def test_a_role_that_cannot_be_is_refused(owner, change, status):
    role = {"slug": "fine", "name": "Fine", "permissions": ["tenant.users.read"]} | change
    assert (await owner.post(ROLES, json=role)).status_code == status


async def test_the_same_slug_twice_is_refused(owner, make_role):
    role = await make_role("fine", "tenant.users.read")
    answer = await owner.post(ROLES, json={"slug": role["slug"], "name": "Other", "permissions": []})
    assert (answer.status_code, answer.json()["code"]) == (409, "role_taken")


async def test_changing_roles_needs_a_recent_proof_of_identity(as_user):
    client = await as_user("owner")
    answer = await client.post(ROLES, json={"slug": "fine", "name": "Fine", "permissions": []})
    assert (answer.status_code, answer.json()["code"]) == (403, "step_up_needed")


async def test_every_change_is_in_the_audit_log(as_user, owner, make_role, grant):
    await make_role("reader", "tenant.users.read")
    given = await grant(await as_user("learner"), "reader")
    await owner.delete(f"/api/v1/grants/{given['id']}")
    await owner.delete(f"{ROLES}/reader")
    entries = (await owner.get("/api/v1/audit", params={"actor_id": str(owner.user_id)})).json()["items"]
    assert [entry["action"] for entry in entries][:4] == [
        "tenant.role.deleted",
        "tenant.role.revoked",
        "tenant.role.granted",
        "tenant.role.created",
    ]


async def test_a_suspended_account_is_shut_out_at_once(site, tenant, as_user):
    from questline_core.auth.accounts import set_status

    learner = await as_user("learner")
    assert (await learner.get("/api/v1/me")).status_code == 200
    async with site.context(tenant.id) as ctx:
        await set_status(ctx, learner.user_id, "suspended")
    assert (await learner.get("/api/v1/me")).status_code == 401
