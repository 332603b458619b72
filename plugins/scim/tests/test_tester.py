"""The service passes the tests that the authors of the SCIM libraries have written for services."""

import asyncio

from scim2_client.engines.httpx2 import SyncSCIMClient
from scim2_tester import Status, check_server


async def test_scim2_tester_finds_nothing_wrong(provider, bridge):
    client = SyncSCIMClient(bridge(provider))
    results = await asyncio.to_thread(check_server, client)
    wrong = [f"{each.title}: {each.reason}" for each in results if each.status not in {Status.SUCCESS, Status.SKIPPED}]
    assert wrong == [], "\n".join(wrong)
    done = [each for each in results if each.status is Status.SUCCESS]
    skipped = [f"{each.title}: {each.reason}" for each in results if each.status is Status.SKIPPED]
    assert len(done) > 40
    assert all(".search" in each for each in skipped), skipped


async def test_an_api_key_for_scim_opens_nothing_else(provider):
    answer = await provider.get("/api/v1/p/scim/v2/Users")
    assert answer.status_code == 200, answer.text
    for path in ("/api/v1/users", "/api/v1/groups"):
        assert (await provider.get(path)).status_code == 403
