"""What the rules say of a register at one moment: the columns of verdicts and states.

`EventVerdicts` is parallel to `Register.events`, `ItemStates` to `Register.items`. Instants are int64 local
minutes; NONE stands where there is none. The rules that fill these columns are in the other rooms of this floor.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from tracker.folding import fold

if TYPE_CHECKING:
    from tracker.findings import Finding
    from tracker.sop.calendar import WorkingCalendar
    from tracker.sop.model import Register

__all__ = ["NONE", "Evaluation", "EventVerdicts", "ItemState", "ItemStates", "Verdict"]

NONE: Final = -(2**62)
"""The moment that is not there; far enough from the edge of int64 that differences do not wrap round."""


class Verdict(IntEnum):
    """Punctuality of one event."""

    ON_TIME = 0
    LATE = 1
    RUNNING = 2
    OVERDUE = 3
    UNJUDGED = 4

    @property
    def label(self) -> str:
        """The word of the JSON contract and of the screens."""
        return ("tepat", "terlambat", "berjalan", "lewat tenggat", "tidak dinilai")[self]


class ItemState(IntEnum):
    """State of one content item."""

    NOT_STARTED = 0
    RUNNING = 1
    FINISHED = 2
    CANCELLED = 3

    @property
    def label(self) -> str:
        """The word of the JSON contract and of the screens."""
        return ("belum mulai", "berjalan", "selesai", "dibatalkan")[self]


@dataclass(frozen=True, slots=True)
class EventVerdicts:
    """One element per event of `Register.events`."""

    item: npt.NDArray[np.int64]
    """Index of the item; -1 when the event belongs to none."""
    position: npt.NDArray[np.int64]
    """0-based place in the item's trace; -1 for events in no trace (no item)."""
    counts: npt.NDArray[np.bool_]
    """False for events dropped as of now (of cancelled items, or begun after `as_of`) and for orphans."""
    round: npt.NDArray[np.int64]
    """1 + the number of Tidak among earlier events of the item."""
    start: npt.NDArray[np.int64]
    """As used for judging: typed, or assumed (see start_assumed); NONE when there is none."""
    start_assumed: npt.NDArray[np.bool_]
    finish: npt.NDArray[np.int64]
    outcome: npt.NDArray[np.int8]
    """`Outcome` after D418: BLANK, YES, NO or UNREADABLE."""
    deadline: npt.NDArray[np.int64]
    elapsed: npt.NDArray[np.int64]
    """Working minutes from start to finish (to now while running); NONE when unknown."""
    allowed_minutes: npt.NDArray[np.int64]
    """Working minutes from start to deadline, at least 1: the denominator of urgency; NONE when unknown."""
    waited: npt.NDArray[np.int64]
    """Working minutes from the previous finish to a typed start; NONE when unknown."""
    late_minutes: npt.NDArray[np.int64]
    """Working minutes past the deadline; 0 when none."""
    verdict: npt.NDArray[np.int8]
    """`Verdict`."""
    performer: npt.NDArray[np.int64]
    """Index into `performer_sets`: who did it, as named or assumed."""
    performer_sets: tuple[tuple[str, ...], ...]
    """Sets of names as sheet Pegawai spells them; the empty tuple where nobody is known."""


@dataclass(frozen=True, slots=True)
class ItemStates:
    """One element per item of `Register.items`."""

    state: npt.NDArray[np.int8]
    """`ItemState`."""
    step: npt.NDArray[np.int64]
    """Index of the step that runs or must come next; -1 when none."""
    since: npt.NDArray[np.int64]
    """Start of the open event, else the previous finish; NONE when nothing has happened."""
    deadline: npt.NDArray[np.int64]
    """Deadline of the open event, else since + Batas Tunggu; NONE when unknown."""
    is_open: npt.NDArray[np.bool_]
    """Whether an event is open (somebody works on it), as opposed to waiting for the next step."""
    overdue: npt.NDArray[np.bool_]
    urgency: npt.NDArray[np.float64]
    """Elapsed ÷ working minutes from `since` to `deadline`; 0 when nothing runs."""
    late_minutes: npt.NDArray[np.int64]
    """Working minutes past the deadline now; 0 when not overdue."""
    elapsed: npt.NDArray[np.int64]
    """Working minutes since `since`; 0 when nothing runs."""
    allowed: tuple[tuple[int, ...], ...]
    """Indices of the steps that may be recorded next; while an event is open, its own step."""
    open_event: npt.NDArray[np.int64]
    """Index of the open event, -1 when there is none."""
    last_event: npt.NDArray[np.int64]
    """Index of the last event of the trace, -1 when there is none."""
    round: npt.NDArray[np.int64]
    """The round the item is in, from 1."""
    started_at: npt.NDArray[np.int64]
    finished_at: npt.NDArray[np.int64]
    """Finish of the first event that ended the SOP; NONE while not finished."""
    work_minutes: npt.NDArray[np.int64]
    wait_minutes: npt.NDArray[np.int64]
    compliant: npt.NDArray[np.int8]
    """1 compliant, 0 not, -1 null (not finished, or cancelled)."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything the rules say of `register` as of `now` (local minutes)."""

    register: Register
    now: int
    calendar: WorkingCalendar
    events: EventVerdicts
    items: ItemStates
    findings: tuple[Finding, ...]
    """Findings of reading and of the rules together, located, in sheet order."""

    def findings_of(self, item: int) -> tuple[Finding, ...]:
        """The findings that concern this item."""
        key = self.register.items.key[item]
        return tuple(found for found in self.findings if found.id is not None and fold(found.id) == key)
