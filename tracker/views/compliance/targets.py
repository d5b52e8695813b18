"""Target dates of a month, day by day: what was due when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np

from tracker.sop.calendar import DAY, day_number
from tracker.sop.figures import Month
from tracker.sop.model import State
from tracker.sop.verdicts import Evaluation, ItemState
from tracker.views.compliance.hours import spans_of_day
from tracker.views.wording import day_of

__all__ = ["TargetDay", "TargetItem", "TargetState", "target_days"]


class TargetState(Enum):
    """What became of a target date. PASSED is W209."""

    MET = "finished on or before its day"
    MISSED = "finished later"
    PASSED = "its day is over and it is not finished"
    AHEAD = "still to come"


@dataclass(frozen=True, slots=True)
class TargetItem:
    """One item with a target date in the month."""

    id: str
    title: str
    channel: str
    target_on: int
    finished_at: int
    state: TargetState


@dataclass(frozen=True, slots=True)
class TargetDay:
    """One day of the month (`on`: days since 1970-01-01)."""

    on: int
    is_working: bool
    is_today: bool
    items: tuple[TargetItem, ...]

    @property
    def weekday(self) -> int:
        """0 = Senin."""
        return day_of(self.on * DAY).weekday()


def target_days(evaluation: Evaluation, month: Month) -> tuple[TargetDay, ...]:
    """Every day of the month with the items due on it, as they stand at the evaluation; cancelled ones left out."""
    items, states, today = evaluation.register.items, evaluation.items, evaluation.now // DAY
    after = month.shifted(1)
    first = day_number(date(month.year, month.month, 1))
    end = day_number(date(after.year, after.month, 1))
    dated = (items.target_state != State.BLANK) & (items.target_state != State.UNREADABLE)
    dated &= (items.target_on >= first) & (items.target_on < end)
    dated &= states.state != int(ItemState.CANCELLED)
    due: dict[int, list[TargetItem]] = {}
    for index in np.flatnonzero(dated).tolist():
        due.setdefault(int(items.target_on[index]), []).append(_item(evaluation, index))
    return tuple(
        TargetDay(day, bool(spans_of_day(evaluation.calendar, day)), day == today, tuple(due.get(day, ())))
        for day in range(first, end)
    )


def _item(evaluation: Evaluation, index: int) -> TargetItem:
    items, states = evaluation.register.items, evaluation.items
    target, finished_at = int(items.target_on[index]), int(states.finished_at[index])
    return TargetItem(
        id=str(items.id[index]),
        title=str(items.title[index]).strip() or str(items.id[index]),
        channel=str(items.channel[index]).strip(),
        target_on=target,
        finished_at=finished_at,
        state=_state(evaluation, index),
    )


def _state(evaluation: Evaluation, index: int) -> TargetState:
    target = int(evaluation.register.items.target_on[index])
    if evaluation.items.state[index] == int(ItemState.FINISHED):
        on = int(evaluation.items.finished_at[index]) // DAY
        return TargetState.MET if on <= target else TargetState.MISSED
    return TargetState.PASSED if target < evaluation.now // DAY else TargetState.AHEAD
