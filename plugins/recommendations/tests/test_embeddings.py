"""Texts compared by embeddings: unchanged text is paid for once, and without the service words are compared."""

import pytest

from questline_recommendations import embeddings
from questline_recommendations.rows import lesson_texts
from questline_sdk.ai_calls import AI, AIUnavailable, Choice


class Vectors:
    """An AI service of a tenant, that counts what it is asked."""

    def __init__(self, *, sample=False):
        self.asked = []
        self.sample = sample
        self.down = False

    async def choices(self, ctx, capability):
        return [Choice(provider="vendor", model="small", title="Small", sample=self.sample)]

    async def embed(self, ctx, texts, *, course_id=None):
        if self.down:
            raise AIUnavailable("No provider answers.")
        self.asked += texts
        return [[float(len(text)), 1.0, float(number)] for number, text in enumerate(texts)]


@pytest.fixture
def serve(site, monkeypatch):
    """Provide an AI service to every context."""

    def provide(service):
        found = site.host.service_factory
        monkeypatch.setattr(
            site.host, "service_factory", lambda kind, on: (lambda _: service) if kind is AI else found(kind, on)
        )
        return service

    return provide


async def embed(site, tenant):
    async with site.context(tenant.id) as ctx:
        return await embeddings.embed_some(ctx, await lesson_texts(ctx))


async def test_each_text_is_embedded_once(site, tenant, courses, serve, monkeypatch):
    monkeypatch.setattr(embeddings, "AT_ONCE", 4)
    ai = serve(Vectors())
    assert [await embed(site, tenant) for _ in range(4)] == [True, True, False, False]
    assert len(ai.asked) == 6
    async with site.context(tenant.id) as ctx:
        assert len(await embeddings.vectors_of(ctx, await lesson_texts(ctx))) == 6


async def test_a_tenant_that_wants_it_trains_on_embeddings(site, tenant, as_user, courses, serve, trained):
    serve(Vectors())
    admin = await as_user("admin")
    values = {"shown": 4, "related": 3, "gap_below": 85, "embeddings": True}
    changed = await admin.put("/api/v1/plugins/recommendations/settings", json=values)
    assert changed.status_code == 200, changed.text
    await trained(tenant)
    training = (await admin.get("/api/v1/p/recommendations/training")).json()["training"]
    assert (training["state"], training["texts"]) == ("done", "embeddings")


async def test_a_service_that_fails_or_samples_leaves_it_to_the_words(site, tenant, courses, serve):
    ai = serve(Vectors())
    ai.down = True
    assert await embed(site, tenant) is False
    sample = serve(Vectors(sample=True))
    assert await embed(site, tenant) is False
    assert sample.asked == []
    async with site.context(tenant.id) as ctx:
        assert await embeddings.vectors_of(ctx, await lesson_texts(ctx)) is None
