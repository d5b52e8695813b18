"""Where each unfinished item stands now: its step, its pace and who has it; shared by the pages of the screen.

Urgency is elapsed ÷ allowed (source: rules, "Working time"; dashboard P4): of the standard while somebody works on
a step, of Batas Tunggu while the item waits for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np

from tracker.folding import fold
from tracker.sop.model import Step
from tracker.sop.verdicts import NONE, Evaluation, ItemState
from tracker.views import wording

__all__ = ["Pace", "Standing", "day_minutes", "matches", "short_activity", "standing_of", "standings"]

_LETTER: Final = re.compile(r"^[a-z][.)]\s+")
_ROOM: Final = 38


class Pace(Enum):
    """How an item keeps up. Only LATE counts as late (W202); OVERLONG is waiting too long (W210)."""

    NOT_STARTED = "not-started"
    ON_TRACK = "on-track"
    SOON = "soon"
    OVERLONG = "overlong"
    LATE = "late"

    @property
    def is_overdue(self) -> bool:
        """Past its time, whether worked on or waiting."""
        return self in (Pace.LATE, Pace.OVERLONG)


@dataclass(frozen=True, slots=True)
class Standing:
    """One unfinished item. Minutes are working minutes; moments local minutes, NONE where there is none."""

    item: int
    """Index into the register's items."""
    id: str
    title: str
    channel: str
    step_index: int
    """Index into the SOP's steps of the step that runs or comes next."""
    step: Step
    next_steps: tuple[int, ...]
    """Indices of all steps that may be recorded now (two while a decision lacks its Hasil)."""
    round: int
    pace: Pace
    is_open: bool
    """Somebody works on the step, as opposed to the item waiting for it."""
    officers: tuple[str, ...]
    """Who works on the open step, as Pegawai spells the names; empty when nobody is known."""
    since: int
    deadline: int
    elapsed: int
    allowed: int
    """From `since` to `deadline`: the standard, or the waiting limit."""
    late_minutes: int
    urgency: float
    wait_limit: str
    """How long an item may wait for a step, as sheet SOP writes it: `1 hari`."""

    @property
    def left_minutes(self) -> int:
        """Until the deadline; 0 when it has passed or there is none."""
        return max(self.allowed - self.elapsed, 0)

    @property
    def standard(self) -> str:
        """The step's standard as the SOP writes it."""
        return wording.standard(self.step.standard)


def standings(evaluation: Evaluation) -> tuple[Standing, ...]:
    """Every item that is running or not begun and has a step to stand at, the most urgent first."""
    states = evaluation.items
    live = np.isin(states.state, (ItemState.RUNNING, ItemState.NOT_STARTED)) & (states.step >= 0)
    found = np.flatnonzero(live)
    allowed = _allowed(evaluation, found)
    made = [
        _standing(evaluation, int(item), int(minutes)) for item, minutes in zip(found, allowed, strict=True)
    ]
    return tuple(sorted(made, key=lambda one: (-one.urgency, one.since, one.id)))


def standing_of(evaluation: Evaluation, item: int) -> Standing | None:
    """The standing of one item; None when it is finished, cancelled, or stands nowhere."""
    states = evaluation.items
    if states.state[item] not in (ItemState.RUNNING, ItemState.NOT_STARTED) or states.step[item] < 0:
        return None
    return _standing(evaluation, item, int(_allowed(evaluation, np.array([item]))[0]))


def _allowed(evaluation: Evaluation, found: np.ndarray) -> np.ndarray:
    since, deadline = evaluation.items.since[found], evaluation.items.deadline[found]
    known = (since != NONE) & (deadline != NONE)
    allowed = np.zeros(len(found), dtype=np.int64)
    if known.any():
        allowed[known] = np.maximum(evaluation.calendar.measure(since[known], deadline[known]), 1)
    return allowed


def _standing(evaluation: Evaluation, item: int, allowed: int) -> Standing:
    states, items = evaluation.items, evaluation.register.items
    at = int(states.step[item])
    event = int(states.open_event[item])
    officers: tuple[str, ...] = ()
    if event >= 0:
        officers = evaluation.events.performer_sets[int(evaluation.events.performer[event])]
    return Standing(
        item=item,
        id=str(items.id[item]),
        title=str(items.title[item]).strip() or str(items.id[item]),
        channel=str(items.channel[item]).strip(),
        step_index=at,
        step=evaluation.register.sop.steps[at],
        next_steps=states.allowed[item],
        round=int(states.round[item]),
        pace=_pace(evaluation, item),
        is_open=bool(states.is_open[item]),
        officers=officers,
        since=int(states.since[item]),
        deadline=int(states.deadline[item]),
        elapsed=int(states.elapsed[item]),
        allowed=allowed,
        late_minutes=int(states.late_minutes[item]),
        urgency=float(states.urgency[item]),
        wait_limit=wording.standard(evaluation.register.settings.wait_limit),
    )


def _pace(evaluation: Evaluation, item: int) -> Pace:
    states = evaluation.items
    if states.state[item] == ItemState.NOT_STARTED:
        return Pace.NOT_STARTED
    if states.overdue[item]:
        return Pace.LATE if states.is_open[item] else Pace.OVERLONG
    soon = evaluation.register.settings.soon_percent / 100
    return Pace.SOON if states.urgency[item] >= soon else Pace.ON_TRACK


def day_minutes(evaluation: Evaluation) -> int:
    """Working minutes of a day now: what "1 hari" stands for in durations."""
    return int(evaluation.calendar.minutes_of_day(evaluation.now // 1440)) or 1


def short_activity(activity: str) -> str:
    """The activity of a step as a heading has room for: its first clause, without its letter, at most 38 letters.

    >>> short_activity("a. Mengunggah konten; b. Menyampaikan tautan")
    'Mengunggah konten'
    """
    first = re.split(r"[:;]", _LETTER.sub("", activity.strip()), maxsplit=1)[0]
    return wording.shortened(first, _ROOM).replace(" …", "\u00a0…")


def matches(standing: Standing, query: str) -> bool:
    """Whether title or ID holds the text, however it is typed."""
    text = fold(query)
    return text in fold(standing.title) or text in fold(standing.id)
