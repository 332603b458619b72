"""A way to a provider and back: what it was begun for, sealed in a cookie of the browser that began it.

Only that browser can end it, once, within ten minutes, so nobody can be signed in to somebody else's account by a link.
"""

import base64
import datetime as dt
import hmac
import secrets
from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from litestar import Request
from litestar.datastructures import Cookie

from questline_core.auth.cookies import hidden_cookie, read_cookie
from questline_core.auth.links import digest, link_over
from questline_core.auth.tickets import Ticket, open_ticket, seal_ticket
from questline_core.context import HostContext
from questline_sdk import Context
from questline_sdk.sign_in import SignInAddresses, SignInRequest

AnyRequest = Request[Any, Any, Any]
Purpose = Literal["log_in", "link", "prove"]
LASTS = dt.timedelta(minutes=10)
COOKIE = "questline_sign_in"
PATH = "/api/v1/sign-in"
NAMED_BY = 8
"""Characters of the state that the cookie's name ends with, so that two tabs do not take each other's."""


class Flow(Ticket, frozen=True, kw_only=True):
    """What a way to a provider was begun for."""

    purpose: Purpose
    provider: str
    option: str
    state: str
    addresses: SignInAddresses
    kept: Mapping[str, str]
    locale: str = "en"
    time_zone: str = "UTC"
    user_id: UUID | None = None
    """Who is signed in, where they link an account or prove who they are."""
    session_id: UUID | None = None

    @property
    def name(self) -> str:
        """The provider's option in addresses."""
        return f"{self.provider}.{self.option}"

    @property
    def fresh(self) -> bool:
        """Whether the person has to prove anew who they are."""
        return self.purpose == "prove"


def new_request(purpose: Purpose, addresses: SignInAddresses, locale: str) -> SignInRequest:
    """A request with an unguessable state, whose first word says to the page what it is for."""
    state = f"{purpose}.{secrets.token_urlsafe(32)}"
    return SignInRequest(addresses=addresses, state=state, fresh=purpose == "prove", locale=locale)


def flow_cookie(ctx: HostContext, request: AnyRequest, flow: Flow) -> Cookie:
    """The cookie that remembers a way."""
    return _cookie(ctx, request, flow.state, seal_ticket(ctx, flow), int(LASTS.total_seconds()))


def no_flow_cookie(ctx: HostContext, request: AnyRequest, flow: Flow) -> Cookie:
    """The cookie that makes the browser forget a way that has ended."""
    return _cookie(ctx, request, flow.state, "", 0)


def read_flow(ctx: HostContext, request: AnyRequest, state: str, *, name: str, purpose: Purpose) -> tuple[Flow, str]:
    """The way that this browser began with this state, and its sealed text; raises `Invalid` (`link_over`)."""
    text = read_cookie(request, ctx.host.settings, _name(state))
    flow = open_ticket(ctx, text, Flow)
    same = hmac.compare_digest(flow.state.encode(), state.encode())
    if not same or flow.name != name or flow.purpose != purpose:
        raise link_over()
    return flow, text


def is_signed_in_as_before(ctx: Context, flow: Flow) -> bool:
    """Say whether a way that a signed-in user began is ended by the same user in the same session."""
    return (flow.user_id, flow.session_id) == (ctx.user.id, ctx.user.session_id)


def _name(state: str) -> str:
    # Of the digest, not of the state: cookie names show up in places that secrets should not.
    short = base64.b32encode(digest(state)).decode()[:NAMED_BY].lower()
    return f"{COOKIE}_{short}"


def _cookie(ctx: HostContext, request: AnyRequest, state: str, value: str, seconds: int) -> Cookie:
    return hidden_cookie(request, ctx.host.settings, _name(state), value, seconds, path=PATH)
