"""Who may do what with AI."""

from questline_sdk import Permission
from questline_sdk.permissions import MEMBERS

READ = "ai.settings.read"
MANAGE = "ai.settings.manage"
SPEND = "ai.spend.read"
RATE = "ai.answers.rate"

PERMISSIONS = (
    Permission(name=READ, title="See AI providers, templates and budgets"),
    Permission(name=MANAGE, title="Change AI templates and budgets, and try providers"),
    Permission(name=SPEND, title="See what AI costs"),
    Permission(name=RATE, title="Say whether an AI answer helped", roles=MEMBERS),
)
