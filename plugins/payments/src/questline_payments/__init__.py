"""Selling courses: products and prices, orders, a double-entry ledger, and access derived from it."""

__version__ = "0.1.0"
