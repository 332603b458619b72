"""Feature packs: plugins, presets, grants and a theme that a tenant switches on as one."""
