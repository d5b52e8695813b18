"""The events behind a figure: the same columns that were counted, chosen the same way (K5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.sop.counting import Count
from tracker.sop.model import Appointment, Outcome
from tracker.sop.notices import standard_words
from tracker.sop.verdicts import Verdict

__all__ = ["UNNAMED", "By", "EventLine", "EventList", "Slice", "Which", "behind", "person_key"]

UNNAMED: Final = "-"
"""Stands in an address for what has no name: an empty Kanal, nobody known."""


class Which(Enum):
    """Which of the events finished in the month; the values stand in addresses."""

    ALL = "semua"
    JUDGED = "dinilai"
    ON_TIME = "tepat"
    LATE = "terlambat"
    UNJUDGED = "tidak-dinilai"
    TIMED = "lama"
    """Those that the median is taken over."""
    RETURNED = "dikembalikan"


class By(Enum):
    """Of what; the values stand in addresses."""

    STEP = "langkah"
    PERSON = "petugas"
    CHANNEL = "kanal"
    KIND = "jenis"


@dataclass(frozen=True, slots=True)
class Slice:
    """The events that a figure counts: `Slice(Which.LATE, By.STEP, "4")`.

    `value` is the number of a step, a channel, a kind, or the row of sheet Pegawai that first has the person: a
    name never stands in an address (source: dashboard, N2).
    """

    which: Which
    by: By | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event. Minutes are working minutes, moments local minutes; NONE where there is none."""

    id: str
    title: str
    step: int
    activity: str
    performers: tuple[str, ...]
    finish: int
    elapsed: int
    standard: str
    verdict: Verdict
    late_minutes: int
    is_returned: bool
    row: int
    """Of sheet Riwayat."""


@dataclass(frozen=True, slots=True)
class EventList:
    """One page of a list, and how long the whole is."""

    lines: tuple[EventLine, ...]
    total: int
    first: int
    """0-based place of the first line in the whole list."""
    name: str
    """What `Slice.value` stands for, as sheets spell it; empty when nothing answers to it."""


def person_key(name: str, people: Sequence[Appointment]) -> str:
    """What stands in an address for this person: the row of Pegawai that first has the name."""
    return next((str(one.row) for one in people if one.name == name), UNNAMED)


def behind(count: Count, chosen: Slice, *, first: int = 0, most: int = 50) -> EventList:
    """The events of a slice from the `first` on, at most `most`; an empty list when nothing answers to it.

    What took longest stands first where time is the question, else what was finished last.
    """
    mask, name = _of(count, chosen)
    mask = mask & _which(count, chosen.which)
    places = np.flatnonzero(mask)
    events, register = count.events, count.evaluation.register
    finish = count.evaluation.events.finish[events.event]
    weight = {
        Which.LATE: events.late_minutes,
        Which.JUDGED: events.late_minutes,
        Which.TIMED: events.elapsed,
    }.get(chosen.which, finish)
    row = register.events.row[events.event]
    places = places[np.lexsort((-row[places], -finish[places], -weight[places]))]
    first = first if 0 <= first < len(places) else 0
    lines = tuple(_line(count, int(place)) for place in places[first : first + most])
    return EventList(lines, len(places), first, name)


def _which(count: Count, which: Which) -> npt.NDArray[np.bool_]:
    events = count.events
    return {
        Which.ALL: np.ones(len(events), dtype=np.bool_),
        Which.JUDGED: events.judged,
        Which.ON_TIME: events.on_time,
        Which.LATE: events.late,
        Which.UNJUDGED: events.unjudged,
        Which.TIMED: events.timed,
        Which.RETURNED: events.returned,
    }[which]


def _of(count: Count, chosen: Slice) -> tuple[npt.NDArray[np.bool_], str]:
    """Whose events, as a mask over the finished ones, and the name of it."""
    events, register = count.events, count.evaluation.register
    nothing = np.zeros(len(events), dtype=np.bool_)
    if chosen.by is None:
        return ~nothing, ""
    if chosen.by is By.STEP:
        steps = [index for index, one in enumerate(register.sop.steps) if str(one.number) == chosen.value]
        return np.isin(events.step, steps), register.sop.steps[steps[0]].activity if steps else ""
    if chosen.by is By.PERSON:
        return _of_person(count, chosen.value)
    column = register.items.channel if chosen.by is By.CHANNEL else register.items.kind
    name = "" if chosen.value == UNNAMED else chosen.value
    mask = np.asarray([str(column[item]) == name for item in events.item.tolist()], dtype=np.bool_)
    return mask, chosen.value if mask.any() or name in set(column.tolist()) else ""


def _of_person(count: Count, value: str) -> tuple[npt.NDArray[np.bool_], str]:
    people = count.evaluation.register.people
    name = next((one.name for one in people if str(one.row) == value), "")
    if not name and value != UNNAMED:
        return np.zeros(len(count.events), dtype=np.bool_), ""
    sets = count.evaluation.events.performer_sets
    own = [index for index, names in enumerate(sets) if name in (names or ("",))]
    return np.isin(count.events.performer, own), name or UNNAMED


def _line(count: Count, place: int) -> EventLine:
    events, register, verdicts = count.events, count.evaluation.register, count.evaluation.events
    event, item = int(events.event[place]), int(events.item[place])
    step = register.sop.steps[int(events.step[place])]
    return EventLine(
        id=str(register.items.id[item]),
        title=str(register.items.title[item]).strip() or str(register.items.id[item]),
        step=step.number,
        activity=step.activity,
        performers=verdicts.performer_sets[int(events.performer[place])],
        finish=int(verdicts.finish[event]),
        elapsed=int(events.elapsed[place]),
        standard=standard_words(step.standard),
        verdict=Verdict(int(verdicts.verdict[event])),
        late_minutes=int(events.late_minutes[place]),
        is_returned=step.is_decision and int(verdicts.outcome[event]) == int(Outcome.NO),
        row=int(register.events.row[event]),
    )
