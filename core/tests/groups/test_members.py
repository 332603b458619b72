"""People join and leave groups, one by one and by the list."""

import asyncio

from sqlalchemy import text

from questline_core.privacy.person import erase_user, export_user


async def listed(client, group, **query):
    page = (await client.get(f"/api/v1/groups/{group['id']}/members", params=query)).json()
    return [member["display_name"] for member in page["items"]]


async def test_a_list_adds_who_it_names_and_reports_the_other_rows(admin, make_group, people, add):
    ada, bob = await people("Ada", "Bob")
    group = await make_group()
    report = await add(group, ada, " BOB@school.test ", "nobody@school.test", "ada@school.test", "rubbish", "\t")
    assert (report["changed"], report["unchanged"]) == (2, 0)
    assert [(each["row"], each["value"], each["code"]) for each in report["problems"]] == [
        (3, "nobody@school.test", "unknown_user"),
        (4, "ada@school.test", "given_twice"),
        (5, "rubbish", "unknown_user"),
        (6, "\t", "unknown_user"),
    ]
    assert await listed(admin, group) == ["Ada", "Bob"]
    again = await add(group, ada, bob)
    assert again == {"changed": 0, "unchanged": 2, "problems": []}
    assert (await admin.get(f"/api/v1/groups/{group['id']}")).json()["member_count"] == 2


async def test_members_are_removed_by_the_list_and_events_say_who_came_and_went(
    admin, make_group, people, add, heard, drain
):
    ada, bob = await people("Ada", "Bob")
    group = await make_group()
    await add(group, ada, bob)
    body = {"people": ["ada@school.test", str(ada), "eve@school.test", str(admin.user_id)]}
    report = (await admin.post(f"/api/v1/groups/{group['id']}/removal", json=body)).json()
    assert report["changed"] == 1
    assert [(each["row"], each["code"]) for each in report["problems"]] == [
        (2, "given_twice"), (3, "unknown_user"), (4, "not_a_member"),
    ]  # fmt: skip
    await drain()
    assert (await admin.delete(f"/api/v1/groups/{group['id']}")).status_code == 204
    await drain()
    assert sorted(heard[:2]) == sorted([("joined", "sales", ada), ("joined", "sales", bob)])
    assert heard[2:] == [("left", "sales", ada), ("left", "sales", bob)]


async def test_a_member_may_answer_for_the_group(admin, make_group, people, add):
    ada, bob = await people("Ada", "Bob")
    group = await make_group()
    await add(group, ada, manager=True)
    await add(group, bob)
    path = f"/api/v1/groups/{group['id']}/members"

    async def managers():
        return {m["display_name"]: m["manager"] for m in (await admin.get(path)).json()["items"]}

    assert await managers() == {"Ada": True, "Bob": False}
    assert (await admin.put(f"{path}/{bob}", json={"manager": True})).status_code == 204
    assert (await admin.put(f"{path}/{ada}", json={"manager": False})).status_code == 204
    assert await managers() == {"Ada": False, "Bob": True}
    assert (await admin.put(f"{path}/{admin.user_id}", json={"manager": True})).status_code == 404


async def test_members_are_searched_and_paged(admin, make_group, people, add):
    group = await make_group()
    await add(group, *await people("Cleo", "ada", "Bob"))
    assert await listed(admin, group) == ["ada", "Bob", "Cleo"]
    assert await listed(admin, group, sort="-display_name", limit=2) == ["Cleo", "Bob"]
    assert await listed(admin, group, search="bob@") == ["Bob"]
    first = (await admin.get(f"/api/v1/groups/{group['id']}/members", params={"limit": 2, "sort": "added_at"})).json()
    rest = {"cursor": first["next_cursor"], "sort": "added_at"}
    assert len(await listed(admin, group, **rest)) == 1
    assert first["total"] == 3


async def test_too_long_a_list_is_refused(admin, make_group):
    group = await make_group()
    body = {"people": ["a@b.test"] * 1001}
    assert (await admin.post(f"/api/v1/groups/{group['id']}/members", json=body)).status_code == 400


async def test_the_same_person_added_twice_at_once_is_one_member(admin, make_group, people, add, heard, drain):
    (ada,) = await people("Ada")
    group = await make_group()
    reports = await asyncio.gather(*(add(group, ada) for _ in range(5)))
    assert sorted(each["changed"] for each in reports) == [0, 0, 0, 0, 1]
    await drain()
    assert heard == [("joined", "sales", ada)]


async def test_a_membership_is_in_the_export_and_goes_with_the_account(site, tenant, admin, make_group, people, add):
    (ada,) = await people("Ada")
    group = await make_group()
    await add(group, ada)
    async with site.context(tenant.id) as ctx:
        (row,) = (await export_user(ctx, ada))["core"]["user_group_member"]
    assert str(row["group_id"]) == group["id"]
    assert row["source"] == "manual"
    async with site.context(tenant.id) as ctx:
        await erase_user(ctx, ada)
    async with site.context(tenant.id) as ctx:
        assert await ctx.session.scalar(text("SELECT count(*) FROM core.user_group_member")) == 0
    assert await listed(admin, group) == []
