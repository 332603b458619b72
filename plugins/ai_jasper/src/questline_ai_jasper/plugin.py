"""What the plugin contributes."""

from questline_ai_jasper.provider import JasperProvider
from questline_ai_jasper.settings import JasperSettings
from questline_sdk import Plugin, PluginSettings, hookimpl
from questline_sdk.ai import AIProvider


class JasperPlugin(Plugin):
    """An AI provider and the settings of its account."""

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """The tenant's workspace."""
        return JasperSettings

    @hookimpl
    def register_ai_providers(self) -> list[AIProvider]:
        """The adapter."""
        return [JasperProvider()]


plugin = JasperPlugin()
