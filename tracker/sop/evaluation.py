"""evaluate(register, now): the verdict of every event, the state of every item, every finding.

Pure: the same register and the same moment give the same evaluation, whatever the order of the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.findings import Finding, Place, Severity, finding
from tracker.findings.words import day_words, moment_words
from tracker.folding import fold
from tracker.sop.calendar import DAY, WorkingCalendar
from tracker.sop.conformance import Traces, replay
from tracker.sop.copies import copy_notices
from tracker.sop.links import link_notices
from tracker.sop.model import NO_STEP, Outcome, Register, State
from tracker.sop.notices import order_notices, row_notices, time_notices
from tracker.sop.people_notices import performed_by, performer_notices
from tracker.sop.performers import Performed
from tracker.sop.soundness import estimate_findings, holiday_findings, sop_findings
from tracker.sop.states import Replayed, item_states
from tracker.sop.swaps import faults_by_trace, swap_notices
from tracker.sop.timing import FUTURE_TOLERANCE, Judged, Moments, judge, moments
from tracker.sop.tracing import in_force, trace_order
from tracker.sop.verdicts import NONE, Evaluation, EventVerdicts, ItemState, ItemStates, Verdict

__all__ = ["evaluate"]

Ints = npt.NDArray[np.int64]

_EPOCH: Final = date(1970, 1, 1)
_YEARS_AHEAD: Final = 2
_MARGIN: Final = 2
"""Years behind the last moment: what a standard of many days may reach."""


def evaluate(register: Register, now: int) -> Evaluation:
    """Judge the whole register at `now` (local minutes since 1970-01-01)."""
    calendar = _calendar(register, now)
    at = moments(register.events, calendar)
    counts, later = in_force(register.items, register.events, at)
    seen = _replayed(register, calendar, at, trace_order(register.events, at, counts), now)
    done = performed_by(register, at)
    items = item_states(
        register.sop, register.items, seen, calendar, now=now, wait_limit=register.settings.wait_limit
    )
    found = [
        *sop_findings(register.sop),
        *_holiday_notices(register, at, seen, items, now),
        *row_notices(register, at, calendar, now),
        *order_notices(register, seen),
        *time_notices(register, seen),
        *performer_notices(register, at, done, seen),
        *copy_notices(register, seen),
        *swap_notices(register, at, counts, _faults(register, seen, now), now),
        *_item_notices(register, items, later, now),
        *link_notices(register.items, items),
    ]
    findings = _in_sheet_order(register, found)
    _set_compliance(register, seen, items, findings)
    return Evaluation(
        register=register,
        now=now,
        calendar=calendar,
        events=_event_verdicts(register, at, seen, counts, done),
        items=items,
        findings=findings,
    )


def _calendar(register: Register, now: int) -> WorkingCalendar:
    """The calendar of the years in use: from the earliest moment to the latest (or now), a margin on both sides.

    A year mistyped far ahead (W205) is judged by nothing, so it lays out no calendar either.
    """
    events = register.events
    known = [
        events.start[events.start_state != State.BLANK],
        events.finish[events.finish_state != State.BLANK],
    ]
    used = np.concatenate([np.array([now]), *(one[one > 0] for one in known)])
    first, last = (_EPOCH + timedelta(days=int(edge) // DAY) for edge in (used.min(), used.max()))
    this_year = (_EPOCH + timedelta(days=now // DAY)).year
    last_year = min(last.year, this_year + _YEARS_AHEAD) + _MARGIN
    return WorkingCalendar.of(
        register.hours, register.holidays, first_year=min(first.year, this_year) - 1, last_year=last_year
    )


def _replayed(register: Register, calendar: WorkingCalendar, at: Moments, order: Ints, now: int) -> Replayed:
    """Everything about the counting events, in trace order."""
    events, sop = register.events, register.sop
    item = events.item[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = item[1:] != item[:-1]
    own = at.of(order)
    traces = Traces(first, events.step[order], ~own.finish_blank, events.outcome[order].astype(np.int64))
    replayed = replay(sop, traces)
    before = np.maximum(replayed.before, 0)
    previous = np.where(replayed.before >= 0, own.finish[before], NONE) if len(order) else own.finish
    is_last = np.append(first[1:], True)[: len(order)]
    judged = Judged(own, traces.step, previous, is_last)
    timing = judge(sop, calendar, judged, now=now, strict_start=register.settings.strict_start)
    return Replayed(order, item, traces, replayed, own, timing, _rounds(register, traces, replayed.outcome))


def _faults(register: Register, seen: Replayed, now: int) -> Ints:
    """How many things are out of order in the trace of every item."""
    return faults_by_trace(seen.traces, seen.replay, seen.moments, now, len(register.items), seen.item)


def _rounds(register: Register, traces: Traces, outcome: Ints) -> Ints:
    """1 + the number of Tidak among earlier events of the item."""
    if not len(traces):
        return np.zeros(0, dtype=np.int64)
    decides = np.array([step.on_no != NO_STEP for step in register.sop.steps])[traces.step]
    said_no = (decides & traces.finished & (outcome == Outcome.NO)).astype(np.int64)
    before = np.cumsum(said_no) - said_no
    start = np.maximum.accumulate(np.where(traces.first, np.arange(len(traces)), 0))
    return np.asarray(1 + before - before[start], dtype=np.int64)


def _event_verdicts(
    register: Register, at: Moments, seen: Replayed, counts: npt.NDArray[np.bool_], done: Performed
) -> EventVerdicts:
    """The columns parallel to `Register.events`; events in no trace are unjudged."""
    size, order, timing = len(register.events), seen.order, seen.timing

    def spread(values: npt.NDArray[np.generic], blank: int) -> Ints:
        column = np.full(size, blank, dtype=np.int64)
        column[order] = values
        return column

    start_of_trace = np.maximum.accumulate(np.where(seen.traces.first, np.arange(len(order)), 0))
    assumed = np.zeros(size, dtype=np.bool_)
    assumed[order] = timing.start_assumed
    return EventVerdicts(
        item=register.events.item,
        position=spread(np.arange(len(order)) - start_of_trace, -1),
        counts=counts,
        round=spread(seen.round, 1),
        start=np.where(assumed, spread(timing.start, NONE), at.start),
        start_assumed=assumed,
        finish=at.finish,
        outcome=np.where(counts, spread(seen.replay.outcome, Outcome.BLANK), register.events.outcome).astype(
            np.int8
        ),
        deadline=spread(timing.deadline, NONE),
        elapsed=spread(timing.elapsed, NONE),
        allowed_minutes=spread(timing.allowed_minutes, NONE),
        waited=spread(timing.waited, NONE),
        late_minutes=spread(timing.late_minutes, 0),
        verdict=spread(timing.verdict, Verdict.UNJUDGED).astype(np.int8),
        performer=done.who,
        performer_sets=done.sets,
    )


def _item_notices(
    register: Register, states: ItemStates, later: npt.NDArray[np.bool_], now: int
) -> Iterator[Finding]:
    """D413, W209 and W210: what is wrong with an item as a whole."""
    items, events = register.items, register.events
    for index in np.unique(events.item[later]).tolist():
        day = day_words(items.cancelled_on[index])
        yield finding(
            "D413", Place("Register", int(items.row[index]), "Dibatalkan"), id=items.id[index], cancelled=day
        )
    unfinished = (states.state == ItemState.NOT_STARTED) | (states.state == ItemState.RUNNING)
    dated = (items.target_state != State.BLANK) & (items.target_state != State.UNREADABLE)
    for index in np.flatnonzero(unfinished & dated & (items.target_on < now // DAY)).tolist():
        place = Place("Register", int(items.row[index]), "Target Tayang")
        yield finding("W209", place, id=items.id[index], target=day_words(items.target_on[index]))
    for index in np.flatnonzero(states.overdue & ~states.is_open).tolist():
        step = register.sop.steps[int(states.step[index])].number if states.step[index] >= 0 else None
        awaited = "langkah berikutnya" if step is None else f"langkah {step}"
        place = Place("Riwayat", int(events.row[states.last_event[index]]), "Selesai")
        since, deadline = moment_words(states.since[index]), moment_words(states.deadline[index])
        yield finding(
            "W210", place, id=items.id[index], step=step, awaited=awaited, since=since, deadline=deadline
        )


def _holiday_notices(
    register: Register, at: Moments, seen: Replayed, items: ItemStates, now: int
) -> list[Finding]:
    """S507 for years in use without a holiday, S509 for estimated holidays that some deadline depends on.

    In use are the years of everything that happened (what is still to come, W205, is a slip) and of every day that
    judging counts: a deadline in January needs the holidays of January.
    """
    starts_later, ends_later = at.in_future(now)
    happened = np.concatenate(
        (at.start[(at.start != NONE) & ~starts_later], at.finish[(at.finish != NONE) & ~ends_later])
    )
    begins, ends = _counted_days(seen, items, now)
    edges = _years(np.stack((begins, ends)))
    years = set(np.unique(_years(happened // DAY)).tolist())
    for first, last in np.unique(edges, axis=1).T.tolist():
        years.update(range(first, last + 1))
    entered = {one.row: (_EPOCH + timedelta(days=one.on)).year for one in register.holidays}
    return [
        *holiday_findings(register.holidays, years, entered),
        *estimate_findings(register.holidays, register.hours, begins, ends),
    ]


def _counted_days(seen: Replayed, items: ItemStates, now: int) -> tuple[Ints, Ints]:
    """(first, last day) of all judged work up to its deadline or finish, and of all waiting up to its limit or now."""
    timing = seen.timing
    waits = (items.deadline != NONE) & (items.since <= now + FUTURE_TOLERANCE)
    judged = (timing.verdict != int(Verdict.UNJUDGED)) & (timing.deadline != NONE)
    end = np.where(seen.moments.finish_blank, now, seen.moments.finish)
    begins = np.concatenate((timing.start[judged], items.since[waits]))
    ends = np.concatenate((np.maximum(timing.deadline, end)[judged], np.maximum(items.deadline, now)[waits]))
    return begins // DAY, ends // DAY


def _years(days: Ints) -> Ints:
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + _EPOCH.year


_SHEETS: Final = (
    "Register",
    "Riwayat",
    "SOP",
    "Langkah",
    "Pegawai",
    "Jam Kerja",
    "Hari Libur",
    "Daftar",
    "Arsip",
)
_PLACE_OF: Final = MappingProxyType({name: place << 32 for place, name in enumerate(_SHEETS)})


def _in_sheet_order(register: Register, found: list[Finding]) -> tuple[Finding, ...]:
    """All findings, those of the rules located, by sheet, row, cell and code."""
    located = list(register.findings)
    for one in found:
        place = one.place
        if place.cell is not None or place.sheet is None or place.row is None or place.column is None:
            located.append(one)
            continue
        cell, raw = register.locate(place.sheet, place.row, place.column)
        located.append(one if cell is None and raw is None else one.located(cell=cell, raw=raw))
    located.sort(key=_rank)
    return tuple(located)


def _rank(one: Finding) -> tuple[int, str, str, str]:
    place = one.place
    return (
        _PLACE_OF.get(place.sheet or "", len(_SHEETS) << 32) + (place.row or 0),
        place.cell or "",
        one.code,
        one.message,
    )


def _set_compliance(
    register: Register, seen: Replayed, states: ItemStates, findings: tuple[Finding, ...]
) -> None:
    """Fill `states.compliant`: order, time and performer in order and no galat; null until finished.

    Unjudged by W208 does not make an item not compliant.
    """
    broken = {fold(one.id) for one in findings if one.severity is Severity.GALAT and one.id is not None}
    late = np.zeros(len(register.items), dtype=np.bool_)
    late[seen.item[seen.timing.verdict == Verdict.LATE]] = True
    clean = np.array([one not in broken for one in register.items.key.tolist()], dtype=np.bool_)
    finished = states.state == ItemState.FINISHED
    states.compliant[:] = np.where(finished, clean & ~late, -1) if len(register.items) else -1
