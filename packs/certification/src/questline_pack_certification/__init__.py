"""The certification pack: graded assessments with strict presets."""

from questline_sdk.packs import Pack

__all__ = ["PACK"]

PACK = Pack(
    id="certification",
    title="Certification",
    summary="Stricter assessments for courses whose end counts: a pass mark of 80 % and hardly any grace.",
    plugins={"assessments": ">=0.1,<0.2"},
    optional={"certificates": ">=0.1,<0.2"},
    settings={"assessments": {"default_pass_percent": 80, "grace_seconds": 5}},
    onboarding="""\
The pass mark holds for quizzes whose author has set none, from the next time their course is published.

1. Publish the courses that certify again, so that they take the new mark.
2. Where only one course certifies, give that course its own mark in the
   [settings of Assessments](/admin/plugins/assessments) and switch this pack off again.
3. Certificates themselves are issued by the plugin `certificates`; it joins this pack when it is installed.
""",
)
