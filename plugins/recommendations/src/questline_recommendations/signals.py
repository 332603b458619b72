"""The fitted signals in their table: written by training, read again for some learners or for all."""

from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec
import numpy as np
from scipy import sparse
from sqlalchemy import delete, insert, select

from questline_recommendations.fitting import Fitted
from questline_recommendations.models import Neighbour
from questline_sdk import Context

SIGNALS = ("after", "together", "similar")
ROWS_AT_ONCE = 500


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """Signals as read: the lessons they are about, each one's number, and the matrices."""

    ids: list[UUID]
    numbers: dict[UUID, int]
    fitted: Fitted


async def store(ctx: Context, ids: Sequence[UUID], fitted: Fitted) -> None:
    """Replace the stored signals."""
    await ctx.session.execute(delete(Neighbour))
    rows = [
        {"lesson_id": lesson_id, "signal": signal, "lesson_ids": [ids[each] for each in items], "weights": weights}
        for signal in SIGNALS
        for lesson_id, items, weights in _rows(ids, getattr(fitted, signal))
    ]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        await ctx.session.execute(insert(Neighbour), rows[start : start + ROWS_AT_ONCE])


async def load(ctx: Context, lesson_ids: Collection[UUID] | None = None) -> Stored | None:
    """Read the signals that begin at these lessons, or all; None where there are none."""
    statement = select(Neighbour.lesson_id, Neighbour.signal, Neighbour.lesson_ids, Neighbour.weights)
    if lesson_ids is not None:
        statement = statement.where(Neighbour.lesson_id.in_(lesson_ids))
    rows = (await ctx.session.execute(statement)).all()
    if not rows:
        return None
    ids = sorted({row.lesson_id for row in rows}.union(*(row.lesson_ids for row in rows)))
    numbers = {lesson_id: number for number, lesson_id in enumerate(ids)}
    matrices = {}
    for signal in SIGNALS:
        own = [row for row in rows if row.signal == signal]
        heads = np.repeat([numbers[row.lesson_id] for row in own], [len(row.lesson_ids) for row in own])
        tails = [numbers[each] for row in own for each in row.lesson_ids]
        weights = np.array([each for row in own for each in row.weights], dtype=np.float32)
        shape = (len(ids), len(ids))
        matrices[signal] = sparse.coo_array((weights, (heads.astype(np.int64), tails)), shape=shape).tocsr()
    return Stored(ids=ids, numbers=numbers, fitted=Fitted(**matrices))


def _rows(ids: Sequence[UUID], matrix: sparse.csr_array) -> list[tuple[UUID, list[int], list[float]]]:
    found = []
    for number, lesson_id in enumerate(ids):
        own = slice(matrix.indptr[number], matrix.indptr[number + 1])
        items, weights = matrix.indices[own], matrix.data[own]
        order = np.argsort(-weights, kind="stable")
        if len(order):
            found.append((lesson_id, items[order].tolist(), weights[order].tolist()))
    return found
