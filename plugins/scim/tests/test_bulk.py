"""Many changes in one request: each on its own, and with names for what is made along the way."""

import secrets

import pytest

from questline_scim.resources import MOST_OPERATIONS

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"


def person(name, **fields):
    data = {"schemas": [USER], "userName": f"{name}@school.example", "displayName": name} | fields
    return {"method": "POST", "path": "/Users", "bulkId": name, "data": data}


def group(name, *members):
    data = {"schemas": [GROUP], "displayName": name, "members": [{"value": each} for each in members]}
    return {"method": "POST", "path": "/Groups", "bulkId": name, "data": data}


@pytest.fixture
def bulk(scim):
    async def call(*operations, **fields):
        request = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": list(operations)}
        return await scim("POST", "/Bulk", request | fields)

    return call


def id_in(told):
    return told["location"].rpartition("/")[2]


async def test_people_and_their_group_are_made_changed_and_removed(bulk, scim):
    answer = await bulk(group("Class", "bulkId:ada", "bulkId:bob"), person("ada"), person("bob"))
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["schemas"] == ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]
    made, ada, bob = body["Operations"]
    assert [each["status"] for each in body["Operations"]] == ["201"] * 3, body
    assert [each["bulkId"] for each in body["Operations"]] == ["Class", "ada", "bob"]
    members = {each["value"] for each in (await scim("GET", f"/Groups/{id_in(made)}")).json()["members"]}
    assert members == {id_in(ada), id_in(bob)}
    rename = {"schemas": [PATCH], "Operations": [{"op": "replace", "path": "displayName", "value": "Ada L."}]}
    change = {"method": "patch", "path": f"/Users/{id_in(ada)}", "data": rename}
    version = (await scim("GET", f"/Users/{id_in(ada)}")).headers["etag"]
    answer = await bulk(change | {"version": 'W/"an old one"'})
    assert [each["status"] for each in answer.json()["Operations"]] == ["412"]
    answer = await bulk(
        change | {"version": version},
        {"method": "PUT", "path": f"/Groups/{id_in(made)}", "data": {"schemas": [GROUP], "displayName": "Year"}},
        {"method": "DELETE", "path": f"/Users/{id_in(bob)}"},
    )
    assert [each["status"] for each in answer.json()["Operations"]] == ["200", "200", "204"], answer.text
    assert (await scim("GET", f"/Users/{id_in(ada)}")).json()["displayName"] == "Ada L."
    assert (await scim("GET", f"/Groups/{id_in(made)}")).json()["displayName"] == "Year"
    assert (await scim("GET", f"/Users/{id_in(bob)}")).status_code == 404


async def test_what_fails_leaves_the_others_and_says_why(bulk, scim):
    answer = await bulk(
        person("ada"),
        person("ada", userName="ADA@school.example") | {"bulkId": "twin"},
        person("bob", emails=[{"value": "no address"}]),
        group("Twins", "bulkId:twin"),
        group("Others", "bulkId:nobody"),
        {"method": "DELETE", "path": "/Users/no-id"},
        {"method": "POST", "path": "/Schemas", "bulkId": "x", "data": {}},
        {"method": "PUT", "path": "/Users", "data": {}},
        {"method": "POST", "path": "/Users", "data": {}},
        "nonsense",
    )
    told = answer.json()["Operations"]
    assert [each["status"] for each in told] == ["201", "409", "400", "409", "400", "404", "400", "400", "400", "400"]
    kinds = [each.get("response", {}).get("scimType") for each in told]
    assert kinds[1] == "uniqueness"
    assert kinds[6:8] == ["invalidPath", "invalidPath"]
    assert all(each["response"]["detail"] for each in told[1:])
    people = (await scim("GET", '/Users?filter=userName co "school.example"')).json()
    assert people["totalResults"] == 1


async def test_it_ends_after_as_many_errors_as_the_client_takes(bulk, scim):
    wrong = {"method": "DELETE", "path": "/Users/no-id"}
    answer = await bulk(wrong, wrong, person("ada"), failOnErrors=2)
    assert [each["status"] for each in answer.json()["Operations"]] == ["404", "404"]
    assert (await scim("GET", '/Users?filter=userName sw "ada"')).json()["totalResults"] == 0


async def test_operations_that_need_each_other_are_told_so(bulk):
    answer = await bulk(group("a", "bulkId:b"), group("b", "bulkId:a"), person("ada"))
    assert [each["status"] for each in answer.json()["Operations"]] == ["409", "409", "201"]


async def test_what_is_too_much_or_no_bulk_request_is_refused_whole(bulk, scim):
    answer = await bulk(*[{"method": "DELETE", "path": "/Users/x"}] * (MOST_OPERATIONS + 1))
    assert (answer.status_code, answer.json()["status"]) == (413, "413")
    answer = await bulk(person("ada", title="x" * 1_048_576))
    assert answer.status_code == 413
    assert (await bulk(failOnErrors=0)).status_code == 400
    assert (await scim("POST", "/Bulk", {"Operations": {}})).json()["scimType"] == "invalidSyntax"
    config = (await scim("GET", "/ServiceProviderConfig")).json()["bulk"]
    assert config == {"supported": True, "maxOperations": MOST_OPERATIONS, "maxPayloadSize": 1_048_576}


async def test_only_who_may_use_the_service_may(as_user, bulk):
    learner = await as_user("learner")
    answer = await learner.post("/api/v1/p/scim/v2/Bulk", json={"Operations": [person(secrets.token_hex(4))]})
    assert answer.status_code == 403
