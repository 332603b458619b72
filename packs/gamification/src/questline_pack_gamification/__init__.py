"""The gamification pack: points, badges and leaderboards."""

from questline_sdk.packs import Pack

__all__ = ["PACK"]

PACK = Pack(
    id="gamification",
    title="Gamification",
    summary="Points for what learners do, badges for milestones, and live leaderboards.",
    plugins={"points": ">=0.1,<0.2", "badges": ">=0.1,<0.2", "leaderboards": ">=0.1,<0.2"},
    settings={"leaderboards": {"top": 10, "neighbours": 3}},
    onboarding="""\
Learners earn points from their next lesson on: rules, levels and badges for a start are in place.

1. Read the [rules](/x/points/rules) and change what earns how much.
2. Name the levels after your own trade, in the [settings of Points](/admin/plugins/points).
3. Look at the [badges](/x/badges) from a learner's side, then at the [leaderboards](/x/leaderboards).

A learner can leave the leaderboards or take a pseudonym; nobody has to compete.
""",
)
