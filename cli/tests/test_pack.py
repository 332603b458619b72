"""`questline pack` against a running site."""

import json

import pytest_asyncio


@pytest_asyncio.fixture(loop_scope="session")
async def empty(site):
    """A tenant with no plugin on."""
    return await site.new_tenant(plugins=[])


async def test_packs_are_listed_shown_and_switched(site, questline, empty) -> None:
    tenant = ("--tenant", empty.slug)
    listed = json.loads((await questline("pack", "list", *tenant, "--json")).stdout)
    assert {pack["id"]: pack["state"] for pack in listed} == {
        "ai-marketing": "available",
        "certification": "available",
        "gamification": "available",
    }
    enabled = await questline("pack", "enable", "gamification", *tenant, "--json")
    assert enabled.returncode == 0, enabled.stderr
    assert json.loads(enabled.stdout)["starts"] == ["points", "badges", "leaderboards"]
    site.host.enablement.forget(empty.id)
    assert await site.host.enablement.of(empty.id) == {"points", "badges", "leaderboards"}
    shown = (await questline("pack", "show", "gamification", *tenant)).stdout
    assert "0.1.0, enabled" in shown
    assert "leaderboards.top = 10" in shown
    assert "leaderboards, badges, points" in shown
    details = json.loads((await questline("pack", "show", "ai-marketing", *tenant, "--json")).stdout)
    assert set(details["plan"]["starts"]) == {"ai", "ai_lab", "assessments"}


async def test_disabling_says_what_stops_and_asks(site, questline, empty) -> None:
    tenant = ("--tenant", empty.slug)
    for pack in ("gamification", "ai-marketing"):
        assert (await questline("pack", "enable", pack, *tenant)).returncode == 0
    refused = await questline("pack", "disable", "ai-marketing", *tenant, answer="n\n")
    assert refused.returncode == 1
    assert "assessments" in refused.stdout
    assert "points: the pack gamification needs it" in refused.stdout
    assert "Switch ai-marketing off? Its data is kept." in refused.stderr
    agreed = await questline("pack", "disable", "ai-marketing", *tenant, answer="y\n")
    assert (agreed.returncode, "ai-marketing is off; its data is kept." in agreed.stdout) == (0, True)
    off = json.loads((await questline("pack", "disable", "gamification", *tenant, "--yes", "--json")).stdout)
    assert off["stops"] == ["leaderboards", "badges", "points"]
    site.host.enablement.forget(empty.id)
    assert await site.host.enablement.of(empty.id) == frozenset()


async def test_an_error_is_one_line(questline, empty) -> None:
    done = await questline("pack", "enable", "nothing", "--tenant", empty.slug)
    assert (done.returncode, done.stderr.strip()) == (1, "error: There is no pack 'nothing'.")
