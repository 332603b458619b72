"""Who may see and rule over points."""

from questline_sdk import Permission
from questline_sdk.permissions import ADMINS, MEMBERS

READ_OWN = "points.balance.read"
MANAGE_RULES = "points.rules.manage"

PERMISSIONS = (
    Permission(name=READ_OWN, title="See one's own points and level", roles=MEMBERS),
    Permission(name=MANAGE_RULES, title="Change what earns points", roles=ADMINS),
)
