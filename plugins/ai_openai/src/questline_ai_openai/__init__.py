"""OpenAI as an AI provider."""

__version__ = "0.1.0"
