"""What the plugin contributes."""

from typing import Any

from questline_saml.provider import SamlProvider
from questline_saml.routes import ROUTES
from questline_saml.settings import SamlSettings
from questline_sdk import Plugin, PluginSettings, hookimpl
from questline_sdk.sign_in import SignInProvider


class SamlPlugin(Plugin):
    """A way to sign in for each identity provider that the tenant has set up."""

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """The tenant's identity providers."""
        return SamlSettings

    @hookimpl
    def register_routes(self) -> list[Any]:
        """The metadata."""
        return ROUTES

    @hookimpl
    def register_sign_in_providers(self) -> list[SignInProvider]:
        """All of them behind one."""
        return [SamlProvider()]


plugin = SamlPlugin()
