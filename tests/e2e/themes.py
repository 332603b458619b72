"""Choosing and changing the demo site's theme from outside of the browser."""

from typing import Any

import httpx
from tests.e2e.signing_in import PASSWORD


async def _admin(client: httpx.AsyncClient) -> dict[str, str]:
    login = await client.post("/api/v1/auth/log-in", json={"email": "admin@demo.example", "password": PASSWORD})
    return {"authorization": f"Bearer {login.raise_for_status().json()['access_token']}"}


async def set_theme(address: str, theme: str, tokens: dict[str, Any] | None = None) -> None:
    """Choose a theme; where tokens are given, they replace what was changed of it."""
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        headers = await _admin(client)
        chosen = await client.put("/api/v1/tenant/theme", json={"theme": theme}, headers=headers)
        chosen.raise_for_status()
        if tokens is None:
            return
        editor = (await client.get("/api/v1/tenant/theme", headers=headers)).raise_for_status().json()
        if editor["overrides"] == tokens:
            return
        kept = {name: editor[name] for name in ("version", "site_name", "strings", "logo")}
        body = kept | {"theme": theme, "tokens": tokens}
        (await client.put("/api/v1/tenant/theme/changes", json=body, headers=headers)).raise_for_status()


async def reset_theme(address: str) -> None:
    """The default theme as it came."""
    await set_theme(address, "aurora", {})


async def style_sheet(address: str) -> str:
    """What a visitor's browser is given."""
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        return (await client.get("/api/v1/ui/theme.css")).raise_for_status().text
