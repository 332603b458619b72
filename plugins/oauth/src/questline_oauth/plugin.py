"""What the plugin contributes."""

from questline_oauth.provider import OAuthProvider
from questline_oauth.settings import OAuthSettings
from questline_sdk import Plugin, PluginSettings, hookimpl
from questline_sdk.sign_in import SignInProvider


class OAuthPlugin(Plugin):
    """A way to sign in for each provider that the tenant has set up."""

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """The tenant's providers."""
        return OAuthSettings

    @hookimpl
    def register_sign_in_providers(self) -> list[SignInProvider]:
        """All of them behind one."""
        return [OAuthProvider()]


plugin = OAuthPlugin()
