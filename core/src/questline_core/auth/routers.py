"""Every route of identity."""

from questline_core.auth.account_routes import router as accounts
from questline_core.auth.admin_routes import router as administration
from questline_core.auth.external.routes import router as elsewhere
from questline_core.auth.routes import router as sessions
from questline_core.auth.security_routes import key_set
from questline_core.auth.security_routes import router as security

IDENTITY_ROUTERS = [sessions, accounts, security, elsewhere, administration, key_set]
