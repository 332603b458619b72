"""Why somebody may do something: by which role, in which place, given by whom."""

ASK = {"permission": "content.course.manage"}


def path(client):
    return f"/api/v1/users/{client.user_id}/access/explanation"


async def test_a_grant_in_a_course_counts_there_and_says_who_gave_it(as_user, owner, make_courses, grant):
    courses = await make_courses(2)
    learner = await as_user("learner")
    given = await grant(learner, "author", course_id=courses["bulk-00001"])
    there = {"course_id": str(courses["bulk-00001"])}
    said = (await owner.get(path(learner), params=ASK | there)).json()
    (reason,) = said["reasons"]
    assert said["allowed"]
    assert (reason["role"], reason["source"], reason["grant_id"]) == ("author", "built_in", given["id"])
    assert reason["given_by"]["id"] == str(owner.user_id)
    assert reason["scope"] == {"kind": "course", "id": there["course_id"], "name": "bulk-00001"}
    said = (await owner.get(path(learner), params=ASK)).json()
    assert (said["allowed"], said["obstacles"]) == (False, ["no_role"])
    assert [each["covers"] for each in said["reasons"]] == [False]
    assert "author" in [each["slug"] for each in said["held_by"]]


async def test_ones_own_role_says_who_gave_it_and_when(as_user, owner):
    learner = await as_user("learner")
    await owner.put(f"/api/v1/users/{learner.user_id}/role", json={"role": "author"})
    (reason,) = (await owner.get(path(learner), params=ASK)).json()["reasons"]
    assert (reason["role"], reason["grant_id"]) == ("author", None)
    assert reason["given_by"]["id"] == str(owner.user_id)
    access = (await owner.get(f"/api/v1/users/{learner.user_id}/access")).json()
    assert (access["role"], access["role_by"]["id"]) == ("author", str(owner.user_id))
    assert "content.course.manage" in access["permissions"]


async def test_what_there_is_not_is_said(as_user, owner):
    learner = await as_user("learner")
    said = (await owner.get(path(learner), params={"permission": "no.such.thing"})).json()
    assert (said["allowed"], said["obstacles"]) == (False, ["unknown_permission"])
    assert (await owner.get(path(learner), params={"permission": "No"})).status_code == 400
    missing = {"course_id": "00000000-0000-0000-0000-000000000000"}
    assert (await owner.get(path(learner), params=ASK | missing)).status_code == 404
    assert (await learner.get(path(owner), params=ASK)).status_code == 403
