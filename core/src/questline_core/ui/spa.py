"""The page that starts the application, with a fresh nonce for its styles and the policy that goes with it."""

from pathlib import Path
from secrets import token_urlsafe
from typing import Any

import msgspec
from litestar import Request, Response

from questline_core.ui.static import load

NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Questline: pages not built</title></head>
<body><h1>The server runs, its pages are not built</h1>
<p>The API answers under <code>/api/v1</code>. To build the pages, run <code>npm ci</code> and
<code>npm run build</code> in the checkout (<code>make demo</code> does both), then reload this page.</p>
</body></html>
"""
NOT_BUILT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"


NOBODY, OWN_SITE = "frame-ancestors 'none'", "frame-ancestors 'self'"
PREVIEW = "preview"
"""Query of an address that the theme editor shows in a frame; its value is the colour scheme."""


class Policy(msgspec.Struct, frozen=True):
    """`csp.json`, as the application's build writes it."""

    policy: str
    nonce_placeholder: str


async def start_page(dist: Path, *, framed: bool = False) -> Response[str]:
    """The application's start page, `framed` for the site's own preview; without a build, a page on how to make one."""
    page, policy_file = dist / "index.html", dist / "csp.json"
    if not page.is_file() or not policy_file.is_file():
        headers = {"content-security-policy": NOT_BUILT_POLICY, "cache-control": "no-store"}
        return Response(NOT_BUILT, status_code=503, headers=headers, media_type="text/html")
    policy = msgspec.json.decode((await load(policy_file)).content, type=Policy)
    nonce = token_urlsafe(16)
    rules = policy.policy.replace(NOBODY, OWN_SITE) if framed else policy.policy
    html = (await load(page)).content.decode().replace(policy.nonce_placeholder, nonce)
    headers = {
        "content-security-policy": rules.replace(policy.nonce_placeholder, nonce),
        "cache-control": "no-cache",
        "cross-origin-opener-policy": "same-origin",
    }
    return Response(html, headers=headers, media_type="text/html")


def is_preview(request: Request[Any, Any, Any]) -> bool:
    """Say whether a page is asked for to be shown in the theme editor's frame."""
    return request.query_params.get(PREVIEW) in {"light", "dark"}


def is_navigation(request: Request[Any, Any, Any], path: str) -> bool:
    """Say whether a request wants a page, not a file: browsers say so themselves; others are judged by the address."""
    mode = request.headers.get("sec-fetch-mode")
    if mode is not None:
        return mode == "navigate"
    return "text/html" in request.headers.get("accept", "") or "." not in path.rpartition("/")[2]
