"""People keep prompts, share them, and vote for those of others."""

import asyncio

import pytest
from sqlalchemy import text

from questline_ai_lab.library.service import MOST_KEPT
from questline_ai_lab.privacy import erase, export

API = "/api/v1/p/ai_lab/library"
PROMPT = {"title": "Subject lines", "text": "Write five subject lines for {{ product }}.", "tags": ["E-mail", "short"]}


async def keep(client, **changes):
    answer = await client.post(API, json=PROMPT | changes)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def shelf(client, **params):
    answer = await client.get(API, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def titles(client, **params):
    return [each["title"] for each in (await shelf(client, **params))["items"]]


@pytest.fixture
async def people(as_user):
    return [await as_user("learner") for _ in range(3)]


async def test_a_prompt_is_its_writers_until_it_is_shared(people):
    writer, reader, _ = people
    kept = await keep(writer)
    assert (kept["mine"], kept["votes"], kept["shared"], kept["tags"]) == (True, 0, False, ["e-mail", "short"])
    assert await titles(reader, shelf="shared") == []
    assert (await reader.put(f"{API}/{kept['id']}/vote")).status_code == 404
    changed = await writer.put(f"{API}/{kept['id']}", json=PROMPT | {"shared": True, "title": "Five subject lines"})
    assert changed.json()["shared"] is True
    [seen] = (await shelf(reader, shelf="shared"))["items"]
    assert (seen["title"], seen["mine"], seen["voted"]) == ("Five subject lines", False, False)
    assert seen["author"]
    assert "user_id" not in seen


async def test_each_person_has_one_vote_and_none_for_their_own(people):
    writer, reader, other = people
    kept = await keep(writer, shared=True)
    vote = f"{API}/{kept['id']}/vote"
    for answer in await asyncio.gather(*(reader.put(vote) for _ in range(4))):
        assert answer.status_code == 200, answer.text
    assert (await other.put(vote)).json()["votes"] == 2
    refused = await writer.put(vote)
    assert (refused.status_code, refused.json()["code"]) == (409, "own_prompt")
    for _ in range(2):
        taken = (await reader.delete(vote)).json()
        assert (taken["votes"], taken["voted"]) == (1, False)


async def test_the_library_is_searched_sorted_and_paged(people):
    writer, reader, other = people
    made = [await keep(writer, title=f"Ad {number}", tags=["ads"], shared=True) for number in range(5)]
    await keep(writer, title="Percent", text="100% of_them", tags=["odd"], shared=True)
    await reader.put(f"{API}/{made[1]['id']}/vote")
    await other.put(f"{API}/{made[1]['id']}/vote")
    await other.put(f"{API}/{made[3]['id']}/vote")
    best = await titles(reader, shelf="shared", sort="votes", tag="ads")
    assert best == ["Ad 1", "Ad 3", "Ad 4", "Ad 2", "Ad 0"]
    assert await titles(reader, shelf="shared", q="100%") == ["Percent"]
    assert await titles(reader, shelf="shared", q="0%o") == []
    for sort in ("newest", "votes"):
        found, cursor = [], None
        while True:
            page = await shelf(reader, shelf="shared", sort=sort, limit=2, **({"cursor": cursor} if cursor else {}))
            found += [each["title"] for each in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert found == await titles(reader, shelf="shared", sort=sort)
        assert len(found) == 6
    assert (await reader.get(API, params={"shelf": "shared", "cursor": "nonsense"})).status_code == 422
    tags = (await reader.get(f"{API}/tags", params={"shelf": "shared"})).json()
    assert tags == [{"tag": "ads", "prompts": 5}, {"tag": "odd", "prompts": 1}]


async def test_only_its_writer_changes_or_removes_a_prompt(people):
    writer, reader, _ = people
    kept = await keep(writer, shared=True)
    address = f"{API}/{kept['id']}"
    assert (await reader.put(address, json=PROMPT)).status_code == 404
    assert (await reader.delete(address)).status_code == 404
    assert (await reader.post(f"{address}/unshare")).status_code == 403
    await reader.put(f"{address}/vote")
    assert (await writer.delete(address)).status_code == 204
    assert await titles(writer) == []


async def test_a_teacher_takes_a_prompt_out_of_the_shared_ones(people, as_user, site, tenant):
    writer, reader, _ = people
    kept = await keep(writer, shared=True)
    teacher = await as_user("instructor")
    assert (await teacher.post(f"{API}/{kept['id']}/unshare")).status_code == 204
    assert (await teacher.post(f"{API}/{kept['id']}/unshare")).status_code == 404
    assert await titles(reader, shelf="shared") == []
    assert await titles(writer) == [PROMPT["title"]]
    async with site.context(tenant.id) as ctx:
        found = await ctx.session.execute(text("SELECT action FROM core.audit_entry WHERE action LIKE 'ai_lab%'"))
        assert [row.action for row in found] == ["ai_lab.prompt.unshared"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "  "), ("title", "x" * 121), ("text", "\0"), ("text", ""), ("tags", ["x"] * 9), ("tags", [" "])],
)
async def test_what_cannot_be_kept_names_its_field(people, field, value):
    answer = await people[0].post(API, json=PROMPT | {field: value})
    assert answer.status_code in {400, 422}
    assert any(each["field"].startswith(field) for each in answer.json()["errors"]), answer.text
    assert await titles(people[0]) == []


async def test_nobody_keeps_more_than_there_may_be(people, site, tenant):
    writer = people[0]
    async with site.context(tenant.id) as ctx:
        await ctx.session.execute(
            text(
                "INSERT INTO ai_lab.library_prompt (id, user_id, title, text, created_at) "
                "SELECT gen_random_uuid(), :writer, 't', 't', now() FROM generate_series(1, :most)"
            ),
            {"writer": writer.user_id, "most": MOST_KEPT},
        )
    refused = await writer.post(API, json=PROMPT)
    assert (refused.status_code, refused.json()["code"]) == (409, "library_full")


async def test_the_library_is_exported_and_erased(people, site, tenant):
    writer, reader, _ = people
    kept = await keep(writer, shared=True)
    await reader.put(f"{API}/{kept['id']}/vote")
    async with site.context(tenant.id) as ctx:
        assert [each["title"] for each in (await export(ctx, writer.user_id))["library"]] == [PROMPT["title"]]
        assert (await export(ctx, reader.user_id))["votes"] == [PROMPT["title"]]
        await erase(ctx, reader.user_id)
    assert (await shelf(writer))["items"][0]["votes"] == 0
    async with site.context(tenant.id) as ctx:
        await erase(ctx, writer.user_id)
        assert not any((await export(ctx, writer.user_id)).values())
