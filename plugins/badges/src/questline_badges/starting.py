"""The badges a tenant starts with: small ones soon, a few to work for, one for those who finish."""

from questline_badges.criteria import CourseDone, EventCount, PointsTotal, Streak
from questline_badges.schemas import DefinitionInput
from questline_sdk.conditions import Condition
from questline_sdk.events import LessonCompleted, ModuleCompleted

ATTEMPT = "assessments.attempt.submitted.v1"
EXERCISE = "ai_lab.exercise.answered.v1"
LESSON = LessonCompleted.event_type
MODULE = ModuleCompleted.event_type
FIRST_ANSWER = Condition(field="first", op="eq", value=True)
FIRST_PASS = Condition(field="first_pass", op="eq", value=True)
PERFECT = Condition(field="percent", op="gte", value=100)

STARTING_BADGES = (
    DefinitionInput(
        slug="first-brief", title="First Brief", icon="rocket", tier="bronze",
        description="Completed the first lesson.", hint="Complete any lesson.",
        criterion=EventCount(event=LESSON, count=1),
    ),
    DefinitionInput(
        slug="a-b-tested", title="A/B Tested", icon="flask", tier="bronze",
        description="Passed the first quiz.", hint="Pass any module quiz.",
        criterion=EventCount(event=ATTEMPT, count=1, condition=FIRST_PASS),
    ),
    DefinitionInput(
        slug="warm-lead", title="Warm Lead", icon="flame", tier="bronze",
        description="Learned on three days in a row.", hint="Complete a lesson a day, three days running.",
        criterion=Streak(days=3),
    ),
    DefinitionInput(
        slug="funnel-stage", title="Down the Funnel", icon="funnel", tier="bronze",
        description="Completed a whole module.", hint="Finish every lesson of one module.",
        criterion=EventCount(event=MODULE, count=1),
    ),
    DefinitionInput(
        slug="first-hundred", title="First Hundred", icon="coins", tier="bronze",
        description="Earned 100 points.", hint="Lessons and quizzes earn points.",
        criterion=PointsTotal(points=100),
    ),
    DefinitionInput(
        slug="clean-copy", title="Clean Copy", icon="target", tier="silver",
        description="Answered every question of a quiz correctly.", hint="Score 100 % in one attempt.",
        criterion=EventCount(event=ATTEMPT, count=1, condition=PERFECT),
    ),
    DefinitionInput(
        slug="content-engine", title="Content Engine", icon="layers", tier="silver",
        description="Completed ten lessons.", hint="Keep going: ten lessons in all.",
        criterion=EventCount(event=LESSON, count=10),
    ),
    DefinitionInput(
        slug="wordsmith", title="Wordsmith", icon="star", tier="silver",
        description="Answered five exercises of the copy lab.", hint="Prompts, texts to improve and duels all count.",
        criterion=EventCount(event=EXERCISE, count=5, condition=FIRST_ANSWER),
    ),
    DefinitionInput(
        slug="multi-channel", title="Multi-channel", icon="megaphone", tier="silver",
        description="Completed three modules.", hint="Finish three modules of any course.",
        criterion=EventCount(event=MODULE, count=3),
    ),
    DefinitionInput(
        slug="always-on", title="Always On", icon="flame", tier="silver",
        description="Learned on seven days in a row.", hint="A lesson a day for a week.",
        criterion=Streak(days=7),
    ),
    DefinitionInput(
        slug="high-performer", title="High Performer", icon="chart", tier="silver",
        description="Earned 500 points.", hint="Passing quizzes earns the most.",
        criterion=PointsTotal(points=500),
    ),
    DefinitionInput(
        slug="evidence-based", title="Evidence-based", icon="shield", tier="gold",
        description="Passed five quizzes.", hint="Pass the module quizzes and the final one.",
        criterion=EventCount(event=ATTEMPT, count=5, condition=FIRST_PASS),
    ),
    DefinitionInput(
        slug="course-graduate", title="Campaign Launched", icon="cap", tier="gold",
        description="Completed a whole course.", hint="Finish every lesson and pass every quiz of a course.",
        criterion=CourseDone(),
    ),
)  # fmt: skip
