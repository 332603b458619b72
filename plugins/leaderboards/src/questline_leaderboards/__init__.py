"""Leaderboards: exact ranks kept in Valkey and rebuilt from the ledger of points whenever they are missing."""

__version__ = "0.1.0"
