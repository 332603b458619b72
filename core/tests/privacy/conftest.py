import datetime as dt

import pytest
import pytest_asyncio

from questline_core.auth.models import AuthSession
from questline_core.privacy.settings import PrivacyRules, change_rules
from questline_core.testing import TestSite


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site():
    """A site without plugins."""
    async with TestSite.open([]) as running:
        yield running


@pytest.fixture
def prove(site):
    """Let a client have proved a moment ago who they are."""

    async def prove_it(client, *, ago=dt.timedelta(0)):
        async with site.context(client.tenant_id) as ctx:
            ctx.session.add(
                AuthSession(
                    id=client.user_id,
                    user_id=client.user_id,
                    created_at=ctx.now,
                    last_used_at=ctx.now,
                    expires_at=ctx.now + dt.timedelta(days=1),
                    authenticated_at=ctx.now - ago,
                )
            )
        return client

    return prove_it


@pytest.fixture
def decide(site, tenant):
    """Change what the tenant decided."""

    async def change(**values):
        async with site.context(tenant.id) as ctx:
            await change_rules(ctx, PrivacyRules(**values))

    return change
