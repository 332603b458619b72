"""Opting out, pseudonyms, live messages and a Valkey that is down."""

from uuid import uuid4

import pytest
import redis.asyncio as redis
from redis.exceptions import RedisError

from questline_core.privacy.settings import PrivacyRules, change_rules
from questline_leaderboards.service import refresh
from questline_points.service import award_for_events
from questline_sdk import Event
from questline_sdk.privacy import pseudonym

BOARD = "/api/v1/p/leaderboards/all"
PREFERENCES = "/api/v1/p/leaderboards/me/preferences"


async def earn(site, tenant, *clients):
    for client in clients:
        async with site.context(tenant.id) as ctx:
            event = Event(
                id=uuid4(), type="learning.lesson.completed.v1", tenant_id=tenant.id, occurred_at=ctx.now, data={}
            )
            await award_for_events(ctx, {client.user_id: event})
        async with site.context(tenant.id) as ctx:
            await refresh(ctx, {client.user_id: []})


async def test_who_opts_out_is_on_no_board_and_may_come_back(site, tenant, as_user, drain):
    ada, grace = [await as_user("learner", name=name) for name in ("Ada", "Grace")]
    await earn(site, tenant, ada, grace)
    assert (await grace.get(BOARD)).json()["total"] == 2
    changed = await ada.put(PREFERENCES, json={"opted_out": True})
    assert changed.json() == {"opted_out": True, "pseudonym": None}
    await drain()
    board = (await grace.get(BOARD)).json()
    assert (board["total"], [each["name"] for each in board["top"]]) == (1, ["Grace"])
    assert board["me"]["rank"] == 1
    own = (await ada.get(BOARD)).json()
    assert own["me"] is None
    assert own["around"] == []
    await site.host.redis.flushdb()
    assert (await grace.get(BOARD)).json()["total"] == 1
    await ada.put(PREFERENCES, json={"opted_out": False})
    await drain()
    assert [each["name"] for each in (await grace.get(BOARD)).json()["top"]] == ["Ada", "Grace"]


async def test_who_has_just_opted_out_is_not_shown_even_before_the_board_follows(site, tenant, as_user):
    ada, grace = [await as_user("learner", name=name) for name in ("Ada", "Grace")]
    await earn(site, tenant, ada, grace)
    await grace.get(BOARD)
    await ada.put(PREFERENCES, json={"opted_out": True})
    assert [each["name"] for each in (await grace.get(BOARD)).json()["top"]] == ["Grace"]
    assert (await ada.get(BOARD)).json()["me"] is None


async def test_a_pseudonym_hides_name_and_id_from_others(site, tenant, as_user, drain):
    ada, grace = [await as_user("learner", name=name) for name in ("Ada", "Grace")]
    await earn(site, tenant, ada, grace)
    await ada.put(PREFERENCES, json={"pseudonym": "Countess"})
    await drain()
    seen = (await grace.get(BOARD)).json()["top"][0]
    assert (seen["name"], seen["user_id"], seen["pseudonymous"]) == ("Countess", None, True)
    own = (await ada.get(BOARD)).json()["top"][0]
    assert (own["name"], own["user_id"], own["is_me"]) == ("Countess", str(ada.user_id), True)
    assert (await ada.get(PREFERENCES)).json() == {"opted_out": False, "pseudonym": "Countess"}
    taken = await grace.put(PREFERENCES, json={"pseudonym": "countess"})
    assert taken.json()["code"] == "pseudonym_taken"
    assert (await ada.put(PREFERENCES, json={"pseudonym": "Countess"})).status_code == 200


async def test_a_site_can_have_made_up_names_for_everybody(site, tenant, as_user, drain):
    admin, ada, grace = (
        await as_user("admin"),
        *[await as_user("learner", name=name) for name in ("Ada", "Grace")],
    )
    await earn(site, tenant, ada, grace)
    settings = "/api/v1/plugins/leaderboards/settings"
    before = [each["name"] for each in (await grace.get(BOARD)).json()["top"]]
    assert sorted(before) == ["Ada", "Grace"]
    answer = await admin.put(settings, json={"pseudonymous": True})
    assert answer.status_code == 200, answer.text
    for reader in (grace, admin):
        top = (await reader.get(BOARD)).json()["top"]
        assert all(each["pseudonymous"] for each in top)
        assert not {"Ada", "Grace"} & {each["name"] for each in top}
        assert all(each["user_id"] is None for each in top if not each["is_me"])
    await ada.put(PREFERENCES, json={"pseudonym": "Countess"})
    await drain()
    named = {each["name"] for each in (await grace.get(BOARD)).json()["top"]}
    assert "Countess" in named
    assert "Grace" not in named


@pytest.mark.parametrize("pseudonym", ["x", " padded ", "a" * 31, "two\nlines"])
async def test_a_pseudonym_that_cannot_be_is_refused(as_user, pseudonym):
    learner = await as_user("learner")
    assert (await learner.put(PREFERENCES, json={"pseudonym": pseudonym})).status_code == 400


async def test_erasing_a_user_removes_their_place(site, tenant, as_user, drain):
    ada, grace = [await as_user("learner", name=name) for name in ("Ada", "Grace")]
    await earn(site, tenant, ada, grace)
    await grace.get(BOARD)
    records = site.host.registry.records
    async with site.context(tenant.id) as ctx:
        assert "preferences" in await records["leaderboards"].plugin.personal_data(ctx=ctx, user_id=ada.user_id)
        for plugin_id in ("points", "leaderboards"):
            await records[plugin_id].plugin.erase_personal_data(ctx=ctx, user_id=ada.user_id)
    await drain()
    assert (await grace.get(BOARD)).json()["total"] == 1


async def test_a_change_is_announced_once_a_second_and_each_move_to_its_user(site, tenant, as_user):
    ada = await as_user("learner")
    await ada.get(BOARD)
    async with site.context(tenant.id) as ctx:
        for _ in range(3):
            await refresh(ctx, {ada.user_id: [uuid4()]})
        assert [message.topic for message in ctx._live] == ["leaderboards.changed"]
        ctx._live.clear()
    await earn(site, tenant, ada)
    async with site.context(tenant.id) as ctx:
        await refresh(ctx, {ada.user_id: [uuid4()]})
        moved = [message for message in ctx._live if message.topic == "leaderboards.moved"]
        assert [message.user_id for message in moved] == [ada.user_id]
        assert [(place.period, place.rank, place.points) for place in moved[0].data.places] == [("all", 1, 10)]


async def test_without_valkey_reads_answer_503_and_moves_are_tried_again(site, tenant, as_user, monkeypatch):
    ada = await as_user("learner")
    async with redis.Redis.from_url("redis://127.0.0.1:1", socket_connect_timeout=1) as nowhere:
        monkeypatch.setattr(site.host, "redis", nowhere)
        answer = await ada.get(BOARD)
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        with pytest.raises((RedisError, OSError)):
            async with site.context(tenant.id) as ctx:
                await refresh(ctx, {ada.user_id: []})


async def test_among_minors_nothing_links_a_line_to_a_person(site, tenant, as_user):
    ada, grace = [await as_user("learner", name=name) for name in ("Ada", "Grace")]
    teacher = await as_user("instructor")
    await earn(site, tenant, ada, grace)
    async with site.context(tenant.id) as ctx:
        await change_rules(ctx, PrivacyRules(minors=True))
    board = await ada.get(BOARD)
    assert str(grace.user_id) not in board.text
    lines = {each["is_me"]: each for each in board.json()["top"]}
    assert (lines[True]["user_id"], lines[True]["name"]) == (str(ada.user_id), "Ada")
    hidden = lines[False]
    assert (hidden["user_id"], hidden["avatar_url"], hidden["pseudonymous"]) == (None, None, True)
    assert hidden["name"] not in {"Grace", pseudonym(grace.user_id)}  # and whoever has the id cannot work the name out
    again = {each["is_me"]: each for each in (await ada.get(BOARD)).json()["top"]}
    assert again[False]["name"] == hidden["name"]
    seen = {each["user_id"]: each["name"] for each in (await teacher.get(BOARD)).json()["top"]}
    assert seen == {str(ada.user_id): "Ada", str(grace.user_id): "Grace"}
