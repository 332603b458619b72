"""Every route of people."""

from questline_core.people.admin_routes import router as administration
from questline_core.people.impersonation_routes import router as impersonation
from questline_core.people.imports.routes import router as imports
from questline_core.people.routes import router as profiles

PEOPLE_ROUTERS = [profiles, administration, imports, impersonation]
