"""What the plugin contributes."""

from questline_ai_openai.provider import OpenAIProvider
from questline_ai_openai.settings import OpenAISettings
from questline_sdk import Plugin, PluginSettings, hookimpl
from questline_sdk.ai import AIProvider


class OpenAIPlugin(Plugin):
    """An AI provider and the settings of its account."""

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """The tenant's account."""
        return OpenAISettings

    @hookimpl
    def register_ai_providers(self) -> list[AIProvider]:
        """The adapter."""
        return [OpenAIProvider()]


plugin = OpenAIPlugin()
