"""Copied rows: W206, two successive steps of two items with the same minutes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.findings import Finding, Place, finding
from tracker.sop.model import Register
from tracker.sop.states import Replayed
from tracker.sop.verdicts import NONE

__all__ = ["copy_notices"]

_MIXER: Final = np.uint64(0x9E3779B97F4A7C15)
"""An odd number without pattern (2^64 divided by the golden ratio): products of it spread over all 64 bits."""


def copy_notices(register: Register, seen: Replayed) -> Iterator[Finding]:
    """W206 on the first of the two rows, in the item whose rows stand lower in the sheet (the copy)."""
    if len(seen.order) < 2:
        return
    step, start, finish = seen.traces.step, seen.moments.start, seen.moments.finish
    # Whoever wrote only dates wrote no minutes that could have been copied.
    told = (finish != NONE) & ~seen.moments.finish_alone
    at = np.flatnonzero(~seen.traces.first[1:] & told[:-1] & told[1:])
    pair = np.stack((step[at], start[at], finish[at], step[at + 1], start[at + 1], finish[at + 1]), axis=1)
    alike = _may_be_alike(pair)
    at, pair = at[alike], pair[alike]
    if not len(at):
        return
    _, which, counts = np.unique(pair, axis=0, return_inverse=True, return_counts=True)
    members_of = np.split(at[np.argsort(which.ravel(), kind="stable")], np.cumsum(counts)[:-1])
    rows = register.events.row[seen.order]
    for group in np.flatnonzero(counts > 1).tolist():
        members = sorted(members_of[group].tolist(), key=lambda index: int(rows[index]))
        original = members[0]
        for copy in members[1:]:
            if seen.item[copy] == seen.item[original]:
                continue
            yield finding(
                "W206", Place("Riwayat", int(rows[copy]), "Selesai"),
                id=register.items.id[seen.item[copy]], step=register.sop.steps[int(step[copy])].number,
                other=register.items.id[seen.item[original]], row=int(rows[original]),
            )  # fmt: skip


def _may_be_alike(pair: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Rows of `pair` whose fingerprint another row shares: all equal rows, and next to none beside them."""
    mixed = np.zeros(len(pair), dtype=np.uint64)
    for column in pair.T:
        mixed = mixed * _MIXER + column.astype(np.uint64)
    ordered = np.sort(mixed)
    shared = ordered[1:][ordered[1:] == ordered[:-1]]
    return np.flatnonzero(np.isin(mixed, shared))
