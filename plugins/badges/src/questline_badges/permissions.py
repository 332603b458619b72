"""Who may see badges and who defines them."""

from questline_sdk import Permission
from questline_sdk.permissions import ADMINS, MEMBERS

READ_OWN = "badges.gallery.read"
MANAGE = "badges.definitions.manage"

PERMISSIONS = (
    Permission(name=READ_OWN, title="See the badges and one's own progress", roles=MEMBERS),
    Permission(name=MANAGE, title="Define badges", roles=ADMINS),
)
