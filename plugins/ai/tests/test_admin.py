"""What admins see and change: providers, templates, spending."""

import csv
import io

TEMPLATES = "/api/v1/p/ai/templates"


async def test_providers_show_prices_and_are_tested(configured, admin, vendor):
    providers = {each["name"]: each for each in (await admin.get("/api/v1/p/ai/providers")).json()}
    (first,) = [each for each in providers["ai_openai"]["models"] if each["name"] == "first"]
    assert first["price"]["input_micros"] == 1_000_000
    tested = (await admin.post("/api/v1/p/ai/providers/ai_sandbox/test")).json()
    assert tested["usable"] is True
    assert (await admin.post("/api/v1/p/ai/providers/nobody/test")).status_code == 404


async def test_the_mapping_follows_the_settings(configured, admin, ask):
    second = {"provider": "ai_openai", "model": "second"}
    await configured(chat=[second, {"provider": "gone", "model": "x"}])
    (chat,) = [each for each in (await admin.get("/api/v1/p/ai/mapping")).json() if each["capability"] == "chat"]
    assert (chat["effective"], len(chat["choices"])) == ([second], 2)
    assert (await ask())[-1][1]["model"] == "second"


async def test_a_tenants_own_texts_hold_at_once_and_go_back(configured, admin, ask, vendor):
    texts = {"user": {"en": "Shout: {{ text }}"}, "system": {"en": "Be loud."}}
    changed = (await admin.put(f"{TEMPLATES}/ai.try/override", json=texts)).json()
    assert (changed["card"]["version"], changed["card"]["overridden"]) == ("1+1", True)
    await ask("{{ text }} {{ other }}")
    assert [each["content"] for each in vendor.asked[-1]["messages"]] == ["Be loud.", "Shout: {{ text }} {{ other }}"]
    wrong = await admin.put(f"{TEMPLATES}/ai.try/override", json={"user": {"en": "{{ txt }}"}})
    assert wrong.json()["errors"] == [{"field": "user.en", "message": "has no variable 'txt'; there are: text"}]
    assert (await admin.delete(f"{TEMPLATES}/ai.try/override")).status_code == 204
    shown = (await admin.get(f"{TEMPLATES}/ai.try")).json()
    assert (shown["card"]["version"], len(shown["versions"])) == ("1", 2)
    assert "ai.try" in {each["id"] for each in (await admin.get(TEMPLATES)).json()}


async def test_a_preview_shows_what_would_be_sent(admin):
    preview = await admin.post(f"{TEMPLATES}/ai.try/preview", json={"variables": {"text": "Hi"}})
    assert preview.json() == {"system": "", "user": "Hi"}
    draft = {"variables": {"text": "Hi"}, "texts": {"user": {"de": "Sag {{ text }}"}}, "locale": "de-AT"}
    assert (await admin.post(f"{TEMPLATES}/ai.try/preview", json=draft)).json()["user"] == "Sag Hi"
    assert (await admin.post(f"{TEMPLATES}/ai.none/preview", json={})).status_code == 404


async def test_spending_is_summed_rated_and_exported(configured, admin, ask, vendor):
    call_id = (await ask())[-1][1]["call_id"]
    vendor.statuses["first"] = [401]
    await ask()
    assert (await admin.put(f"/api/v1/p/ai/calls/{call_id}/rating", json={"helped": True})).status_code == 204
    report = (await admin.get("/api/v1/p/ai/spend", params={"by": "model"})).json()
    rows = {each["key"]: each for each in report["rows"]}
    first = rows["ai_openai/first"]
    assert (first["calls"], first["errors"], first["cost_micros"], first["quality"]) == (2, 1, 15, 1.0)
    assert rows["ai_openai/second"]["cost_micros"] == 30
    assert [each["cost_micros"] for each in report["totals"]] == [45]
    for by in ("provider", "template", "course", "placement", "day"):
        assert (await admin.get("/api/v1/p/ai/spend", params={"by": by})).json()["totals"] == report["totals"]
    exported = await admin.get("/api/v1/p/ai/spend.csv")
    lines = list(csv.DictReader(io.StringIO(exported.text)))
    assert sum(int(each["cost_micros"]) for each in lines) == 45
    assert (
        await admin.get("/api/v1/p/ai/spend", params={"since": "2026-02-01", "until": "2026-01-01"})
    ).status_code == 422


async def test_learners_see_and_change_none_of_it(as_user):
    learner = await as_user("learner")
    for path in ("providers", "mapping", "budgets", "templates", "spend", "spend.csv", "calls"):
        assert (await learner.get(f"/api/v1/p/ai/{path}")).status_code == 403
    answer = await learner.post(f"{TEMPLATES}/ai.try/try", json={"variables": {"text": "Hi"}})
    assert answer.status_code == 403
