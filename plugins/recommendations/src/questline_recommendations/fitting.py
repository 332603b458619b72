"""What histories say about items: which came after which, and which go together.

`together` is EASE (Steck, "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019, eq. 8): ridge regression of
every item on all others in closed form. `after` counts who came to the second item within three steps of the first,
a step further away counting half, smoothed by what is popular.
"""

import msgspec
import numpy as np
from scipy import linalg, sparse

from questline_recommendations.histories import Floats, Histories

WINDOW = 3
STEP = 0.5
KEPT = 100
"""Neighbours kept of an item, by each signal."""


class Fitted(msgspec.Struct, frozen=True, kw_only=True):
    """Items by items: row i holds what having come to item i says for each other item."""

    after: sparse.csr_array
    together: sparse.csr_array
    similar: sparse.csr_array


def fit(histories: Histories, similar: sparse.csr_array | None = None) -> Fitted:
    """Fit the signals of co-completion; `similar` is the similarity of the items' texts."""
    nothing = sparse.csr_array((histories.size, histories.size), dtype=np.float32)
    return Fitted(
        after=strongest(after(histories)),
        together=strongest(together(histories)),
        similar=nothing if similar is None else similar,
    )


def after(histories: Histories) -> Floats:
    """The share of learners who came to an item soon after another."""
    size, items = histories.size, histories.items
    learner = np.repeat(np.arange(len(histories)), np.diff(histories.ends))
    counts = sparse.csr_array((size, size), dtype=np.float64)
    for step in range(1, WINDOW + 1):
        same = learner[:-step] == learner[step:]
        first, second = items[:-step][same], items[step:][same]
        weights = np.full(len(first), STEP ** (step - 1))
        counts = counts + sparse.coo_array((weights, (first, second)), shape=(size, size)).tocsr()
    dense = counts.toarray()
    popular = histories.counts() / max(len(items), 1)
    shares: Floats = ((dense + popular) / (dense.sum(axis=1, keepdims=True) + 1)).astype(np.float32)
    np.fill_diagonal(shares, 0)
    return shares


def together(histories: Histories) -> Floats:
    """How much each item speaks for each other, given all the others."""
    seen = histories.matrix()
    gram = (seen.T @ seen).toarray().astype(np.float64)
    ridge = float(np.clip(len(histories) / 150, 5, 500))
    gram[np.diag_indices_from(gram)] += ridge
    inverse = linalg.inv(gram, overwrite_a=True, check_finite=False)
    weights: Floats = (-inverse / np.diag(inverse)).astype(np.float32)
    np.fill_diagonal(weights, 0)
    return weights


def strongest(weights: Floats) -> sparse.csr_array:
    """Keep each row's strongest entries."""
    size = weights.shape[0]
    if size > KEPT:
        limit = np.partition(np.abs(weights), size - KEPT, axis=1)[:, size - KEPT, None]
        weights = np.where(np.abs(weights) >= limit, weights, 0)
    return sparse.csr_array(weights)
