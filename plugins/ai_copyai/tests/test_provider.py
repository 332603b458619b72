"""The adapter keeps every promise of an AI provider."""

from questline_sdk.testing.ai import AIProviderConformance


class TestProvider(AIProviderConformance):
    pass
