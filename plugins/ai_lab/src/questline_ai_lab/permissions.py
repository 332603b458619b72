"""Who may practise, keep prompts, and decide on appeals."""

from questline_sdk import Permission
from questline_sdk.permissions import MEMBERS, TEACHERS

PRACTISE = "ai_lab.practise"
KEEP = "ai_lab.library.use"
MODERATE = "ai_lab.library.moderate"
DECIDE = "ai_lab.appeals.decide"

PERMISSIONS = (
    Permission(name=PRACTISE, title="Practise copywriting in lessons", roles=MEMBERS),
    Permission(name=KEEP, title="Keep prompts, share them and vote for them", roles=MEMBERS),
    Permission(name=MODERATE, title="Take prompts of others out of the shared library", roles=TEACHERS),
    Permission(name=DECIDE, title="Decide on appeals against scores", roles=TEACHERS),
)
