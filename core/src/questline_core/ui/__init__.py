"""The pages: the built application, the plugins' bundles and the tenant's theme."""
