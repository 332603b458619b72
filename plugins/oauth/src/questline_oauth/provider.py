"""The tenant's providers, each by the way it speaks."""

from collections.abc import Sequence
from typing import ClassVar

from questline_oauth import github, openid
from questline_oauth.presets import PRESETS
from questline_oauth.settings import OAuthSettings, Provider
from questline_sdk import Context
from questline_sdk.sign_in import (
    SignInAnswer,
    SignInOption,
    SignInProvider,
    SignInRedirect,
    SignInRequest,
    SignInUnavailable,
    VerifiedIdentity,
)


class OAuthProvider(SignInProvider):
    """Every provider in the tenant's settings."""

    name: ClassVar[str] = "oauth"

    async def options(self, ctx: Context) -> Sequence[SignInOption]:
        """A button for each."""
        settings = await ctx.settings(OAuthSettings)
        return [SignInOption(id=each.id, label=each.shown, icon=PRESETS[each.kind].icon) for each in settings.providers]

    async def begin(self, ctx: Context, option: str, request: SignInRequest) -> SignInRedirect:
        """Send the browser to the provider."""
        settings = await _settings(ctx, option)
        if settings.kind == "github":
            return await github.begin(ctx, settings, request)
        return await openid.begin(ctx, settings, request)

    async def complete(self, ctx: Context, option: str, answer: SignInAnswer) -> VerifiedIdentity:
        """Verify what came back from it."""
        settings = await _settings(ctx, option)
        if settings.kind == "github":
            return await github.complete(ctx, settings, answer)
        return await openid.complete(ctx, settings, answer)


async def _settings(ctx: Context, option: str) -> Provider:
    for each in (await ctx.settings(OAuthSettings)).providers:
        if each.id == option:
            return each
    raise SignInUnavailable("This provider is not set up any more.")
