"""Which events make up the trace of each item, and in what order.

Source: "The path of a content item" in the rules contract: ordered by Selesai (else Mulai), ties by Mulai, then place
in Langkah, then row; an event with no readable moment stands where its row stands among its item's rows.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tracker.sop.calendar import DAY
from tracker.sop.model import Events, Items, State
from tracker.sop.timing import Moments
from tracker.sop.verdicts import NONE

__all__ = ["in_force", "trace_order"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def in_force(items: Items, events: Events, at: Moments) -> tuple[Bools, Bools]:
    """(events that count, events that came after the day their item was cancelled: D413).

    Of a cancelled item the events finished before that date count, open ones are dropped; what was done on the day
    itself counts no more, but contradicts nothing. Events without a known item or step count for nothing.
    """
    counts = (events.item >= 0) & (events.step >= 0)
    owner = np.maximum(events.item, 0)
    if not len(items):
        return np.zeros(len(events), dtype=np.bool_), np.zeros(len(events), dtype=np.bool_)
    cancelled = counts & (items.cancelled_state[owner] != State.BLANK)
    dated = cancelled & (items.cancelled_state[owner] != State.UNREADABLE)
    moment = np.where(at.finish != NONE, at.finish, at.start)
    dated &= moment != NONE
    dropped = dated & (moment // DAY >= items.cancelled_on[owner])
    later = dated & (moment // DAY > items.cancelled_on[owner])
    return counts & ~dropped & ~(cancelled & at.finish_blank), later


def trace_order(events: Events, at: Moments, counts: Bools) -> Ints:
    """Indices of the counting events in trace order, one item's trace after another's."""
    chosen = np.flatnonzero(counts)
    key = np.where(at.finish != NONE, at.finish, at.start)[chosen]
    # A Mulai nobody knows lay before its Selesai: such an event comes before one that begins at that very minute.
    known = (at.start != NONE)[chosen]
    start = np.where(at.start != NONE, at.start, at.finish)[chosen]
    order = _sorted(events.item[chosen], key, (events.row[chosen], events.step[chosen], known, start))
    ordered = chosen[order]
    silent = key[order] == NONE
    if silent.any():
        ordered = _with_silent(events, ordered, silent)
    return ordered


def _sorted(item: Ints, key: Ints, ties: tuple[npt.NDArray[Any], ...]) -> Ints:
    """Places in order of item, then key, then `ties` (as lexsort takes them: the last one first).

    Nearly all rows are told apart by item and key, and most sheets are nearly in that order: one stable sort of the
    two as one number, and a second one of the few rows that tie.
    """
    told = np.where(key == NONE, np.min(key, initial=0, where=key != NONE) - 1, key)
    low = np.min(told, initial=0)
    both = item * (np.max(told, initial=0) - low + 1) + (told - low)
    order = np.argsort(both, kind="stable")
    ranked = both[order]
    same = ranked[1:] == ranked[:-1]
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
    among = order[tied]
    order[tied] = among[np.lexsort((*(column[among] for column in ties), both[among]))]
    return order


def _with_silent(events: Events, ordered: Ints, silent: Bools) -> Ints:
    """Put each event without a moment behind the event of its item in the row above it (in front when none)."""
    affected = np.isin(events.item[ordered], events.item[ordered[silent]])
    pieces: dict[int, list[int]] = {}
    for index, is_silent in zip(ordered[affected].tolist(), silent[affected].tolist(), strict=True):
        if not is_silent:
            pieces.setdefault(int(events.item[index]), []).append(index)
    for index in ordered[silent].tolist():
        trace = pieces.setdefault(int(events.item[index]), [])
        above = [one for one in trace if events.row[one] < events.row[index]]
        behind = max(above, key=lambda one: int(events.row[one]), default=None)
        trace.insert(0 if behind is None else trace.index(behind) + 1, index)
    rest = ordered[~affected]
    replaced = np.array([one for item in sorted(pieces) for one in pieces[item]], dtype=np.int64)
    merged = np.concatenate((rest, replaced))
    return np.asarray(merged[np.argsort(events.item[merged], kind="stable")], dtype=np.int64)
