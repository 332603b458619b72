"""The tenant's providers: what is refused, and what is never told."""

import pytest

SETTINGS = "/api/v1/plugins/oauth/settings"
ACME = {"id": "acme", "label": "Acme", "issuer": "https://acme.example", "client_id": "x", "client_secret": "hush hush"}


async def test_a_secret_stays_with_its_provider_and_is_never_told(as_user):
    admin = await as_user("admin")
    other = ACME | {"id": "other", "client_secret": "another one"}
    assert (await admin.put(SETTINGS, json={"providers": [ACME, other]})).status_code == 200
    form = (await admin.get(SETTINGS)).json()
    assert [each["client_secret"] for each in form["values"]["providers"]] == ["", ""]
    assert form["filled_secrets"] == ["providers[acme].client_secret", "providers[other].client_secret"]
    moved = [form["values"]["providers"][1] | {"label": "Second"}]
    assert (await admin.put(SETTINGS, json={"providers": moved})).status_code == 200
    answer = await admin.get(SETTINGS)
    assert answer.json()["filled_secrets"] == ["providers[other].client_secret"]
    audit = (await admin.get("/api/v1/audit")).text
    assert "hush hush" not in audit + answer.text
    assert "another one" not in audit + answer.text


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"issuer": ""}, "providers[0].issuer"),
        ({"issuer": "http://acme.example"}, "providers[0].issuer"),
        ({"roles": [{"value": "boss", "role": "owner"}]}, "providers[0].roles"),
        ({"id": "Acme!"}, "providers[0].id"),
    ],
)
async def test_what_could_not_work_is_refused_beside_its_field(as_user, change, field):
    answer = await (await as_user("admin")).put(SETTINGS, json={"providers": [ACME | change]})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field


async def test_two_providers_have_two_ids(as_user):
    answer = await (await as_user("admin")).put(SETTINGS, json={"providers": [ACME, ACME]})
    assert answer.json()["errors"][0]["field"] == "providers[1].id"
