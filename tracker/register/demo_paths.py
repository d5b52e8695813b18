"""The invented paths of the demo register: which steps an item went through, for how long, and who did them.

A path is told in working minutes, so it can be laid onto the calendar from its beginning or back from `now`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from tracker.register.moments import written_moment
from tracker.sop.calendar import DAY
from tracker.sop.model import NO_STEP, Step, Unit

if TYPE_CHECKING:
    from tracker.register.seed.content import Value
    from tracker.sop.calendar import WorkingCalendar
    from tracker.sop.model import Sop

__all__ = [
    "RUNNING",
    "Event",
    "Leg",
    "Path",
    "Stop",
    "finished_path",
    "laid_from",
    "laid_until",
    "moment",
    "running_path",
]

_LATE_SHARE: Final = 0.21
_RETURN_SHARE: Final = 0.16


@dataclass(frozen=True, slots=True)
class Leg:
    """One execution of a step: waited for so many working minutes, then worked on for so many (None: still open)."""

    step: int
    """Index into the steps of the SOP."""
    waited: int
    worked: int | None
    outcome: str | None = None


Path = tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a running item stands: the step, open for (or waiting for it since) so many minutes, returned before."""

    step: int
    minutes: int
    is_open: bool
    returns: tuple[int, ...] = ()
    """Steps that returned the item once on its way."""


@dataclass(frozen=True, slots=True)
class Event:
    """One row of Riwayat before it is written: moments are local minutes, None for an open end."""

    step: int
    start: int
    finish: int | None
    outcome: str | None

    def cells(self) -> dict[str, Value]:
        """Start, finish and outcome as cell values."""
        finish = None if self.finish is None else written_moment(self.finish)
        return {"start": written_moment(self.start), "finish": finish, "outcome": self.outcome}


RUNNING: Final = (
    Stop(0, 4, is_open=True),
    Stop(1, 95, is_open=True),
    Stop(1, 640, is_open=True),
    Stop(2, 12, is_open=True),
    Stop(2, 74, is_open=True),
    Stop(3, 18, is_open=True),
    Stop(4, 6, is_open=True),
    Stop(5, 8, is_open=True),
    Stop(4, 55, is_open=False),
    Stop(4, 700, is_open=False),
    Stop(2, 30, is_open=False, returns=(3,)),
    Stop(3, 110, is_open=False, returns=(4,)),
)
"""Twelve items that run at `now`: three past their deadline, three that the head of the section must decide."""


def _net_minutes(step: Step) -> int:
    """About how long the standard of a step is, in working minutes."""
    if step.standard is None:
        return 30
    return round(step.standard.amount * {Unit.MINUTES: 1, Unit.HOURS: 60, Unit.DAYS: 420}[step.standard.unit])


def _worked(chance: random.Random, step: Step, *, may_be_late: bool) -> int:
    net = _net_minutes(step)
    if may_be_late and chance.random() < _LATE_SHARE:
        return net + chance.randrange(max(3, net // 5), max(12, net)) + (60 if net > 200 else 0)
    return max(2, round(net * chance.uniform(0.35, 0.95)))


def _leg(chance: random.Random, sop: Sop, index: int, *, is_first: bool, may_be_late: bool = True) -> Leg:
    waited = 0 if is_first else chance.choice((3, 6, 10, 15, 25, 40, 70, 130, 260))
    outcome = "Ya" if sop.steps[index].on_no != NO_STEP else None
    return Leg(index, waited, _worked(chance, sop.steps[index], may_be_late=may_be_late), outcome)


def finished_path(chance: random.Random, sop: Sop) -> Path:
    """A path from the first step to the end, sometimes with one or two returns."""
    legs: list[Leg] = []
    index, returns = 0, 0
    while index >= 0:
        leg = _leg(chance, sop, index, is_first=not legs)
        step = sop.steps[index]
        if step.on_no != NO_STEP and returns < 2 and chance.random() < _RETURN_SHARE:
            returns += 1
            leg = replace(leg, outcome="Tidak")
        legs.append(leg)
        index = step.on_no if leg.outcome == "Tidak" else step.on_yes
    return tuple(legs)


def running_path(chance: random.Random, sop: Sop, stop: Stop) -> Path:
    """A path that stands at `stop`: returned as it says, punctual before, its last leg open or not begun."""
    legs: list[Leg] = []
    pending = list(stop.returns)
    index = 0
    while index != stop.step or pending:
        leg = _leg(chance, sop, index, is_first=not legs, may_be_late=False)
        step = sop.steps[index]
        if pending and index == pending[0]:
            pending.pop(0)
            leg = replace(leg, outcome="Tidak")
        legs.append(leg)
        index = step.on_no if leg.outcome == "Tidak" else step.on_yes
    if stop.is_open:
        legs.append(Leg(index, chance.choice((5, 12, 20)) if legs else 0, None))
    return tuple(legs)


def moment(minutes: int) -> npt.NDArray[np.int64]:
    """One moment in the form the calendar takes."""
    return np.array(minutes, dtype=np.int64)


def laid_from(calendar: WorkingCalendar, path: Sequence[Leg], start: int) -> list[Event]:
    """The events of a path whose first one begins at the first working moment from `start` on."""
    events: list[Event] = []
    at = start
    for leg in path:
        begun = int(calendar.next_working(calendar.add_minutes(moment(at), leg.waited)))
        if leg.worked is None:
            events.append(Event(leg.step, begun, None, None))
            break
        at = int(calendar.add_minutes(moment(begun), leg.worked))
        events.append(Event(leg.step, begun, at, leg.outcome))
    return events


def laid_until(calendar: WorkingCalendar, path: Sequence[Leg], stop: Stop, now: int) -> list[Event]:
    """The events of a running path, so that its last state is `stop.minutes` working minutes old at `now`."""
    spent = sum(leg.waited + (leg.worked or 0) for leg in path) + stop.minutes
    before_now = int(calendar.measure(moment(calendar.first_day * DAY), moment(now)))
    first = int(calendar.minutes[max(0, before_now - spent)]) + calendar.first_day * DAY
    return laid_from(calendar, path, first)
