"""Who may practise."""

from questline_sdk import Permission
from questline_sdk.permissions import MEMBERS

PRACTISE = "ai_lab.practise"

PERMISSIONS = (Permission(name=PRACTISE, title="Practise copywriting in lessons", roles=MEMBERS),)
