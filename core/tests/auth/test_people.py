import itertools

import pytest

from questline_core.auth.service import create_user
from questline_sdk.pages import encode_cursor

NAMES = ["Zoë", "ada", "Bob", "Ada", "émile", "bob", "100% Carl_os"]
ROLES = itertools.cycle(["learner", "author", "instructor"])


@pytest.fixture
async def people(host, tenant):
    async with host.context(tenant.id) as ctx:
        for number, (name, role) in enumerate(zip(NAMES, ROLES, strict=False)):
            await create_user(ctx, email=f"p{number}@school.test", display_name=name, password=None, role=role)


async def every_page(client, **query):
    items, cursor = [], None
    for _ in range(20):
        parameters = query | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/api/v1/users", params=parameters)).json()
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return items
    raise AssertionError("the list does not end")


@pytest.mark.parametrize("sort", ["display_name", "created_at", "role"])
async def test_pages_in_either_direction_give_everybody_once(as_user, people, sort):
    admin = await as_user("admin", name="Root")
    whole = (await admin.get("/api/v1/users", params={"sort": sort, "limit": 100})).json()
    assert whole["total"] == len(NAMES) + 1
    assert whole["next_cursor"] is None
    paged = await every_page(admin, sort=sort, limit=2)
    assert paged == whole["items"]
    assert await every_page(admin, sort=f"-{sort}", limit=3) == paged[::-1]
    keys = [person[sort].lower() for person in paged]
    assert keys == sorted(keys)


async def test_a_search_finds_parts_of_names_and_addresses_literally(as_user, people):
    admin = await as_user("admin", name="Root")

    async def found(search):
        page = (await admin.get("/api/v1/users", params={"search": search, "limit": 1})).json()
        return page["total"], [person["display_name"] for person in await every_page(admin, search=search, limit=1)]

    assert await found("ADA") == (2, ["ada", "Ada"])
    assert await found("@school") == (7, (await found("school.test"))[1])
    assert await found("0%") == (1, ["100% Carl_os"])
    assert await found("l_o") == (1, ["100% Carl_os"])
    assert await found("%") == (1, ["100% Carl_os"])
    assert await found("nobody") == (0, [])
    assert (await found("  "))[0] == 8


async def test_a_person_is_shown_without_secrets(as_user):
    admin = await as_user("admin", name="Root")
    (person,) = (await admin.get("/api/v1/users")).json()["items"]
    assert person.keys() == {
        "id", "email", "display_name", "role", "status", "avatar_url", "created_at", "last_seen_at",
    }  # fmt: skip


@pytest.mark.parametrize(("role", "status"), [("admin", 200), ("owner", 200), ("instructor", 200), ("learner", 403)])
async def test_only_those_who_run_or_teach_see_the_people(as_user, role, status):
    assert (await (await as_user(role)).get("/api/v1/users")).status_code == status


async def test_nobody_sees_another_tenants_people(as_user, people, site):
    elsewhere = await site.new_tenant()
    stranger = await site.sign_in(elsewhere, "owner")
    async with stranger:
        page = (await stranger.get("/api/v1/users")).json()
    assert [person["id"] for person in page["items"]] == [str(stranger.user_id)]
    assert page["total"] == 1


async def test_a_token_is_good_in_its_own_tenant_whatever_the_header_says(as_user, site, people, tenant):
    elsewhere = await site.new_tenant()
    stranger = await site.sign_in(elsewhere, "owner")
    async with stranger:
        stranger.headers["x-questline-tenant"] = tenant.slug
        assert (await stranger.get("/api/v1/users")).json()["total"] == 1
        assert (await stranger.get("/api/v1/me")).json()["id"] == str(stranger.user_id)


async def test_a_password_of_one_tenant_opens_no_other(visitor, email, site):
    elsewhere = await site.new_tenant()
    await (await visitor(of=elsewhere)).sign_up(email)
    assert (await (await visitor()).log_in(email)).status_code == 401


@pytest.mark.parametrize(
    "cursor",
    [
        "nonsense",
        "\u00e9",
        encode_cursor("display_name", "a", "no id"),
        encode_cursor("created_at", "yesterday", "01a20384-2544-7d33-842f-cbbc8305c187"),
        encode_cursor("created_at", "0001-01-01T00:00:00+14:00", "01a20384-2544-7d33-842f-cbbc8305c187"),
        encode_cursor("created_at", "a\0", "01a20384-2544-7d33-842f-cbbc8305c187"),
        encode_cursor("role", "a", "01a20384-2544-7d33-842f-cbbc8305c187"),
    ],
)
async def test_a_cursor_of_another_list_is_refused(as_user, cursor):
    admin = await as_user("admin")
    answer = await admin.get("/api/v1/users", params={"cursor": cursor, "sort": "created_at"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "cursor"


async def test_a_forged_cursor_without_a_time_zone_is_read_as_utc(as_user):
    admin = await as_user("admin")
    cursor = encode_cursor("created_at", "2020-01-01T00:00:00", "01a20384-2544-7d33-842f-cbbc8305c187")
    answer = await admin.get("/api/v1/users", params={"cursor": cursor, "sort": "created_at"})
    assert answer.json()["total"] == 1


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "sort=password_hash", "search=%00"])
async def test_wrong_parameters_are_refused(as_user, query):
    answer = await (await as_user("admin")).get(f"/api/v1/users?{query}")
    assert answer.status_code == 400
