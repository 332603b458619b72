"""Who may see leaderboards."""

from questline_sdk import Permission
from questline_sdk.permissions import MEMBERS

READ = "leaderboards.board.read"
MANAGE_OWN = "leaderboards.preferences.manage"

PERMISSIONS = (
    Permission(name=READ, title="See the leaderboards", roles=MEMBERS),
    Permission(name=MANAGE_OWN, title="Choose how one appears on leaderboards", roles=MEMBERS),
)
