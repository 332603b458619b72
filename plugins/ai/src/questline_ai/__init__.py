"""AI: one way for placements to ask, whatever provider answers, and a ledger of what it costs."""

__version__ = "0.1.0"
