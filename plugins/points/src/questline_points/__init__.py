"""Points: an append-only ledger that rules write to, and levels read off its balance."""

__version__ = "0.1.0"
