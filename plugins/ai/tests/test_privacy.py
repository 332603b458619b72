"""What leaves the site, what is kept, and for how long."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from questline_ai.jobs import Nothing, tidy
from questline_ai.redaction import Redaction, Restorer

SECRETS = "Write to ada@example.com or call +49 30 1234567, card 4111 1111 1111 1111, from 10.1.2.3."


def test_personal_data_become_placeholders_and_come_back():
    redaction = Redaction(names=("Ada Lovelace",))
    hidden = redaction.hide(f"{SECRETS} Ask ada@example.com again. ada lovelace")
    assert hidden == ("Write to [EMAIL_1] or call [PHONE_1], card [CARD_1], from [IP_1]. Ask [EMAIL_1] again. [NAME_1]")
    assert redaction.show("Sent to [EMAIL_1], not to [EMAIL_2]") == "Sent to ada@example.com, not to [EMAIL_2]"
    assert Redaction(active=False).hide(SECRETS) == SECRETS
    assert Redaction().hide("Order 1234567890123 of 2026-11-23") == "Order 1234567890123 of 2026-11-23"


@given(st.lists(st.sampled_from(["a", "[", "]", "[EMAIL_1]", "[EMAIL_1", "_1]", " ", "[x]"])), st.integers(1, 5))
def test_placeholders_come_back_however_the_stream_is_cut(pieces, size):
    redaction = Redaction()
    redaction.hide("ada@example.com")
    whole = "".join(pieces)
    restorer = Restorer(redaction)
    shown = "".join(restorer.feed(whole[start : start + size]) for start in range(0, len(whole), size))
    assert shown + restorer.rest() == redaction.show(whole)


async def test_providers_do_not_see_what_is_redacted(configured, vendor, ask):
    vendor.echo = True
    events = await ask(SECRETS)
    assert events[-1][1]["text"] == SECRETS
    assert "ada@example.com" not in str(vendor.asked)
    assert "".join(data["text"] for name, data in events if name == "text") == SECRETS
    await configured(redact=False)
    await ask(SECRETS)
    assert "ada@example.com" in str(vendor.asked[-1])


async def test_texts_are_kept_where_the_tenant_wants_and_cleared_in_time(configured, ask, calls, site, tenant):
    await configured(record="full", record_days=3)
    await ask("Hi")
    (call,) = await calls()
    assert (call["prompt"], call["answer"]) == ("user: Hi", "Hello there")
    async with site.context(tenant.id) as ctx:
        await ctx.session.execute(text("UPDATE ai.call SET started_at = :at"), {"at": ctx.now - dt.timedelta(days=4)})
        await tidy(ctx, Nothing())
    (call,) = await calls()
    assert (call["prompt"], call["answer"], call["cost_micros"]) == (None, None, 15)


async def test_an_erased_person_leaves_only_the_cost(configured, ask, calls, site, tenant, admin):
    await configured(record="full", cache=True)
    await ask("Hi")
    plugin = site.host.registry.records["ai"].plugin
    async with site.context(tenant.id) as ctx:
        data = await plugin.personal_data(ctx=ctx, user_id=admin.user_id)
        assert (data["calls"][0]["prompt"], len(data["remembered"])) == ("user: Hi", 1)
        await plugin.erase_personal_data(ctx=ctx, user_id=admin.user_id)
    (call,) = await calls()
    assert (call["user_id"], call["prompt"], call["cost_micros"]) == (None, None, 15)
    async with site.context(tenant.id) as ctx:
        assert await plugin.personal_data(ctx=ctx, user_id=admin.user_id) == {
            "suggestions": [], "calls": [], "budgets": [], "used": [], "templates": [], "remembered": []
        }  # fmt: skip


async def test_the_same_question_is_answered_from_memory_and_costs_nothing(configured, vendor, ask, calls, as_user):
    await configured(cache=True)
    await ask("Hi")
    answer = (await ask("Hi", client=await as_user("owner")))[-1][1]
    assert (answer["text"], answer["cached"], answer["cost_micros"]) == ("Hello there", True, 0)
    assert len(vendor.asked) == 1
    await ask("Ho")
    assert len(vendor.asked) == 2
    assert [each["status"] for each in await calls()] == ["settled", "cached", "settled"]


async def test_moderation_declines_a_text_before_it_is_sent(configured, vendor, ask, calls):
    await configured(moderation="prompts")
    assert (await ask())[-1][1]["text"] == "Hello there"
    vendor.flagged = True
    problem = await ask()
    assert (problem["status"], problem["code"]) == (422, "ai_content_refused")
    assert "hate" in problem["detail"]
    assert [each["template"] for each in await calls()] == ["ai.moderation", "ai.try", "ai.moderation"]


@pytest.mark.parametrize("plugin", ["ai_openai"])
async def test_moderation_that_nobody_does_refuses(configured, ask, admin, plugin):
    await configured(moderation="prompts", moderate=[{"provider": "gone", "model": "m"}])
    assert (await ask())["code"] == "ai_no_moderation"
