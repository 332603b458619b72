"""Envelope encryption: a ring of keys wraps the tenants' data keys, and these seal the columns that are declared so."""
