"""The hybrid: what the signals together say for each learner, and which of them says most.

The weights of order and company were chosen on the first file of the public data that the documentation names; its
second was left alone.
"""

from typing import Literal

import msgspec
import numpy as np
from scipy import sparse

from questline_recommendations.fitting import Fitted
from questline_recommendations.histories import Floats, Histories, Numbers

Reason = Literal["after", "together", "gap", "similar"]
REASONS: tuple[Reason, ...] = ("after", "together", "gap", "similar")
RECENT, RECENT_DECAY = 5, 0.5
"""`after` and `similar` look at so many of the latest items, each older one at half the weight."""
FADE, FADED = 0.9, 0.3
"""`together` looks at all items; older ones count less, but never less than this."""
WEIGHTS: dict[Reason, float] = {"after": 1.0, "together": 0.7, "gap": 1.0, "similar": 0.25}


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """One suggested item, the signal that speaks most for it, and the item of the learner's own that it follows."""

    item: int
    reason: Reason
    because: int


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """What each signal says: learners by items, and the learners' own items by their weight in it."""

    total: Floats
    parts: dict[Reason, Floats]
    sources: dict[Reason, sparse.csr_array]


def score(fitted: Fitted, histories: Histories, gaps: sparse.csr_array | None = None) -> Scores:
    """Score every item for every learner; what a learner has come to already is left out (minus infinity).

    Args:
        fitted: The signals.
        histories: What the learners did.
        gaps: Learners by items: how much is missing of each quiz they took, from 0 to 1.
    """
    ages = histories.ages()
    recent = np.where(ages < RECENT, RECENT_DECAY**ages, 0).astype(np.float32)
    faded = np.maximum(FADE**ages, FADED).astype(np.float32)
    latest = histories.matrix(recent)
    sources: dict[Reason, sparse.csr_array] = {
        "after": latest,
        "together": histories.matrix(faded),
        "gap": sparse.csr_array((len(histories), histories.size), dtype=np.float32) if gaps is None else gaps,
        "similar": latest,
    }
    parts = {name: _part(source, _signal(fitted, name), WEIGHTS[name]) for name, source in sources.items()}
    total: Floats = np.sum(list(parts.values()), axis=0, dtype=np.float32)
    learner = np.repeat(np.arange(len(histories)), np.diff(histories.ends))
    total[learner, histories.items] = -np.inf
    return Scores(total=total, parts=parts, sources=sources)


def suggest(fitted: Fitted, scores: Scores, count: int) -> list[list[Suggestion]]:
    """The best items of each learner with their reasons, best first; none for which nothing speaks."""
    columns = {name: sparse.csc_array(_signal(fitted, name)) for name in REASONS}
    best = top(scores.total, count)
    return [
        [_explain(scores, columns, learner, int(item)) for item in row if scores.total[learner, item] > 0]
        for learner, row in enumerate(best)
    ]


def top(total: Floats, count: int) -> Numbers:
    """The places of each row's greatest values, greatest first; among equals the lower place."""
    count = min(count, total.shape[1])
    order: Numbers = np.argsort(-total, axis=1, kind="stable")[:, :count]
    return order


def _signal(fitted: Fitted, name: Reason) -> sparse.csr_array:
    return {"after": fitted.after, "together": fitted.together, "gap": fitted.similar, "similar": fitted.similar}[name]


def _part(source: sparse.csr_array, signal: sparse.csr_array, weight: float) -> Floats:
    product: Floats = (source @ signal).toarray().astype(np.float32)
    return product * np.float32(weight)


def _explain(scores: Scores, columns: dict[Reason, sparse.csc_array], learner: int, item: int) -> Suggestion:
    reason = max(REASONS, key=lambda name: float(scores.parts[name][learner, item]))
    source, column = scores.sources[reason], columns[reason]
    own = slice(source.indptr[learner], source.indptr[learner + 1])
    weights = np.zeros(source.shape[1], dtype=np.float32)
    weights[source.indices[own]] = source.data[own]
    there = slice(column.indptr[item], column.indptr[item + 1])
    strength = weights[column.indices[there]] * column.data[there]
    return Suggestion(item=item, reason=reason, because=int(column.indices[there][int(strength.argmax())]))
