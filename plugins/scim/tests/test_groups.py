"""Groups and their members by SCIM are the groups of the site."""

import pytest

PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


def patch(*operations):
    return {"schemas": [PATCH], "Operations": list(operations)}


@pytest.fixture
def make_person(scim):
    """Make somebody by SCIM; gives their id."""

    async def make(name):
        answer = await scim("POST", "/Users", {"userName": f"{name}@school.example"})
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    return make


@pytest.fixture
def make_group(scim):
    """Make a group by SCIM with these members; gives its resource."""

    async def make(name, *members, **values):
        body = {"displayName": name, "members": [{"value": each} for each in members]} | values
        answer = await scim("POST", "/Groups", body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    return make


async def names(admin, group):
    """Who belongs to the group, as the console shows it."""
    items = (await admin.get(f"/api/v1/groups/{group['id']}/members")).json()["items"]
    return [(each["display_name"].partition("@")[0], each["source"]) for each in items]


async def test_a_group_is_the_sites_group_and_its_people_know_it(scim, admin, make_person, make_group):
    ada = await make_person("ada")
    group = await make_group("Sales", ada, externalId="g-1")
    assert group["members"][0]["value"] == ada
    assert group["members"][0]["$ref"].endswith(f"/Users/{ada}")
    shown = (await admin.get(f"/api/v1/groups/{group['id']}")).json()
    assert (shown["name"], shown["external_id"], shown["member_count"]) == ("Sales", "g-1", 1)
    assert await names(admin, group) == [("ada", "scim")]
    person = (await scim("GET", f"/Users/{ada}")).json()
    assert [(each["value"], each["display"]) for each in person["groups"]] == [(group["id"], "Sales")]
    found = (await scim("GET", f'/Users?filter=groups.value eq "{group["id"]}"')).json()
    assert [each["id"] for each in found["Resources"]] == [ada]


async def test_members_are_added_and_removed_as_entra_and_okta_do(scim, admin, make_person, make_group):
    ada, bob, eve = [await make_person(name) for name in ("ada", "bob", "eve")]
    group = await make_group("Sales")
    path = f"/Groups/{group['id']}"

    async def change(*operations):
        answer = await scim("PATCH", f"{path}?excludedAttributes=members", patch(*operations))
        assert answer.status_code == 200, answer.text
        return [name for name, _ in await names(admin, group)]

    people = [{"$ref": None, "value": each} for each in (ada, bob)]
    assert await change({"op": "Add", "path": "members", "value": people}) == ["ada", "bob"]
    assert await change({"op": "add", "path": "members", "value": [{"value": eve}]}) == ["ada", "bob", "eve"]
    assert await change({"op": "Remove", "path": "members", "value": [{"value": ada}]}) == ["bob", "eve"]
    assert await change({"op": "remove", "path": f'members[value eq "{bob}"]'}) == ["eve"]
    assert await change({"op": "replace", "path": "members", "value": [{"value": ada}]}) == ["ada"]
    assert await change({"op": "replace", "value": {"id": group["id"], "displayName": "Sellers"}}) == ["ada"]
    assert (await scim("GET", path)).json()["displayName"] == "Sellers"
    assert await change({"op": "remove", "path": "members"}) == []


async def test_a_group_is_replaced_and_deleted(scim, admin, make_person, make_group):
    ada, bob = [await make_person(name) for name in ("ada", "bob")]
    group = await make_group("Sales", ada)
    path = f"/Groups/{group['id']}"
    answer = await scim("PUT", path, {"displayName": "Selling", "members": [{"value": bob}]})
    assert answer.status_code == 200, answer.text
    assert [name for name, _ in await names(admin, group)] == ["bob"]
    assert (await scim("DELETE", path)).status_code == 204
    assert (await scim("GET", path)).status_code == 404
    assert (await admin.get(f"/api/v1/groups/{group['id']}")).status_code == 404


async def test_groups_are_found_without_their_members_being_read(scim, make_person, make_group):
    ada = await make_person("ada")
    group = await make_group("Sales", ada)
    await make_group("Other")
    found = (await scim("GET", '/Groups?excludedAttributes=members&filter=displayName eq "sales"')).json()
    assert [each["id"] for each in found["Resources"]] == [group["id"]]
    assert "members" not in found["Resources"][0]
    found = (await scim("GET", f'/Groups?filter=members eq "{ada}"')).json()
    assert [each["displayName"] for each in found["Resources"]] == ["Sales"]


async def test_who_is_deleted_leaves_the_groups_that_scim_put_them_in(scim, admin, make_person, make_group):
    ada = await make_person("ada")
    group = await make_group("Sales", ada)
    by_hand = (await admin.post("/api/v1/groups", json={"name": "By hand"})).json()
    await admin.post(f"/api/v1/groups/{by_hand['id']}/members", json={"people": [ada]})
    assert (await scim("DELETE", f"/Users/{ada}")).status_code == 204
    assert await names(admin, group) == []
    assert await names(admin, by_hand) == [("ada", "manual")]
    assert "members" not in (await scim("GET", f"/Groups/{by_hand['id']}")).json()


@pytest.mark.parametrize(
    "member",
    [
        {"value": "no id"},
        {"value": "01a20384-2544-7d33-842f-cbbc8305c187"},
        {"value": "01a20384-2544-7d33-842f-cbbc8305c187", "type": "Group"},
    ],
)
async def test_a_member_that_is_no_person_is_refused(scim, make_group, member):
    group = await make_group("Sales")
    for answer in (
        await scim("PATCH", f"/Groups/{group['id']}", patch({"op": "add", "path": "members", "value": [member]})),
        await scim("POST", "/Groups", {"displayName": "New", "members": [member]}),
    ):
        assert answer.status_code == 400, answer.text
        assert answer.json()["scimType"] == "invalidValue"


async def test_another_tenants_people_and_groups_are_not_there(site, scim, make_person, make_group):
    ada = await make_person("ada")
    group = await make_group("Sales", ada)
    async with await site.sign_in(await site.new_tenant(), "owner") as stranger:
        base = "/api/v1/p/scim/v2"
        for path in (f"/Users/{ada}", f"/Groups/{group['id']}"):
            assert (await stranger.get(base + path)).status_code == 404
        assert (await stranger.get(f"{base}/Groups")).json()["totalResults"] == 0
        body = {"displayName": "Own", "members": [{"value": ada}]}
        assert (await stranger.post(f"{base}/Groups", json=body)).status_code == 400
