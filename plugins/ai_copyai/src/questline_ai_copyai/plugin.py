"""What the plugin contributes."""

from collections.abc import Sequence
from typing import Any

from questline_ai_copyai.permissions import PERMISSIONS
from questline_ai_copyai.provider import CopyAIProvider
from questline_ai_copyai.routes import ROUTES
from questline_ai_copyai.settings import CopyAISettings
from questline_sdk import Permission, Plugin, PluginSettings, hookimpl
from questline_sdk.ai import AIProvider


class CopyAIPlugin(Plugin):
    """An AI provider, the settings of its account, and its webhook."""

    @hookimpl
    def register_settings(self) -> type[PluginSettings]:
        """The tenant's workspace."""
        return CopyAISettings

    @hookimpl
    def register_permissions(self) -> Sequence[Permission]:
        """Who may register webhooks."""
        return PERMISSIONS

    @hookimpl
    def register_routes(self) -> Sequence[Any]:
        """The webhook."""
        return ROUTES

    @hookimpl
    def register_ai_providers(self) -> list[AIProvider]:
        """The adapter."""
        return [CopyAIProvider()]


plugin = CopyAIPlugin()
