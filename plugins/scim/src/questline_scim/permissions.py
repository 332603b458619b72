"""Who may keep people and groups by SCIM."""

from questline_sdk import Permission
from questline_sdk.permissions import ADMINS

MANAGE = "scim.directory.manage"

PERMISSIONS = (Permission(name=MANAGE, title="Keep people and groups by SCIM", roles=ADMINS),)
