"""Plugins that were built for a released SDK run on the core of today, and answer over HTTP."""

import json
import time

import httpx
import pytest
from tests.compatibility.running import running

SECONDS = 60


@pytest.fixture(scope="module")
def site(release, guestbook, environment, tmp_path_factory):
    """Today's core with the guestbook and every plugin of the release, each from its wheel."""
    with running(tmp_path_factory.mktemp("site"), environment(guestbook, *release.plugins)) as found:
        yield found


@pytest.fixture
def learner(site):
    """A client of somebody who has just signed up."""
    with httpx.Client(base_url=site.address, headers={"x-questline-tenant": "acme"}) as client:
        email = f"ada-{time.monotonic_ns()}@example.test"
        person = {"email": email, "password": "correct horse battery staple", "display_name": "Ada"}
        answer = client.post("/api/v1/auth/sign-up", json=person)
        assert answer.status_code == 201, answer.text
        client.headers["authorization"] = f"Bearer {answer.json()['access_token']}"
        yield client


@pytest.mark.slow
def test_every_plugin_of_the_release_is_active_from_its_wheel(site, release):
    rows = {row["id"]: row for row in json.loads(site.cli("plugin", "list", "--tenant", "acme", "--json"))}
    expected = {
        wheel.name.split("-")[0].removeprefix("questline_"): wheel.name.split("-")[1] for wheel in release.plugins
    }
    expected["guestbook"] = "1.0.0"
    assert {name: (rows[name]["state"], rows[name]["version"], rows[name]["enabled"]) for name in expected} == {
        name: ("active", version, True) for name, version in expected.items()
    }


@pytest.mark.slow
def test_an_event_reaches_the_old_plugin_and_its_entries_are_read_back(learner):
    deadline = time.monotonic() + SECONDS
    while learner.get("/api/v1/p/guestbook/entries/mine").json() != ["Welcome!"]:
        assert time.monotonic() < deadline, "the handler of sign-ups did not run"
        time.sleep(0.1)
    assert learner.post("/api/v1/p/guestbook/entries", json={"text": "Hello"}).status_code == 201
    assert learner.get("/api/v1/p/guestbook/entries/mine").json() == ["Welcome!", "Hello"]
    assert {"name": "Ada", "text": "Hello"} in learner.get("/api/v1/p/guestbook/entries").json()


@pytest.mark.slow
def test_the_old_plugins_input_is_checked_and_its_routes_need_a_permission(site, learner):
    refused = learner.post("/api/v1/p/guestbook/entries", json={"text": ""})
    assert [error["field"] for error in refused.json()["errors"]] == ["text"]
    anonymous = httpx.get(f"{site.address}/api/v1/p/guestbook/entries", headers={"x-questline-tenant": "acme"})
    assert anonymous.status_code == 401


@pytest.mark.slow
@pytest.mark.parametrize("path", ["points/me", "badges/me", "leaderboards/all"])
def test_the_released_first_party_plugins_answer(learner, path):
    answer = learner.get(f"/api/v1/p/{path}")
    assert answer.status_code == 200, answer.text
