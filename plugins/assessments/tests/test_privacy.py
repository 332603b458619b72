"""What is kept of a person, and its end."""

from questline_assessments.privacy import erase, export


async def test_a_user_takes_their_attempts_along_and_has_them_erased(taker, new_taker, site, tenant):
    other = await new_taker()
    await other.start()
    await taker.answer("leaf", "country")
    await taker.submit()
    user_id = taker.client.user_id
    async with site.context(tenant.id) as ctx:
        kept = await export(ctx, user_id)
    assert [(each["assessment"], each["percent"]) for each in kept["attempts"]] == [("leaves-quiz", 18)]
    assert {each["item"] for each in kept["answers"]} == {"leaf", "country"}
    async with site.context(tenant.id) as ctx:
        await erase(ctx, user_id)
    async with site.context(tenant.id) as ctx:
        assert await export(ctx, user_id) == {"attempts": [], "answers": []}
        assert len((await export(ctx, other.client.user_id))["attempts"]) == 1
