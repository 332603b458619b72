"""Who may look after bank transfers."""

from questline_sdk import Permission
from questline_sdk.permissions import ADMINS

MANAGE = "payments_manual.transfers.manage"

PERMISSIONS = (Permission(name=MANAGE, title="Confirm bank transfers and send refunds", roles=ADMINS),)
