"""Who may connect the site to Copy.ai."""

from questline_sdk import Permission
from questline_sdk.permissions import ADMINS

MANAGE = "ai_copyai.webhooks.manage"

PERMISSIONS = (Permission(name=MANAGE, title="Register webhooks at Copy.ai", roles=ADMINS),)
