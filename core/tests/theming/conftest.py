"""An admin's editor of the theme."""

from typing import Any

import pytest


@pytest.fixture
def save():
    """Save changes through the API: `answer = await save(admin, {"radius.card": "4px"}, site_name="Acme")`."""

    async def save_(admin: Any, tokens: dict[str, Any], **changes: Any) -> Any:
        editor = (await admin.get("/api/v1/tenant/theme")).json()
        body = {
            "theme": editor["theme"]["id"],
            "version": editor["version"],
            "tokens": tokens,
            "site_name": editor["site_name"],
            "strings": editor["strings"],
            "logo": editor["logo"],
        }
        return await admin.put("/api/v1/tenant/theme/changes", json=body | changes)

    return save_
