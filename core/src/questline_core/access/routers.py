"""Every router of roles and keys."""

from questline_core.access.key_routes import router as keys_router
from questline_core.access.routes import router as roles_router

ACCESS_ROUTERS = [roles_router, keys_router]
