"""Groups are made, found, changed and deleted."""

import pytest
from sqlalchemy import insert

from questline_core.auth.models import AuthSession


async def pages(client, path, **query):
    """Every item of a list, page by page."""
    items, cursor = [], None
    while True:
        page = (await client.get(path, params=query | ({"cursor": cursor} if cursor else {}))).json()
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return items


async def actions(client):
    """The audit log's entries about groups, oldest first."""
    items = (await client.get("/api/v1/audit", params={"subject_type": "group", "limit": 100})).json()["items"]
    return [(item["action"], item["details"]) for item in reversed(items)]


async def test_a_cohort_is_made_changed_and_deleted_and_the_log_says_so(admin, make_group):
    cohort = await make_group(
        " Spring 2027 ", kind="cohort", starts_on="2027-03-01", ends_on="2027-05-31", external_id="idp-7"
    )
    assert cohort["slug"] == "spring-2027"
    assert cohort["name"] == "Spring 2027"
    assert (cohort["member_count"], cohort["course_count"]) == (0, 0)
    path = f"/api/v1/groups/{cohort['id']}"
    changed = await admin.patch(path, json={"name": "Spring", "ends_on": None})
    assert changed.status_code == 200, changed.text
    assert changed.json() | {"changed_at": ""} == cohort | {"name": "Spring", "ends_on": None, "changed_at": ""}
    assert (await admin.get(path)).json() == changed.json()
    as_group = (await admin.patch(path, json={"kind": "group"})).json()
    assert (as_group["kind"], as_group["starts_on"], as_group["ends_on"]) == ("group", None, None)
    assert (await admin.delete(path)).status_code == 204
    assert (await admin.get(path)).status_code == 404
    log = await actions(admin)
    assert [action for action, _ in log] == [
        "groups.group.created", "groups.group.changed", "groups.group.changed", "groups.group.deleted",
    ]  # fmt: skip
    assert log[1][1] == {
        "before": {"name": "Spring 2027", "ends_on": "2027-05-31"},
        "after": {"name": "Spring", "ends_on": None},
    }


async def test_a_change_to_the_same_values_is_none(admin, make_group):
    group = await make_group()
    same = await admin.patch(f"/api/v1/groups/{group['id']}", json={"name": "Sales", "description": ""})
    assert same.json() == group
    assert len(await actions(admin)) == 1


async def test_slugs_are_made_of_names_and_stay_unique(admin, make_group):
    slugs = [(await make_group(name))["slug"] for name in ("Vertrieb Süd", "vertrieb sud", "Vertrieb — Süd", "東京")]
    assert slugs == ["vertrieb-sud", "vertrieb-sud-2", "vertrieb-sud-3", "group"]
    long = [(await make_group("x" * 120))["slug"] for _ in range(2)]
    assert long == ["x" * 80, "x" * 74 + "-2"]


@pytest.mark.parametrize(
    ("body", "status", "what"),
    [
        ({"name": "A", "slug": "sales"}, 409, "slug_taken"),
        ({"name": "A", "external_id": "idp-1"}, 409, "external_id_taken"),
        ({"name": "A", "starts_on": "2027-01-01"}, 422, "starts_on"),
        ({"name": "A", "kind": "cohort", "starts_on": "2027-02-01", "ends_on": "2027-01-01"}, 422, "ends_on"),
        ({"name": " "}, 400, "name"),
        ({"name": "A", "slug": "No Slug"}, 400, "slug"),
        ({"name": "A", "kind": "team"}, 400, "kind"),
    ],
)
async def test_what_does_not_fit_is_refused(admin, make_group, body, status, what):
    await make_group("Sales", external_id="idp-1")
    other = await make_group("Other")
    for answer in (
        await admin.post("/api/v1/groups", json=body),
        await admin.patch(f"/api/v1/groups/{other['id']}", json=body),
    ):
        assert answer.status_code == status, answer.text
        problem = answer.json()
        assert what in (problem["code"], *(each["field"] for each in problem.get("errors") or []))


async def test_lists_are_searched_sorted_and_paged(admin, make_group):
    for name, fields in (
        ("beta", {"description": "For 100% of them"}),
        ("Alpha", {"kind": "cohort", "starts_on": "2027-05-01"}),
        ("alpha two", {"kind": "cohort", "starts_on": "2027-01-01"}),
        ("Gamma", {"kind": "cohort"}),
    ):
        await make_group(name, **fields)

    async def names(**query):
        return [group["name"] for group in await pages(admin, "/api/v1/groups", limit=1, **query)]

    assert await names() == ["Alpha", "alpha two", "beta", "Gamma"]
    assert await names(sort="-name") == ["Gamma", "beta", "alpha two", "Alpha"]
    assert await names(sort="created_at") == ["beta", "Alpha", "alpha two", "Gamma"]
    assert await names(sort="starts_on", kind="cohort") == ["alpha two", "Alpha", "Gamma"]
    assert await names(search="ALPHA") == ["Alpha", "alpha two"]
    assert await names(search="0%") == ["beta"]
    assert await names(search="none") == []
    whole = (await admin.get("/api/v1/groups", params={"limit": 2})).json()
    assert whole["total"] == 4
    wrong = await admin.get("/api/v1/groups", params={"cursor": whole["next_cursor"], "sort": "created_at"})
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("role", "reads", "manages"), [("admin", 200, 201), ("instructor", 200, 403), ("learner", 403, 403)]
)
async def test_instructors_see_groups_and_admins_manage_them(as_user, role, reads, manages):
    client = await as_user(role)
    assert (await client.get("/api/v1/groups")).status_code == reads
    assert (await client.post("/api/v1/groups", json={"name": "Mine"})).status_code == manages


async def test_a_group_of_another_tenant_is_not_there(site, make_group, people):
    group = await make_group()
    (user_id,) = await people("Ada")
    async with await site.sign_in(await site.new_tenant(), "owner") as stranger:
        path = f"/api/v1/groups/{group['id']}"
        assert (await stranger.get(path)).status_code == 404
        assert (await stranger.get(f"{path}/members")).status_code == 404
        assert (await stranger.post(f"{path}/members", json={"people": [str(user_id)]})).status_code == 404
        own = (await stranger.post("/api/v1/groups", json={"name": "Own"})).json()
        report = await stranger.post(f"/api/v1/groups/{own['id']}/members", json={"people": [str(user_id)]})
        assert report.json()["problems"][0]["code"] == "unknown_user"


async def test_who_holds_a_role_over_a_group_sees_and_fills_that_one_only(
    site, tenant, as_user, make_group, people, add
):
    (ada,) = await people("Ada")
    coach = await as_user("learner", name="Coach")
    mine, other = await make_group("Mine"), await make_group("Other")
    owner = await as_user("owner")
    async with site.context(tenant.id) as ctx:  # making roles takes somebody who has just proved who they are
        times = dict.fromkeys(("created_at", "last_used_at", "authenticated_at"), ctx.now)
        values = {"id": owner.user_id, "user_id": owner.user_id, "expires_at": ctx.now.replace(year=2100), **times}
        await ctx.session.execute(insert(AuthSession).values(**values))
    role = {"slug": "coach", "name": "Coach", "permissions": ["tenant.groups.read", "tenant.groups.manage"]}
    assert (await owner.post("/api/v1/roles", json=role)).status_code == 201
    grant = {"user_id": str(coach.user_id), "role": "coach", "group_id": mine["id"]}
    assert (await owner.post("/api/v1/grants", json=grant)).status_code == 201
    assert [each["name"] for each in (await coach.get("/api/v1/groups")).json()["items"]] == ["Mine"]
    body = {"people": [str(ada)]}
    assert (await coach.post(f"/api/v1/groups/{mine['id']}/members", json=body)).json()["changed"] == 1
    assert (await coach.get(f"/api/v1/groups/{mine['id']}/members")).json()["total"] == 1
    for method, path in (("GET", ""), ("GET", "/members"), ("POST", "/members")):
        answer = await coach.request(method, f"/api/v1/groups/{other['id']}{path}", json=body)
        assert answer.status_code == 403
    assert (await coach.post("/api/v1/groups", json={"name": "More"})).status_code == 403
