"""Answers that a provider's page posts: kept sealed for the browser, which comes for them with its cookie.

The post comes from another site, so no cookie of ours is with it and nothing is decided by it.
"""

import datetime as dt
import secrets

import msgspec
from sqlalchemy import delete, insert

from questline_core.auth.external.models import ProviderAnswer
from questline_core.auth.links import digest, link_over
from questline_core.context import HostContext
from questline_sdk import Invalid

LASTS = dt.timedelta(minutes=5)
SEALED_FOR = "provider answer"
LONGEST_STATE = 200


def state_of(fields: dict[str, str]) -> str:
    """The state that an answer gives back, as OpenID Connect or as SAML calls it; raises `Invalid`."""
    state = fields.get("state") or fields.get("RelayState") or ""
    if not state or len(state) > LONGEST_STATE:
        raise Invalid("This answer belongs to no sign-in that was begun here.", code="link_over")
    return state


async def keep(ctx: HostContext, fields: dict[str, str]) -> str:
    """Keep an answer; returns the token that gets it back."""
    token = secrets.token_urlsafe(32)
    sealed = ctx.host.sealer(SEALED_FOR).seal(msgspec.json.encode(fields), of=digest(token))
    values = {"token_hash": digest(token), "sealed": sealed, "expires_at": ctx.now + LASTS}
    await ctx.session.execute(insert(ProviderAnswer).values(values))
    return token


async def take(ctx: HostContext, token: str) -> dict[str, str]:
    """Get an answer, once; raises `Invalid` (`link_over`)."""
    sealed = await ctx.session.scalar(
        delete(ProviderAnswer)
        .where(ProviderAnswer.token_hash == digest(token), ProviderAnswer.expires_at > ctx.now)
        .returning(ProviderAnswer.sealed)
    )
    if sealed is None:
        raise link_over()
    return msgspec.json.decode(ctx.host.sealer(SEALED_FOR).open(sealed, of=digest(token)), type=dict[str, str])


async def forget_unclaimed(ctx: HostContext) -> None:
    """Remove answers nobody came for."""
    await ctx.session.execute(delete(ProviderAnswer).where(ProviderAnswer.expires_at <= ctx.now))
