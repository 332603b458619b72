"""What the plugin contributes."""

from questline_ai_sandbox.provider import SandboxProvider
from questline_ai_sandbox.settings import SandboxSettings
from questline_sdk import Plugin, PluginSettings, hookimpl
from questline_sdk.ai import AIProvider


class SandboxPlugin(Plugin):
    """A provider of sample answers."""

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """How it behaves."""
        return SandboxSettings

    @hookimpl
    def register_ai_providers(self) -> list[AIProvider]:
        """The rule-based writer."""
        return [SandboxProvider()]


plugin = SandboxPlugin()
