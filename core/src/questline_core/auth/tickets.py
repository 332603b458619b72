"""Tickets: what the server would have to remember between two steps, sealed and handed to the browser instead.

A ticket is good for one purpose, for five minutes, and, where it is spent, once.
"""

import base64
import datetime as dt
from typing import TypeVar

import msgspec

from questline_core.auth.links import link_over, spend
from questline_core.auth.sealing import SealError
from questline_core.context import HostContext

T = TypeVar("T", bound="Ticket")
LASTS = dt.timedelta(minutes=5)


class Ticket(msgspec.Struct, frozen=True, kw_only=True):
    """Base of what a ticket says."""

    expires_at: dt.datetime


def seal_ticket(ctx: HostContext, ticket: Ticket) -> str:
    """Write a ticket for this tenant."""
    sealer = ctx.host.sealer(f"ticket {type(ticket).__name__}")
    return base64.urlsafe_b64encode(sealer.seal(msgspec.json.encode(ticket), of=ctx.tenant_id.bytes)).decode()


def open_ticket(ctx: HostContext, text: str, kind: type[T]) -> T:
    """Read a ticket of this tenant; raises `Invalid` (`link_over`)."""
    try:
        sealed = base64.urlsafe_b64decode(text)
        content = ctx.host.sealer(f"ticket {kind.__name__}").open(sealed, of=ctx.tenant_id.bytes)
        ticket = msgspec.json.decode(content, type=kind)
    except (SealError, ValueError, msgspec.DecodeError):
        raise link_over() from None
    if ticket.expires_at <= ctx.now:
        raise link_over()
    return ticket


async def spend_ticket(ctx: HostContext, text: str, ticket: Ticket) -> None:
    """Use a ticket up; raises `Invalid` (`link_over`) where it was already."""
    await spend(ctx, text, until=ticket.expires_at)
