"""Days and months that were probably swapped: D406.

A true date whose day is at most 12 is suspicious when the path of its item is out of order and would be in order
with day and month swapped. Every such swap is tried on a copy of its trace, all copies at once; nothing is changed.
Source: "What a cell may hold" in the register contract (D406).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.findings import Finding, Place, finding
from tracker.findings.words import moment_words
from tracker.sop.calendar import DAY
from tracker.sop.conformance import IN_ORDER, LAST_AGAIN, Replay, Traces, replay
from tracker.sop.model import Events, Register, State
from tracker.sop.timing import Moments
from tracker.sop.tracing import trace_order
from tracker.sop.verdicts import NONE

__all__ = ["faults_by_trace", "swap_notices"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_LAST_SWAPPABLE: Final = 12
_LEAST_SPREAD: Final = 13 * DAY
"""An item spread over less cannot be brought together: a swap moves a date by four weeks or more."""
_MOST_VARIANTS: Final = 20_000
"""Swaps that are tried at most; a register with more faults than that needs other help first."""


@dataclass(frozen=True, slots=True)
class _Variants:
    """Swaps to try, one an element: the event, and which of its cells are swapped."""

    event: Ints
    start: Bools
    finish: Bools

    def __len__(self) -> int:
        return len(self.event)

    def only(self, chosen: Bools | Ints) -> _Variants:
        return _Variants(self.event[chosen], self.start[chosen], self.finish[chosen])


def faults_by_trace(traces: Traces, replayed: Replay, at: Moments, now: int, size: int, item: Ints) -> Ints:
    """How many things are out of order in every trace (by its item index, `size` of them)."""
    before = np.maximum(replayed.before, 0)
    previous = np.where(replayed.before >= 0, at.finish[before], NONE) if len(traces) else at.finish
    is_last = np.append(traces.first[1:], True)[: len(traces)]
    faulty = (replayed.code != IN_ORDER) & (replayed.code != LAST_AGAIN)
    faulty |= ~traces.finished & ~is_last
    faulty |= (at.start != NONE) & (previous != NONE) & (at.start < previous)
    faulty |= (at.start != NONE) & (at.finish != NONE) & (at.finish < at.start)
    starts_later, ends_later = at.in_future(now)
    faulty |= starts_later | ends_later
    return np.bincount(item[faulty], minlength=size)


def swapped(at: Ints) -> Ints:
    """Every moment with day and month exchanged; NONE where that is no other date."""
    known = at != NONE
    on = np.where(known, at // DAY, 0).astype("datetime64[D]")
    months = on.astype("datetime64[M]")
    month = months.astype(np.int64) % 12
    day = (on - months).astype(np.int64)
    other = (months + (day - month)).astype("datetime64[D]") + month
    is_other = known & (day < _LAST_SWAPPABLE) & (day != month)
    return np.where(is_other, other.astype(np.int64) * DAY + at % DAY, NONE)


def swap_notices(register: Register, at: Moments, counts: Bools, faults: Ints, now: int) -> Iterator[Finding]:
    """D406 on every cell whose swap would mend the whole trace of its item."""
    events = register.events
    variants = _variants(events, at, _suspicious(events, at, counts, faults))
    if not len(variants):
        return
    counting = np.flatnonzero(counts)
    counting = counting[np.argsort(events.item[counting], kind="stable")]
    variants, span = _tighter(events, at, counting, variants)
    mended = (
        np.flatnonzero(_tried(register, at, counting, variants, now) == 0)
        if len(variants)
        else np.empty(0, int)
    )
    variants = variants.only(_tightest(events.item[variants.event[mended]], span[mended], mended))
    alone = set(variants.event[variants.start != variants.finish].tolist())
    for event, start, finish in zip(variants.event.tolist(), variants.start, variants.finish, strict=True):
        if start and finish and event in alone:
            continue
        if start:
            yield _notice(register, event, "Mulai", at.start)
        if finish:
            yield _notice(register, event, "Selesai", at.finish)


def _suspicious(events: Events, at: Moments, counts: Bools, faults: Ints) -> Ints:
    """The events of items that are out of order and spread over more days than a swap could leave together."""
    if not len(faults):
        return np.empty(0, dtype=np.int64)
    low = np.full(len(faults), np.iinfo(np.int64).max)
    high = np.full(len(faults), NONE)
    chosen = np.flatnonzero(counts & (faults[np.maximum(events.item, 0)] > 0))
    owner = events.item[chosen]
    for moments in (at.start[chosen], at.finish[chosen]):
        known = moments != NONE
        np.minimum.at(low, owner[known], moments[known])
        np.maximum.at(high, owner[known], moments[known])
    spread = (high != NONE) & (high - np.minimum(low, high) >= _LEAST_SPREAD)
    return np.asarray(chosen[spread[owner]])


def _variants(events: Events, at: Moments, index: Ints) -> _Variants:
    """The swaps of these events; only true dates are suspected, texts are read day before month."""
    start = (events.start_state[index] == int(State.OK)) & (swapped(at.start[index]) != NONE)
    finish = (events.finish_state[index] == int(State.OK)) & (swapped(at.finish[index]) != NONE)
    no = np.zeros(len(index), dtype=np.bool_)
    tries = ((start, no), (no, finish), (start & finish, start & finish))
    every = _Variants(
        np.tile(index, len(tries)),
        np.concatenate([one for one, _ in tries]),
        np.concatenate([two for _, two in tries]),
    )
    return every.only(every.start | every.finish)


def _copies(events: Events, counting: Ints, variants: _Variants) -> tuple[Ints, Ints]:
    """(events, variants they belong to): for every variant all the counting events of its item."""
    owners = events.item[counting]
    wanted = events.item[variants.event]
    low, high = np.searchsorted(owners, wanted), np.searchsorted(owners, wanted, side="right")
    size = high - low
    number = np.repeat(np.arange(len(variants)), size)
    within = np.arange(len(number)) - np.repeat(np.cumsum(size) - size, size)
    return counting[np.repeat(low, size) + within], number


def _moments(at: Moments, copies: Ints, number: Ints, variants: _Variants) -> Moments:
    """The moments of the copies with the cells of their variants swapped."""
    own = copies == variants.event[number]
    start, finish = at.start[copies], at.finish[copies]
    for moments, chosen in ((start, own & variants.start[number]), (finish, own & variants.finish[number])):
        moments[chosen] = swapped(moments[chosen])
    return replace(at.of(copies), start=start, finish=finish)


def _tighter(events: Events, at: Moments, counting: Ints, variants: _Variants) -> tuple[_Variants, Ints]:
    """The swaps that bring the moments of their item together, and the minutes from first to last then.

    One that spreads them would be a guess.
    """
    copies, number = _copies(events, counting, variants)
    before = _span(at.start[copies], at.finish[copies], number)
    after_swap = _moments(at, copies, number, variants)
    after = _span(after_swap.start, after_swap.finish, number)
    closer = np.flatnonzero(after < before)[:_MOST_VARIANTS]
    return variants.only(closer), after[closer]


def _span(start: Ints, finish: Ints, number: Ints) -> Ints:
    """Minutes from the first to the last moment of every variant."""
    begins = np.flatnonzero(np.append(True, number[1:] != number[:-1]))
    last = np.maximum.reduceat(np.maximum(start, finish), begins)
    never = np.iinfo(np.int64).max
    known = np.minimum(np.where(start == NONE, never, start), np.where(finish == NONE, never, finish))
    return np.asarray(last - np.minimum.reduceat(known, begins))


def _tightest(item: Ints, span: Ints, mended: Ints) -> Ints:
    """Of each item the swaps that bring its moments together most."""
    best: dict[int, int] = {}
    for owner, minutes in zip(item.tolist(), span.tolist(), strict=True):
        best[owner] = min(minutes, best.get(owner, minutes))
    chosen = [one for one, owner, minutes in zip(mended.tolist(), item.tolist(), span.tolist(), strict=True)
              if minutes == best[owner]]  # fmt: skip
    return np.array(chosen, dtype=np.int64)


def _tried(register: Register, at: Moments, counting: Ints, variants: _Variants, now: int) -> Ints:
    """Faults of each variant's trace: every variant is an item of its own with a copy of the events."""
    events = register.events
    copies, number = _copies(events, counting, variants)
    moments = _moments(at, copies, number, variants)
    batch = Events(**{name: getattr(events, name)[copies] for name in Events.__slots__})
    batch = replace(batch, item=number)
    order = trace_order(batch, moments, np.ones(len(copies), dtype=np.bool_))
    return _faults(register, batch, moments, order, now, len(variants))


def _faults(register: Register, batch: Events, at: Moments, order: Ints, now: int, size: int) -> Ints:
    item = batch.item[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = item[1:] != item[:-1]
    own = at.of(order)
    traces = Traces(first, batch.step[order], ~own.finish_blank, batch.outcome[order].astype(np.int64))
    return faults_by_trace(traces, replay(register.sop, traces), own, now, size, item)


def _notice(register: Register, index: int, column: str, moments: Ints) -> Finding:
    events = register.events
    return finding(
        "D406",
        Place("Riwayat", int(events.row[index]), column),
        id=str(register.items.id[events.item[index]]),
        step=register.sop.steps[int(events.step[index])].number,
        moment=moment_words(int(moments[index])),
        swapped=moment_words(int(swapped(moments[index : index + 1])[0])),
    )
