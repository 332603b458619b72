"""Offline evaluation: would the next item have been suggested, from what was known before?

recall@k is the share of learners whose next item is among their k suggestions, NDCG@k is 1 / log2(place + 1) of it on
average (Järvelin and Kekäläinen, 2002, with one relevant item), coverage@k the share of the items that are suggested
to anybody.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec
import numpy as np
from scipy import sparse
from sklearn.metrics.pairwise import cosine_similarity

from questline_recommendations.fitting import fit
from questline_recommendations.histories import Floats, Histories, Numbers, Step
from questline_recommendations.scoring import score, top

KNOWN = 0.8
"""The share of each history, or of all that happened, that models may see."""
K = 10
NEIGHBOURS = 50
BLOCK = 2000


class Split(msgspec.Struct, frozen=True, kw_only=True):
    """What models learn from, and for whom they must find which item."""

    known: Histories
    asked: Histories
    wanted: Numbers


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """How well a model did."""

    model: str
    recall: float
    ndcg: float
    coverage: float


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured, on how much."""

    learners: int
    asked: int
    items: int
    known: int
    results: list[Measured]


def split_each(rows: Sequence[Sequence[int]], size: int) -> Split:
    """Cut every history in time: the first four fifths are known, the item after them is wanted.

    For data whose learners have an order but no common clock.
    """
    known: list[Sequence[int]] = []
    asked, wanted = [], []
    for row in rows:
        if len(row) < 2:
            known.append(row)
            continue
        cut = min(max(1, int(KNOWN * len(row))), len(row) - 1)
        known.append(row[:cut])
        asked.append(row[:cut])
        wanted.append(row[cut])
    return Split(
        known=Histories.of(known, size), asked=Histories.of(asked, size), wanted=np.array(wanted, dtype=np.int64)
    )


def split_at_moment(rows: Sequence[Sequence[Step]], size: int) -> Split:
    """Cut all histories at one moment: what happened before it is known, each learner's first item since is wanted."""
    moments = sorted(step.at for row in rows for step in row)
    if not moments:
        return split_each([], size)
    cut = moments[min(int(KNOWN * len(moments)), len(moments) - 1)]
    known = [[step.item for step in row if step.at < cut] for row in rows]
    pairs = [
        (before, next(step.item for step in row if step.at >= cut))
        for before, row in zip(known, rows, strict=True)
        if before and row[-1].at >= cut
    ]
    return Split(
        known=Histories.of(known, size),
        asked=Histories.of([before for before, _ in pairs], size),
        wanted=np.array([item for _, item in pairs], dtype=np.int64),
    )


def evaluate(split: Split, similar: sparse.csr_array | None = None) -> Evaluation:
    """Measure the hybrid and both baselines on the same split."""
    known, asked = split.known, split.asked
    fitted = fit(known, similar)
    alike = _item_knn(known)
    popular = known.counts().astype(np.float32)
    models: Mapping[str, Callable[[Histories], Floats]] = {
        "popularity": lambda some: np.tile(popular, (len(some), 1)),
        "item-kNN": lambda some: (some.matrix() @ alike).toarray().astype(np.float32),
        "hybrid": lambda some: score(fitted, some).total,
    }
    return Evaluation(
        learners=len(known),
        asked=len(asked),
        items=known.size,
        known=len(known.items),
        results=[_measure(name, model, split) for name, model in models.items()],
    )


def _item_knn(known: Histories) -> sparse.csr_array:
    """Cosine similarity of items by who came to them, the nearest neighbours of each."""
    alike: Floats = np.asarray(cosine_similarity(known.matrix().T.tocsr()), dtype=np.float32)
    np.fill_diagonal(alike, 0)
    size = alike.shape[0]
    if size > NEIGHBOURS:
        limit = np.partition(alike, size - NEIGHBOURS, axis=0)[size - NEIGHBOURS]
        alike = np.where(alike >= limit, alike, 0)
    return sparse.csr_array(alike)


def _measure(name: str, model: Callable[[Histories], Floats], split: Split) -> Measured:
    hits, gains = 0, 0.0
    suggested = np.zeros(split.known.size, dtype=bool)
    for start in range(0, len(split.asked), BLOCK):
        rows = range(start, min(start + BLOCK, len(split.asked)))
        some = Histories.of([split.asked.row(each).tolist() for each in rows], split.asked.size)
        total = model(some)
        learner = np.repeat(np.arange(len(some)), np.diff(some.ends))
        total[learner, some.items] = -np.inf
        best = top(total, K)
        suggested[best[np.isfinite(np.take_along_axis(total, best, axis=1))]] = True
        found, places = np.nonzero(best == split.wanted[start : start + BLOCK, None])
        hits += len(found)
        gains += float((1 / np.log2(places + 2)).sum())
    asked = max(len(split.asked), 1)
    return Measured(
        model=name,
        recall=hits / asked,
        ndcg=gains / asked,
        coverage=float(suggested.mean()) if split.known.size else 0.0,
    )
