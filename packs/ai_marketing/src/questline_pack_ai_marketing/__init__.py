"""The AI marketing pack: quizzes, the copy lab, gamification with a marketer's career, and the Aurora theme."""

from questline_pack_ai_marketing.career import LEVELS
from questline_sdk.packs import Pack
from questline_sdk.permissions import Role

__all__ = ["PACK"]

PACK = Pack(
    id="ai-marketing",
    title="AI marketing",
    summary="Everything behind the AI marketing courses: quizzes, a copy lab, points, badges and a marketer's career.",
    plugins={
        "ai": ">=0.1,<0.2",
        "ai_lab": ">=0.1,<0.2",
        "assessments": ">=0.1,<0.2",
        "points": ">=0.1,<0.2",
        "badges": ">=0.1,<0.2",
        "leaderboards": ">=0.1,<0.2",
    },
    settings={
        "points": {"levels": LEVELS},
        "assessments": {"default_pass_percent": 70, "grace_seconds": 20},
        "badges": {"show_locked": True},
    },
    roles={Role.AUTHOR: ("points.rules.manage", "badges.definitions.manage")},
    theme="aurora",
    onboarding="""\
Your people start as prompt apprentices and work their way up to chief AI marketer.

1. Publish a course: `questline course import DIR` takes the AI marketing course or one of yours.
2. Authors can change the [rules](/x/points/rules) and the badges while this pack is on, so that those who write the
   lessons decide what they are worth.
3. Exercises in which learners [run their own prompts](/admin/plugins/ai) need an AI provider: switch one on among the
   plugins. Sample AI needs no account.
4. A quiz without a mark of its own is passed with 70 %; change that for the site or for one course in the
   [settings of Assessments](/admin/plugins/assessments).
""",
)
