"""What learners did, as arrays: each learner's lessons in the order in which they came to them."""

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A learner came to an item."""

    item: int
    at: dt.datetime


class Histories(msgspec.Struct, frozen=True, kw_only=True):
    """The histories of many learners, laid out as the rows of a sparse matrix.

    Args:
        size: How many items there are; items are 0 to `size` - 1.
        ends: Where each learner's items begin and end in `items`: one more number than learners.
        items: All learners' items; a learner's are in order, each once.
    """

    size: int
    ends: Numbers
    items: Numbers

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]], size: int) -> "Histories":
        """Histories of lists of items."""
        kept = [list(row) for row in rows]
        ends = np.zeros(len(kept) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in kept], out=ends[1:])
        items = np.fromiter((item for row in kept for item in row), dtype=np.int64, count=int(ends[-1]))
        return cls(size=size, ends=ends, items=items)

    def __len__(self) -> int:
        return len(self.ends) - 1

    def row(self, learner: int) -> Numbers:
        """One learner's items in order."""
        return self.items[self.ends[learner] : self.ends[learner + 1]]

    def ages(self) -> Numbers:
        """How many items a learner has come to since, for each item; 0 for the latest."""
        lengths = np.diff(self.ends)
        return np.repeat(self.ends[1:], lengths) - 1 - np.arange(len(self.items))

    def matrix(self, weights: Floats | None = None) -> sparse.csr_array:
        """Learners by items, 1 or the given weight where a learner has come to an item."""
        values = np.ones(len(self.items), dtype=np.float32) if weights is None else weights
        return sparse.csr_array((values, self.items, self.ends), shape=(len(self), self.size))

    def counts(self) -> Numbers:
        """How many learners have come to each item."""
        return np.bincount(self.items, minlength=self.size)
