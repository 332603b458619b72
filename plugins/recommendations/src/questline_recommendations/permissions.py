"""Who may see recommendations and have them made."""

from questline_sdk import Permission
from questline_sdk.permissions import ADMINS, MEMBERS

READ = "recommendations.lessons.read"
TRAIN = "recommendations.model.train"

PERMISSIONS = (
    Permission(name=READ, title="See what to learn next", roles=MEMBERS),
    Permission(name=TRAIN, title="Have recommendations made anew", roles=ADMINS),
)
