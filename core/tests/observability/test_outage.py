"""Readiness while a service is gone."""

import shutil
import tempfile
from pathlib import Path

from questline_core.services import EmbeddedServices
from questline_core.testing import TestSite


async def test_names_the_service_that_does_not_answer() -> None:
    folder = Path(tempfile.mkdtemp(prefix="questline-outage-"))
    services = EmbeddedServices(folder)
    try:
        services.start()
        async with TestSite.open([], services=services) as site, site.client() as client:
            assert (await client.get("/health/ready")).status_code == 200
            services.stop()
            answer = await client.get("/health/ready")
            assert answer.status_code == 503
            assert {error["field"] for error in answer.json()["errors"]} == {"postgresql", "valkey"}
            assert (await client.get("/health/live")).status_code == 200
            services.start()
            assert (await client.get("/health/ready")).status_code == 200
    finally:
        services.stop()
        services.purge()
        shutil.rmtree(folder, ignore_errors=True)
