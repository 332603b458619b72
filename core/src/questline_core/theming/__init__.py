"""How a tenant's site looks: its theme, what the tenant changed of it, and who may see which of both."""
