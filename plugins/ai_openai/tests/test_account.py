"""What the tenant's account offers, beyond chat."""

import pytest

from questline_ai_openai.calls import AT_ONCE
from questline_sdk.ai import AIProviders, Capability, Embeddings, ProviderError, ProviderUnavailable, Usage


async def test_without_a_key_nothing_is_offered(ctx):
    provider = (await ctx.service(AIProviders).all())["ai_openai"]
    assert await provider.models(ctx) == []
    assert (await provider.health(ctx)).usable is False


async def test_models_carry_their_prices(provider, ctx):
    models = {model.name: model for model in await provider.models(ctx)}
    assert models["gpt-5.4-mini"].price.output_micros == 4_500_000
    assert models["text-embedding-3-small"].capabilities == {Capability.EMBED}


async def test_the_key_is_never_returned(provider, as_user):
    answer = await (await as_user("admin")).get("/api/v1/plugins/ai_openai/settings")
    assert "sk-test" not in answer.text


async def test_health_is_asked_of_the_vendor(provider, vendor, ctx):
    vendor.json({"object": "list", "data": []})
    assert (await provider.health(ctx)).usable
    vendor.json({"error": {"message": "bad key"}}, 401)
    assert (await provider.health(ctx)).detail == "OpenAI does not accept the API key."


async def test_texts_become_vectors_in_their_order(provider, vendor, ctx):
    data = [{"object": "embedding", "index": index, "embedding": [float(index), 1.0]} for index in (1, 0)]
    vendor.json({"object": "list", "data": data, "model": "m", "usage": {"prompt_tokens": 4, "total_tokens": 4}})
    found = await provider.embed(ctx, "text-embedding-3-small", ["a", "b"])
    assert [list(vector) for vector in found.vectors] == [[0.0, 1.0], [1.0, 1.0]]
    assert found.usage.input_tokens == 4


async def test_nothing_is_asked_about_no_texts(provider, vendor, ctx):
    assert await provider.embed(ctx, "text-embedding-3-small", []) == Embeddings(
        vectors=[], usage=Usage(input_tokens=0)
    )
    assert vendor.asked == []


async def test_many_texts_go_in_several_requests_and_none_may_be_missing(provider, vendor, ctx):
    data = [{"object": "embedding", "index": index, "embedding": [1.0]} for index in range(AT_ONCE)]
    vendor.json({"object": "list", "data": data, "model": "m", "usage": {"prompt_tokens": 4, "total_tokens": 4}})
    found = await provider.embed(ctx, "text-embedding-3-small", ["a"] * AT_ONCE * 2)
    assert (len(found.vectors), found.usage.input_tokens, len(vendor.asked)) == (AT_ONCE * 2, 8, 2)
    with pytest.raises(ProviderUnavailable):
        await provider.embed(ctx, "text-embedding-3-small", ["a"] * (AT_ONCE - 1))


async def test_a_text_is_moderated(provider, vendor, ctx):
    result = {"flagged": True, "categories": {"hate": False, "violence": True}, "category_scores": {}}
    vendor.json({"id": "m", "model": "omni", "results": [result]})
    found = await provider.moderate(ctx, "omni-moderation-latest", "some text")
    assert (found.flagged, found.categories) == (True, ["violence"])


@pytest.mark.parametrize("body", [{"results": []}, {"object": "list"}])
async def test_an_answer_of_another_shape_is_an_error(provider, vendor, ctx, body):
    vendor.json(body)
    with pytest.raises(ProviderError):
        await provider.moderate(ctx, "omni-moderation-latest", "some text")
