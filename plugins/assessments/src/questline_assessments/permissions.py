"""Who may take assessments and who may see their answers."""

from questline_sdk import Permission
from questline_sdk.permissions import MEMBERS, TEACHERS

TAKE = "assessments.take"
MANAGE = "assessments.manage"

PERMISSIONS = (
    Permission(name=TAKE, title="Take quizzes and checks", roles=MEMBERS),
    Permission(name=MANAGE, title="See the answers of quizzes and checks", roles=TEACHERS),
)
