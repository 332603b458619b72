"""How far a text's tone is from a brand's, by the embeddings of both."""

from collections.abc import Sequence
from math import fsum, sqrt
from uuid import UUID

from questline_ai_lab.authored import Tone
from questline_sdk import Context, QuestlineError
from questline_sdk.ai_calls import AI


async def tone_distance(ctx: Context, tone: Tone | None, text: str, course_id: UUID) -> float | None:
    """The cosine distance, 0 to 2, of a text from the mean of the samples; None where none can be measured now."""
    if tone is None:
        return None
    try:
        text_vector, *samples = await ctx.service(AI).embed(ctx, [text, *tone.samples], course_id=course_id)
    except QuestlineError:  # an answer is worth more than this one check; what went wrong is in the record of calls
        return None
    return _distance(text_vector, [fsum(column) for column in zip(*samples, strict=True)])


def _distance(one: Sequence[float], other: Sequence[float]) -> float:
    lengths = sqrt(fsum(each * each for each in one)) * sqrt(fsum(each * each for each in other))
    if lengths == 0:
        return 1.0
    return 1 - fsum(a * b for a, b in zip(one, other, strict=True)) / lengths
