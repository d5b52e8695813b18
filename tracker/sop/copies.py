"""Copied rows: W206, two successive steps of two items with the same minutes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tracker.findings import Finding, Place, finding
from tracker.sop.model import Register
from tracker.sop.states import Replayed
from tracker.sop.verdicts import NONE

__all__ = ["copy_notices"]


def copy_notices(register: Register, seen: Replayed) -> Iterator[Finding]:
    """W206 on the first of the two rows, in the item whose rows stand lower in the sheet (the copy)."""
    if len(seen.order) < 2:
        return
    at = np.flatnonzero(~seen.traces.first[1:])
    step, start, finish = seen.traces.step, seen.moments.start, seen.moments.finish
    pair = np.stack((step[at], start[at], finish[at], step[at + 1], start[at + 1], finish[at + 1]), axis=1)
    whole = (pair[:, 2] != NONE) & (pair[:, 5] != NONE)
    at, pair = at[whole], pair[whole]
    if not len(at):
        return
    _, which, counts = np.unique(pair, axis=0, return_inverse=True, return_counts=True)
    rows = register.events.row[seen.order]
    for group in np.flatnonzero(counts > 1).tolist():
        members = sorted(at[which.ravel() == group].tolist(), key=lambda index: int(rows[index]))
        original = members[0]
        for copy in members[1:]:
            if seen.item[copy] == seen.item[original]:
                continue
            yield finding(
                "W206", Place("Riwayat", int(rows[copy]), "Selesai"),
                id=register.items.id[seen.item[copy]], step=register.sop.steps[int(step[copy])].number,
                other=register.items.id[seen.item[original]], row=int(rows[original]),
            )  # fmt: skip
