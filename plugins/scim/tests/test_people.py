"""People come, change and go by SCIM."""

import secrets

import pytest
from sqlalchemy import text

PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


def patch(*operations):
    return {"schemas": [PATCH], "Operations": list(operations)}


@pytest.fixture
def create(scim, ada):
    """Make Ada; gives the answer's resource."""

    async def run(**changes):
        answer = await scim("POST", "/Users", ada | changes)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return run


async def person(admin, email):
    """Somebody as the list of people shows them."""
    found = (await admin.get("/api/v1/users", params={"search": email})).json()["items"]
    return found[0] if found else None


async def test_a_person_comes_with_what_we_keep_and_the_rest_is_ignored(scim, create, admin):
    made = await create()
    assert made["userName"] == "Ada@Contoso.example"
    assert made["displayName"] == "Ada Lovelace"
    assert made["name"] == {"familyName": "Lovelace", "givenName": "Ada"}
    assert made["emails"] == [{"value": "ada@contoso.example", "type": "work", "primary": True}]
    assert "title" not in made
    assert made["schemas"] == ["urn:ietf:params:scim:schemas:core:2.0:User"]
    assert made["meta"]["location"].endswith(f"/api/v1/p/scim/v2/Users/{made['id']}")
    account = await person(admin, "ada@contoso.example")
    assert (account["id"], account["display_name"], account["role"]) == (made["id"], "Ada Lovelace", "learner")
    log = (await admin.get("/api/v1/audit", params={"subject_id": made["id"]})).json()["items"]
    assert "identity.user.provisioned" in {each["action"] for each in log}
    read = await scim("GET", f"/Users/{made['id']}")
    assert read.json() == made
    assert read.headers["content-type"].startswith("application/scim+json")


async def test_the_same_person_twice_is_a_conflict(scim, create, ada):
    await create()
    for body in (ada, ada | {"userName": "ADA@contoso.EXAMPLE", "externalId": "x"}, ada | {"userName": "other"}):
        answer = await scim("POST", "/Users", body)
        assert answer.status_code == 409, answer.text
        assert answer.json()["scimType"] == "uniqueness"
        assert answer.json()["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:Error"]


async def test_somebody_who_signed_up_is_found_by_their_address_and_taken_over(scim, as_user):
    learner = await as_user("learner", name="Grace")
    found = (await scim("GET", f'/Users?filter=userName eq "{learner.email.upper()}"')).json()
    assert [each["id"] for each in found["Resources"]] == [str(learner.user_id)]
    answer = await scim(
        "PATCH", f"/Users/{learner.user_id}", patch({"op": "Add", "path": "externalId", "value": "e-1"})
    )
    assert answer.status_code == 200, answer.text
    found = (await scim("GET", '/Users?filter=externalId eq "e-1"')).json()
    assert found["totalResults"] == 1
    assert found["Resources"][0]["displayName"] == "Grace"


async def test_switching_somebody_off_suspends_them_and_ends_their_sessions(site, tenant, scim, create, admin):
    made = await create()
    async with site.context(tenant.id) as ctx:
        await ctx.session.execute(
            text(
                "INSERT INTO core.auth_session (user_id, created_at, last_used_at, expires_at)"
                " VALUES (:who, :now, :now, :then)"
            ),
            {"who": made["id"], "now": ctx.now, "then": ctx.now.replace(year=ctx.now.year + 1)},
        )
    # As Entra ID writes it: the operation with a capital letter.
    answer = await scim("PATCH", f"/Users/{made['id']}", patch({"op": "Replace", "path": "active", "value": False}))
    assert answer.json()["active"] is False
    assert (await person(admin, "ada@contoso.example"))["status"] == "suspended"
    async with site.context(tenant.id) as ctx:
        open_sessions = text("SELECT count(*) FROM core.auth_session WHERE user_id = :who AND revoked_at IS NULL")
        assert await ctx.session.scalar(open_sessions, {"who": made["id"]}) == 0
    answer = await scim("PATCH", f"/Users/{made['id']}", patch({"op": "replace", "value": {"active": True}}))
    assert answer.json()["active"] is True
    assert (await person(admin, "ada@contoso.example"))["status"] == "active"


async def test_who_is_deleted_is_suspended_and_comes_back_as_the_same_person(scim, create, admin, ada):
    made = await create()
    path = f"/Users/{made['id']}"
    assert (await scim("DELETE", path)).status_code == 204
    for method in ("GET", "DELETE"):
        assert (await scim(method, path)).status_code == 404
    assert (await scim("PUT", path, ada)).status_code == 404
    assert (await scim("GET", '/Users?filter=userName eq "ada@contoso.example"')).json()["totalResults"] == 0
    assert (await person(admin, "ada@contoso.example"))["status"] == "suspended"
    again = await create(name={"familyName": "King", "givenName": "Ada"})
    assert again["id"] == made["id"]
    account = await person(admin, "ada@contoso.example")
    assert (account["status"], account["display_name"]) == ("active", "Ada King")


async def test_an_address_that_changes_changes_the_account(scim, create, admin):
    made = await create()
    change = {"op": "Replace", "path": 'emails[type eq "work"].value', "value": "countess@contoso.example"}
    answer = await scim("PATCH", f"/Users/{made['id']}", patch(change))
    assert answer.json()["emails"][0]["value"] == "countess@contoso.example"
    assert (await person(admin, "countess@contoso.example"))["id"] == made["id"]
    home = {"op": "Add", "path": 'emails[type eq "home"].value', "value": "ada@home.example"}
    answer = await scim("PATCH", f"/Users/{made['id']}", patch(home))
    assert {each["value"] for each in answer.json()["emails"]} == {"countess@contoso.example", "ada@home.example"}
    assert (await person(admin, "countess@contoso.example"))["id"] == made["id"]


async def test_owners_and_administrators_are_out_of_reach(scim, as_user, admin):
    owner = await as_user("owner")
    for who in (owner, admin):
        path = f"/Users/{who.user_id}"
        assert (await scim("DELETE", path)).status_code == 403
        answer = await scim("PATCH", path, patch({"op": "replace", "path": "active", "value": False}))
        assert answer.status_code == 403
        assert answer.json()["status"] == "403"
        kept = await scim("PATCH", path, patch({"op": "replace", "path": "displayName", "value": "Boss"}))
        assert kept.status_code == 200, kept.text


async def test_what_somebody_chose_stays_until_their_directory_says_something_new(site, tenant, scim, create):
    made = await create(preferredLanguage="de_DE", timezone="Europe/Berlin", locale="rubbish!")

    async def account():
        async with site.context(tenant.id) as ctx:
            statement = text("SELECT locale, time_zone FROM core.user_account WHERE id = :who")
            return tuple((await ctx.session.execute(statement, {"who": made["id"]})).one())

    assert await account() == ("de-DE", "Europe/Berlin")
    async with site.context(tenant.id) as ctx:
        await ctx.session.execute(
            text("UPDATE core.user_account SET locale = 'fr' WHERE id = :who"), {"who": made["id"]}
        )
    path = f"/Users/{made['id']}"
    await scim("PATCH", path, patch({"op": "replace", "path": "name.givenName", "value": "Augusta"}))
    assert await account() == ("fr", "Europe/Berlin")
    await scim("PATCH", path, patch({"op": "replace", "path": "preferredLanguage", "value": "en"}))
    assert await account() == ("en", "Europe/Berlin")


async def test_a_role_may_be_chosen_for_new_accounts(scim, create, admin):
    body = {"role": "instructor"}
    assert (await admin.put("/api/v1/plugins/scim/settings", json=body)).status_code == 200
    await create()
    assert (await person(admin, "ada@contoso.example"))["role"] == "instructor"
    assert (await admin.put("/api/v1/plugins/scim/settings", json={"role": "owner"})).status_code == 422


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"userName": "x", "emails": [{"value": "no address"}]}, "invalidValue"),
        ({"userName": "no-address-at-all"}, "invalidValue"),
        ({"emails": [{"value": "a@b.example"}]}, "invalidValue"),
        ({"userName": "a@b.example", "displayName": "x" * 81}, "invalidValue"),
        ({"userName": "a@b.example", "emails": "a@b.example"}, "invalidValue"),
    ],
)
async def test_what_is_no_person_is_refused_in_scims_words(scim, body, kind):
    answer = await scim("POST", "/Users", {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]} | body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["scimType"] == kind
    assert answer.json()["detail"]


async def test_errors_have_scims_form_everywhere(admin, anonymous, as_user, scim):
    path = "/api/v1/p/scim/v2"
    nobody = await anonymous.get(f"{path}/Users")
    assert (nobody.status_code, nobody.json()["status"]) == (401, "401")
    assert nobody.headers["www-authenticate"].startswith("Bearer")
    learner = await as_user("learner")
    assert (await learner.get(f"{path}/Users")).json()["status"] == "403"
    for method, where, status in (
        ("GET", "/Nothing/at/all", 404),
        ("GET", "/Users/no-id", 404),
        ("POST", "/.search", 501),
        ("POST", "/Bulk", 400),
        ("GET", "/Schemas?filter=id pr", 403),
    ):
        answer = await scim(method, where, {} if method == "POST" else None)
        assert (answer.status_code, answer.json()["status"]) == (status, str(status)), where
    broken = await admin.post(f"{path}/Users", content=b"{", headers={"content-type": "application/scim+json"})
    assert broken.json()["scimType"] == "invalidSyntax"


async def test_an_entity_tag_keeps_writers_apart(scim, create):
    made = await create()
    path = f"/Users/{made['id']}"
    version = made["meta"]["version"]
    assert (await scim("GET", path, **{"if-none-match": version})).status_code == 304
    rename = patch({"op": "replace", "path": "displayName", "value": secrets.token_hex(4)})
    assert (await scim("PATCH", path, rename, **{"if-match": version})).status_code == 200
    late = await scim("PATCH", path, rename, **{"if-match": version})
    assert (late.status_code, late.json()["status"]) == (412, "412")
