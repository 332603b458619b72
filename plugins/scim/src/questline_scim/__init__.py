"""SCIM 2.0 (RFC 7643, RFC 7644): another system keeps the people and groups of a site."""
