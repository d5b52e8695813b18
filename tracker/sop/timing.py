"""Time: deadlines, lateness, waiting.

Source: "Working time" in the rules contract. Everything here is one expression over all events of all traces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.sop.calendar import DAY, WorkingCalendar
from tracker.sop.model import Events, Sop, Standard, State
from tracker.sop.verdicts import NONE, Verdict

__all__ = ["FUTURE_TOLERANCE", "Judged", "Moments", "Timing", "deadlines", "judge", "moments"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

FUTURE_TOLERANCE: Final = 15
"""Minutes that a moment may lie after `now` before it is W205 (clocks differ)."""
_READABLE: Final = np.array([state in (State.OK, State.REPAIRED, State.DATE_ONLY) for state in State])
"""By `State`: whether the cell gives a moment."""


@dataclass(frozen=True, slots=True)
class Moments:
    """Start and finish of every event as moments (NONE where there is none), and what became of their cells."""

    start: Ints
    finish: Ints
    start_blank: Bools
    finish_blank: Bools
    start_alone: Bools
    """The start is a date without a time (D415): some moment of that day."""
    finish_alone: Bools

    def of(self, index: Ints) -> Moments:
        """The moments of these events."""
        return Moments(*(getattr(self, name)[index] for name in Moments.__slots__))

    def in_future(self, now: int) -> tuple[Bools, Bools]:
        """Which starts and finishes are W205; a date alone is only once its day has not begun."""
        limit = now + FUTURE_TOLERANCE
        start = np.where(self.start_alone, self.start // DAY * DAY, self.start)
        finish = np.where(self.finish_alone, (self.finish - 1) // DAY * DAY, self.finish)
        return np.asarray(start > limit), np.asarray(finish > limit)


def moments(events: Events, calendar: WorkingCalendar) -> Moments:
    """Readable moments; a date alone counts from opening (start) or to closing (finish), D415."""
    start = np.where(_READABLE[events.start_state], events.start, NONE)
    finish = np.where(_READABLE[events.finish_state], events.finish, NONE)
    start_alone = events.start_state == int(State.DATE_ONLY)
    finish_alone = events.finish_state == int(State.DATE_ONLY)
    start[start_alone] = calendar.opening(events.start[start_alone] // DAY)
    finish[finish_alone] = calendar.closing(events.finish[finish_alone] // DAY)
    # Of one day and the wrong way round: work before the opening or after the closing, no slip of the pen (W203).
    turned = (finish != NONE) & (finish < start) & (events.start // DAY == events.finish // DAY)
    start = np.where(turned & start_alone, finish, start)
    finish = np.where(turned & finish_alone & ~start_alone, start, finish)
    return Moments(
        start=start,
        finish=finish,
        start_blank=events.start_state == int(State.BLANK),
        finish_blank=events.finish_state == int(State.BLANK),
        start_alone=start_alone,
        finish_alone=finish_alone,
    )


def deadlines(
    calendar: WorkingCalendar, standards: tuple[Standard | None, ...], step: Ints, start: Ints
) -> Ints:
    """The deadline of every event begun at `start` on `step` (an index); NONE where either is unknown."""
    deadline = np.full(len(step), NONE, dtype=np.int64)
    if not calendar.has_hours:
        return deadline
    known = (start != NONE) & calendar.covers(start)
    for index, standard in enumerate(standards):
        chosen = np.flatnonzero((step == index) & known)
        if standard is not None and len(chosen):
            deadline[chosen] = calendar.add(start[chosen], standard)
    return deadline


@dataclass(frozen=True, slots=True)
class Timing:
    """The verdict of every event of the traces, parallel to them (see `EventVerdicts` for the meaning)."""

    start: Ints
    start_assumed: Bools
    deadline: Ints
    elapsed: Ints
    allowed_minutes: Ints
    waited: Ints
    late_minutes: Ints
    verdict: npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Judged:
    """What `judge` needs of every event, in trace order; all arrays are parallel."""

    moments: Moments
    step: Ints
    previous_finish: Ints
    """Finish of the event it was replayed against; NONE when there is none or it is unknown."""
    is_last: Bools
    """Whether no later event of its item is in the trace."""


def judge(sop: Sop, calendar: WorkingCalendar, events: Judged, *, now: int, strict_start: bool) -> Timing:
    """Judge all events of all traces at `now`."""
    at = events.moments
    has_start, has_finish = at.start != NONE, at.finish != NONE
    assumed = at.start_blank & has_finish
    start = np.where(assumed, events.previous_finish, at.start)
    end = np.where(has_finish, at.finish, now)
    is_open = at.finish_blank & has_start
    reversed_ = has_start & has_finish & (at.finish < at.start)
    starts_later, ends_later = at.in_future(now)
    future = starts_later | ends_later
    deadline = deadlines(calendar, tuple(one.standard for one in sop.steps), events.step, start)
    known = deadline != NONE
    late = np.where(known, np.maximum(calendar.measure(deadline, end), 0), 0)
    # A moment that cannot be read is neither blank nor there: without a start nothing is due, without a finish
    # the event is neither open nor finished.
    unjudged = reversed_ | future | ~known | ~(is_open | has_finish) | (is_open & ~events.is_last)
    if not strict_start:
        # Nobody is called late for a time nobody knows (W208).
        unjudged |= assumed & (late > 0)
    verdict = np.where(
        is_open,
        np.where(late > 0, Verdict.OVERDUE, Verdict.RUNNING),
        np.where(late > 0, Verdict.LATE, Verdict.ON_TIME),
    )
    silent = unjudged & assumed
    deadline = np.where(silent, NONE, deadline)
    measurable = (start != NONE) & (has_finish | (is_open & events.is_last)) & ~reversed_ & ~future & ~silent
    elapsed = np.where(measurable, np.maximum(calendar.measure(start, end), 0), NONE)
    has_span = (start != NONE) & (deadline != NONE)
    span = np.where(has_span, np.maximum(calendar.measure(start, deadline), 1), NONE)
    waits = has_start & (events.previous_finish != NONE)
    waited = np.where(waits, np.maximum(calendar.measure(events.previous_finish, at.start), 0), NONE)
    return Timing(
        start=start,
        start_assumed=assumed,
        deadline=deadline,
        elapsed=elapsed,
        allowed_minutes=span,
        waited=waited,
        late_minutes=np.where(unjudged, 0, late),
        verdict=np.where(unjudged, Verdict.UNJUDGED, verdict).astype(np.int8),
    )
