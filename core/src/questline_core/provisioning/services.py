"""The services of provisioning."""

from questline_core.provisioning.accounts import ProvisionedAccounts
from questline_core.provisioning.groups import ProvisionedGroups
from questline_sdk.provisioning import Accounts, Groups
from questline_sdk.services import Service

PROVISIONING_SERVICES = [
    Service(protocol=Accounts, factory=ProvisionedAccounts),
    Service(protocol=Groups, factory=ProvisionedGroups),
]
