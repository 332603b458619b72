"""What a tenant's people can sign in with."""

from urllib.parse import urlsplit

from sqlalchemy import select

from questline_core.auth.external.flows import LASTS as FLOW_LASTS
from questline_core.auth.external.flows import Flow, Purpose, new_request
from questline_core.auth.external.models import LinkedIdentity
from questline_core.auth.external.schemas import SignInWith
from questline_core.auth.sessions import end_sessions_of
from questline_core.context import HostContext
from questline_core.mail.service import site_address
from questline_sdk import Context, NotFound
from questline_sdk.services import Service
from questline_sdk.sign_in import SignInAddresses, SignInProvider, SignInProviders, SignInSessions, SignInSite


async def offered(ctx: Context) -> list[SignInWith]:
    """Every option of every provider, in load order."""
    return [
        SignInWith(provider=f"{name}.{option.id}", label=option.label, icon=option.icon)
        for name, provider in (await ctx.service(SignInProviders).all()).items()
        for option in await provider.options(ctx)
    ]


async def find(ctx: Context, name: str) -> tuple[str, SignInProvider, str]:
    """A provider's name, the provider and one of its options, by their name in addresses; raises `NotFound`."""
    provider_name, _, option = name.rpartition(".")
    provider = (await ctx.service(SignInProviders).all()).get(provider_name)
    if provider is None or option not in {each.id for each in await provider.options(ctx)}:
        raise NotFound("This site has no such way to sign in (any more).", code="provider_unknown")
    return provider_name, provider, option


async def begin(
    ctx: HostContext, name: str, purpose: Purpose, *, origin: str | None, locale: str = "en", time_zone: str = "UTC"
) -> tuple[Flow, str]:
    """Begin a way to a provider: what to remember of it, and where to send the browser.

    Args:
        ctx: The unit of work.
        name: The provider's option.
        purpose: What for.
        origin: The page's origin, which the browser comes back to where it is the site's own.
        locale: The person's language.
        time_zone: Their time zone.
    """
    provider_name, provider, option = await find(ctx, name)
    request = new_request(purpose, await addresses_of(ctx, name, origin), locale)
    redirect = await provider.begin(ctx, option, request)
    flow = Flow(
        purpose=purpose,
        provider=provider_name,
        option=option,
        state=request.state,
        addresses=request.addresses,
        kept=redirect.kept,
        locale=locale,
        time_zone=time_zone,
        user_id=ctx.actor.id if ctx.actor else None,
        session_id=ctx.actor.session_id if ctx.actor else None,
        expires_at=ctx.now + FLOW_LASTS,
    )
    return flow, redirect.url


async def addresses_of(ctx: HostContext, name: str, origin: str | None = None) -> SignInAddresses:
    """Where a provider sends the browser back to.

    A development server stands at the site's name with another port; any other origin gives way to the site's address.
    """
    base = site_address(ctx.host.settings, await ctx.host.tenants.get(ctx.tenant_id))
    if origin and urlsplit(origin).hostname == urlsplit(base).hostname:
        base = origin
    return SignInAddresses(return_to=f"{base}/log-in/with/{name}", answer_to=f"{base}/api/v1/sign-in/{name}/answer")


class Site:
    """How providers reach the tenant's site."""

    def __init__(self, ctx: HostContext) -> None:
        self._ctx = ctx

    async def addresses(self, provider: str, option: str) -> SignInAddresses:
        """The addresses of one option."""
        return await addresses_of(self._ctx, f"{provider}.{option}")


class Sessions:
    """Ends the sessions of people whom accounts elsewhere sign in."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def end(self, provider: str, option: str, *, issuer: str, subject: str) -> bool:
        """End every session of the user whom an account signs in; False where it signs nobody in."""
        user_id = await self._ctx.session.scalar(
            select(LinkedIdentity.user_id).where(
                LinkedIdentity.provider == f"{provider}.{option}",
                LinkedIdentity.issuer == issuer,
                LinkedIdentity.subject == subject,
            )
        )
        if user_id is None:
            return False
        await end_sessions_of(self._ctx, user_id, reason="ended_elsewhere")
        await self._ctx.audit("identity.sessions.ended_elsewhere", subject=("user", user_id))
        return True


SIGN_IN_SERVICES = [
    Service(protocol=SignInSite, factory=Site),  # type: ignore[arg-type]
    Service(protocol=SignInSessions, factory=Sessions),
]
