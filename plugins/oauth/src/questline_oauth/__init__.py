"""Log-in with OpenID Connect providers and with GitHub."""

__version__ = "0.1.0"
