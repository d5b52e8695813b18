"""Days and months that were probably swapped: D406.

A true date whose day is at most 12 is suspicious when the path of its item is out of order and would be in order
with day and month swapped. Every such swap is tried on a copy of its trace, all copies at once; nothing is changed.
Source: "What a cell may hold" in the register contract (D406).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.findings import Finding, Place, finding
from tracker.findings.words import moment_words
from tracker.sop.calendar import DAY, day_number
from tracker.sop.conformance import IN_ORDER, LAST_AGAIN, Replay, Traces, replay
from tracker.sop.model import Events, Register, State
from tracker.sop.timing import FUTURE_TOLERANCE, Moments
from tracker.sop.tracing import trace_order
from tracker.sop.verdicts import NONE

__all__ = ["faults_by_trace", "swap_notices"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_EPOCH: Final = date(1970, 1, 1)
_LAST_SWAPPABLE: Final = 12
_MOST_VARIANTS: Final = 20_000
"""Swaps that are tried at most; a register with more faults than that needs other help first."""


@dataclass(frozen=True, slots=True)
class _Variant:
    """One swap to try: the event, and which of its cells are swapped."""

    event: int
    start: bool
    finish: bool


def faults_by_trace(traces: Traces, replayed: Replay, at: Moments, now: int, size: int, item: Ints) -> Ints:
    """How many things are out of order in every trace (by its item index, `size` of them)."""
    before = np.maximum(replayed.before, 0)
    previous = np.where(replayed.before >= 0, at.finish[before], NONE) if len(traces) else at.finish
    is_last = np.append(traces.first[1:], True)[: len(traces)]
    faulty = (replayed.code != IN_ORDER) & (replayed.code != LAST_AGAIN)
    faulty |= ~traces.finished & ~is_last
    faulty |= (at.start != NONE) & (previous != NONE) & (at.start < previous)
    faulty |= (at.start != NONE) & (at.finish != NONE) & (at.finish < at.start)
    latest = np.maximum(at.start, at.finish)
    faulty |= latest > now + FUTURE_TOLERANCE
    return np.bincount(item[faulty], minlength=size)


def swapped(at: int) -> int | None:
    """The moment with day and month exchanged; None when that is no other date."""
    day, minute = divmod(int(at), DAY)
    on = _EPOCH + timedelta(days=day)
    if on.day > _LAST_SWAPPABLE or on.day == on.month:
        return None
    return day_number(date(on.year, on.day, on.month)) * DAY + minute


def swap_notices(register: Register, at: Moments, counts: Bools, faults: Ints, now: int) -> Iterator[Finding]:
    """D406 on every cell whose swap would mend the whole trace of its item."""
    events = register.events
    suspicious = np.flatnonzero(counts & (faults[np.maximum(events.item, 0)] > 0)) if len(faults) else np.empty(0, int)
    variants = [one for index in suspicious.tolist() for one in _variants(events, index)][:_MOST_VARIANTS]
    if not variants:
        return
    tried = zip(variants, _tried(register, at, counts, variants, now), strict=True)
    mended = _tightest(events, at, counts, [one for one, fault in tried if not fault])
    alone = {one.event for one in mended if one.start != one.finish}
    for one in mended:
        if one.start and one.finish and one.event in alone:
            continue
        for moments, column, chosen in ((at.start, "Mulai", one.start), (at.finish, "Selesai", one.finish)):
            other = swapped(int(moments[one.event])) if chosen else None
            if other is not None:
                yield _notice(register, one.event, column, int(moments[one.event]), other)


def _variants(events: Events, index: int) -> list[_Variant]:
    """The swaps of one event; only true dates are suspected, texts are read day before month."""
    start = events.start_state[index] == State.OK and swapped(int(events.start[index])) is not None
    finish = events.finish_state[index] == State.OK and swapped(int(events.finish[index])) is not None
    tries = [(start, False), (False, finish), (start and finish, start and finish)]
    return [_Variant(index, bool(one), bool(two)) for one, two in tries if one or two]


def _tightest(events: Events, at: Moments, counts: Bools, variants: list[_Variant]) -> list[_Variant]:
    """Of each item the swaps that bring its moments together most; one that spreads them would be a guess."""
    spans = [_span(events, at, counts, one) for one in variants]
    best: dict[int, int] = {}
    for one, span in zip(variants, spans, strict=True):
        item = int(events.item[one.event])
        before = _span(events, at, counts, _Variant(one.event, start=False, finish=False))
        if span < before:
            best[item] = min(span, best.get(item, span))
    return [one for one, span in zip(variants, spans, strict=True) if span == best.get(int(events.item[one.event]))]


def _span(events: Events, at: Moments, counts: Bools, variant: _Variant) -> int:
    """Minutes from the first to the last moment of the item once the variant is swapped."""
    own = np.flatnonzero(counts & (events.item == events.item[variant.event]))
    start, finish = at.start[own].copy(), at.finish[own].copy()
    place = int(np.flatnonzero(own == variant.event)[0])
    for chosen, moments in ((variant.start, start), (variant.finish, finish)):
        if chosen:
            moments[place] = swapped(int(moments[place])) or moments[place]
    known = np.concatenate((start, finish))
    known = known[known != NONE]
    return int(known.max() - known.min())


def _tried(register: Register, at: Moments, counts: Bools, variants: list[_Variant], now: int) -> Ints:
    """Faults of each variant's trace: every variant is an item of its own with a copy of the events."""
    events = register.events
    counting = np.flatnonzero(counts)
    counting = counting[np.argsort(events.item[counting], kind="stable")]
    owners = events.item[counting]
    wanted = events.item[np.array([one.event for one in variants])]
    low, high = np.searchsorted(owners, wanted), np.searchsorted(owners, wanted, side="right")
    copies = np.concatenate([counting[one:two] for one, two in zip(low, high, strict=True)])
    number = np.repeat(np.arange(len(variants)), high - low)
    moments = Moments(at.start[copies], at.finish[copies], at.start_blank[copies], at.finish_blank[copies],
                      at.unreadable[copies])  # fmt: skip
    own = copies == np.array([one.event for one in variants])[number]
    for index in np.flatnonzero(own).tolist():
        variant = variants[number[index]]
        if variant.start:
            moments.start[index] = swapped(int(moments.start[index])) or moments.start[index]
        if variant.finish:
            moments.finish[index] = swapped(int(moments.finish[index])) or moments.finish[index]
    batch = Events(**{name: getattr(events, name)[copies] for name in Events.__slots__})
    batch = replace(batch, item=number)
    order = trace_order(batch, moments, np.ones(len(copies), dtype=np.bool_))
    return _faults(register, batch, moments, order, now, len(variants))


def _faults(register: Register, batch: Events, at: Moments, order: Ints, now: int, size: int) -> Ints:
    item = batch.item[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = item[1:] != item[:-1]
    own = Moments(at.start[order], at.finish[order], at.start_blank[order], at.finish_blank[order], at.unreadable[order])
    traces = Traces(first, batch.step[order], ~own.finish_blank, batch.outcome[order].astype(np.int64))
    return faults_by_trace(traces, replay(register.sop, traces), own, now, size, item)


def _notice(register: Register, index: int, column: str, moment: int, other: int) -> Finding:
    events = register.events
    return finding(
        "D406",
        Place("Riwayat", int(events.row[index]), column),
        id=str(register.items.id[events.item[index]]),
        step=register.sop.steps[int(events.step[index])].number,
        moment=moment_words(moment),
        swapped=moment_words(other),
    )
