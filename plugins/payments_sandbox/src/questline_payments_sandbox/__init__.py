"""Play money as a payment provider."""

__version__ = "0.1.0"
