"""Where every item stands: its state, the step that runs or comes next, since when, until when, what is allowed.

Source: the last paragraphs of "The path of a content item" in the rules contract.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.sop.calendar import WorkingCalendar
from tracker.sop.conformance import Replay, Traces, allowed_after
from tracker.sop.model import END, NO_STEP, Items, Outcome, Sop, Standard, State
from tracker.sop.timing import Moments, Timing
from tracker.sop.verdicts import NONE, ItemState, ItemStates

__all__ = ["Replayed", "item_states"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Replayed:
    """All that is known of the events in trace order; every array is parallel to `order`."""

    order: Ints
    """Index of the event in `Register.events`."""
    item: Ints
    traces: Traces
    replay: Replay
    moments: Moments
    timing: Timing
    round: Ints


@dataclass(slots=True)
class _Drafted:
    """Columns of ItemStates while they are filled in."""

    state: Ints
    step: Ints
    since: Ints
    deadline: Ints
    open_event: Ints
    last_event: Ints
    round: Ints
    allowed: list[tuple[int, ...]]


def item_states(
    sop: Sop, items: Items, seen: Replayed, calendar: WorkingCalendar, *, now: int, wait_limit: Standard
) -> ItemStates:
    """The state of every item at `now`; `compliant` is left null, for it needs the findings."""
    draft = _draft(sop, items, seen, calendar, wait_limit)
    current = np.full(len(items), now, dtype=np.int64)
    running = draft.state == ItemState.RUNNING
    timed = running & (draft.deadline != NONE)
    late = np.where(timed, np.maximum(calendar.measure(draft.deadline, current), 0), 0)
    elapsed = np.where(running & (draft.since != NONE), calendar.measure(draft.since, current), 0)
    elapsed = np.maximum(elapsed, 0)
    span = np.where(timed, np.maximum(calendar.measure(draft.since, draft.deadline), 1), 1)
    started, finished, lasts = _lifetimes(sop, items, seen)
    lasts |= draft.state[seen.item] != int(ItemState.FINISHED)
    return ItemStates(
        state=draft.state.astype(np.int8),
        step=draft.step,
        since=draft.since,
        deadline=draft.deadline,
        is_open=draft.open_event >= 0,
        overdue=late > 0,
        urgency=np.where(timed, elapsed / span, 0.0),
        late_minutes=late,
        elapsed=elapsed,
        allowed=tuple(draft.allowed),
        open_event=draft.open_event,
        last_event=draft.last_event,
        round=draft.round,
        started_at=started,
        finished_at=np.where(draft.state == ItemState.FINISHED, finished, NONE),
        work_minutes=_total(len(items), seen.item, seen.timing.elapsed, lasts & ~seen.moments.finish_blank),
        wait_minutes=_total(len(items), seen.item, seen.timing.waited, lasts),
        compliant=np.full(len(items), -1, dtype=np.int8),
    )


def _draft(
    sop: Sop, items: Items, seen: Replayed, calendar: WorkingCalendar, wait_limit: Standard
) -> _Drafted:
    size = len(items)
    draft = _Drafted(
        state=np.full(size, ItemState.NOT_STARTED, dtype=np.int64),
        step=np.full(size, 0 if sop.steps else -1, dtype=np.int64),
        since=np.full(size, NONE, dtype=np.int64),
        deadline=np.full(size, NONE, dtype=np.int64),
        open_event=np.full(size, -1, dtype=np.int64),
        last_event=np.full(size, -1, dtype=np.int64),
        round=np.ones(size, dtype=np.int64),
        allowed=[(0,) if sop.steps else ()] * size,
    )
    if len(seen.order):
        _advance(sop, seen, draft, calendar, wait_limit)
    cancelled = items.cancelled_state != State.BLANK
    draft.state[cancelled] = ItemState.CANCELLED
    draft.step[cancelled | (draft.state == ItemState.FINISHED)] = -1
    draft.since[cancelled] = NONE
    draft.deadline[cancelled] = NONE
    for index in np.flatnonzero(cancelled):
        draft.allowed[index] = ()
    return draft


def _advance(
    sop: Sop, seen: Replayed, draft: _Drafted, calendar: WorkingCalendar, wait_limit: Standard
) -> None:
    """Fill in the items that have events, from the last event of each trace."""
    final = np.append(np.flatnonzero(seen.traces.first)[1:] - 1, len(seen.order) - 1)
    item = seen.item[final]
    # What stands is the last event; before a step written down late, the event it was written down after.
    standing = np.where(seen.moments.finish_blank[final], final, seen.replay.last[final])
    one, two, ended = _next_of(sop, seen, standing)
    # Left open before a step written down late, an event is U105 and passed over; only the end has to be finished.
    is_open = seen.moments.finish_blank[final] | (seen.moments.finish_blank[standing] & ended)
    ended &= ~is_open
    step = np.where(is_open, seen.traces.step[standing], np.where(one >= 0, one, np.where(two >= 0, two, -1)))
    since = np.where(is_open, seen.moments.start[standing], seen.moments.finish[standing])
    waits = ~is_open & ~ended & (since != NONE) & calendar.has_hours
    deadline = np.where(is_open & (standing == final), seen.timing.deadline[standing], NONE)
    if waits.any():
        deadline[waits] = calendar.add(since[waits], wait_limit)
    draft.state[item] = np.where(ended, ItemState.FINISHED, ItemState.RUNNING)
    draft.step[item], draft.since[item] = step, np.where(ended, NONE, since)
    draft.deadline[item] = deadline
    draft.open_event[item] = np.where(is_open, seen.order[standing], -1)
    draft.last_event[item] = seen.order[final]
    returned = (seen.replay.outcome[final] == Outcome.NO) & ~seen.moments.finish_blank[final]
    draft.round[item] = seen.round[final] + returned
    options = zip(item.tolist(), is_open.tolist(), step.tolist(), one.tolist(), two.tolist(), strict=True)
    for index, opened, own, yes, no in options:
        draft.allowed[index] = (own,) if opened else tuple(sorted({to for to in (yes, no) if to >= 0}))


def _next_of(sop: Sop, seen: Replayed, standing: Ints) -> tuple[Ints, Ints, Bools]:
    """The successors of these events (an index, END or NO_STEP), and whether nothing but the end follows them."""
    step, outcome = seen.traces.step[standing], seen.replay.outcome[standing]
    one, two = allowed_after(sop, step, outcome, seen.traces.finished[standing])
    ended = np.maximum(one, two) == END
    known = len(sop.steps)
    return np.where(one >= known, NO_STEP, one), np.where(two >= known, NO_STEP, two), ended


def _lifetimes(sop: Sop, items: Items, seen: Replayed) -> tuple[Ints, Ints, Bools]:
    """(first start, finish of the first event that ended the SOP) of every item, NONE where there is none; and which
    events do not come after that end (what is uploaded again later is no work on the item: U108).
    """
    started = np.full(len(items), np.iinfo(np.int64).max)
    finished = np.full(len(items), NONE, dtype=np.int64)
    if not len(seen.order):
        return np.full(len(items), NONE), finished, np.zeros(0, dtype=np.bool_)
    begun = np.where(seen.moments.start != NONE, seen.moments.start, seen.moments.finish)
    known = begun != NONE
    np.minimum.at(started, seen.item[known], begun[known])
    # A step written down late does not move the replay, so it ends nothing either.
    ends: Bools = _next_of(sop, seen, np.arange(len(seen.order)))[2] & ~seen.replay.written_late
    ends &= seen.moments.finish != NONE
    ending = np.flatnonzero(ends)[::-1]
    finished[seen.item[ending]] = seen.moments.finish[ending]
    so_far: Ints = np.cumsum(ends) - ends
    start = np.maximum.accumulate(np.where(seen.traces.first, np.arange(len(ends)), 0))
    return np.where(started == np.iinfo(np.int64).max, NONE, started), finished, so_far == so_far[start]


def _total(size: int, item: Ints, minutes: Ints, chosen: Bools) -> Ints:
    known = chosen & (minutes != NONE)
    return np.bincount(item[known], weights=minutes[known], minlength=size).astype(np.int64)
