"""Hari ini: what waits for one person, what is late elsewhere, where everything is, and this month's share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tracker.folding import fold
from tracker.sop.figures import MonthFigures, MonthPoint
from tracker.sop.model import Appointment, Outcome, Step
from tracker.sop.verdicts import NONE, Evaluation
from tracker.views.standing import Pace, Standing, standings
from tracker.views.wording import FEW, share_level

__all__ = [
    "Person",
    "Place",
    "Punctuality",
    "Task",
    "Today",
    "own_step",
    "person",
    "persons",
    "places",
    "punctuality",
    "task_of",
    "today",
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of sheet Pegawai on one day: the name as spelled there and the roles held on that day."""

    name: str
    roles: tuple[str, ...]

    def holds(self, step: Step) -> bool:
        """Whether this person may do the step (R0: permission is the step's role on that date)."""
        return fold(step.role) in {fold(role) for role in self.roles}


def persons(people: Sequence[Appointment], day: int) -> tuple[Person, ...]:
    """Everybody in Pegawai, in sheet order, with the roles held on `day` (days since 1970-01-01)."""
    names = dict.fromkeys(one.name for one in people)
    return tuple(
        Person(
            name, tuple(dict.fromkeys(one.role for one in people if one.name == name and one.holds_on(day)))
        )
        for name in names
    )


def person(people: Sequence[Appointment], name: str, day: int) -> Person | None:
    """The person of this name on `day`; None when Pegawai has no such name."""
    return next((one for one in persons(people, day) if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Task:
    """One item that waits for the reader."""

    standing: Standing
    step: Step
    """The step that the reader may record: the first of those allowed next whose role the reader holds."""
    reason: str
    """Why the item was last sent back; empty when it never was."""
    draft: str
    """The latest Bukti of the item; empty when there is none."""
    returns_to: Step | None
    """Where a Tidak leads; None on a step that decides nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """One step of the SOP and what stands there now."""

    step: Step
    count: int
    late: int
    overlong: int


@dataclass(frozen=True, slots=True)
class Today:
    """Everything of the page that does not depend on the month."""

    decisions: tuple[Task, ...]
    tasks: tuple[Task, ...]
    elsewhere: tuple[Standing, ...]
    """Overdue items at steps of others, the most urgent first."""
    places: tuple[Place, ...]
    running: int
    late: int
    overlong: int
    last_decided_at: int
    """When the reader last finished a step; NONE when never."""

    @property
    def waiting(self) -> int:
        return len(self.decisions) + len(self.tasks)

    @property
    def mine_overdue(self) -> int:
        """How many of the reader's own items are past their time."""
        return sum(task.standing.pace.is_overdue for task in (*self.decisions, *self.tasks))


def today(evaluation: Evaluation, reader: Person | None) -> Today:
    """The page as `reader` sees it; without a reader nothing waits for anybody."""
    standing = standings(evaluation)
    mine = [
        task
        for one in standing
        if reader is not None and (task := _task(evaluation, one, reader)) is not None
    ]
    own = {task.standing.item for task in mine}
    return Today(
        decisions=tuple(task for task in mine if task.step.is_decision),
        tasks=tuple(task for task in mine if not task.step.is_decision),
        elsewhere=tuple(one for one in standing if one.pace.is_overdue and one.item not in own),
        places=places(evaluation.register.sop.steps, standing),
        running=sum(one.pace is not Pace.NOT_STARTED for one in standing),
        late=sum(one.pace is Pace.LATE for one in standing),
        overlong=sum(one.pace is Pace.OVERLONG for one in standing),
        last_decided_at=_last_finish(evaluation, reader),
    )


def places(steps: Sequence[Step], standing: Sequence[Standing]) -> tuple[Place, ...]:
    """How many items stand at each step."""
    at = [[one.pace for one in standing if one.step_index == index] for index in range(len(steps))]
    return tuple(
        Place(step, len(paces), paces.count(Pace.LATE), paces.count(Pace.OVERLONG))
        for step, paces in zip(steps, at, strict=True)
    )


def _task(evaluation: Evaluation, standing: Standing, reader: Person) -> Task | None:
    """The task of `reader` on this item; None when it waits for somebody else."""
    if standing.is_open and standing.officers and reader.name not in standing.officers:
        return None
    own = own_step(evaluation, standing, reader)
    return task_of(evaluation, standing, own) if reader.holds(own) else None


def own_step(evaluation: Evaluation, standing: Standing, reader: Person | None) -> Step:
    """The step to act on: the first of those allowed next whose role the reader holds, else where the item stands."""
    steps = evaluation.register.sop.steps
    own = (steps[index] for index in standing.next_steps if reader is not None and reader.holds(steps[index]))
    return next(own, standing.step)


def task_of(evaluation: Evaluation, standing: Standing, step: Step) -> Task:
    """What is known of doing `step` of this item."""
    events, judged = evaluation.register.events, evaluation.events
    trace = np.flatnonzero((judged.item == standing.item) & (judged.position >= 0))
    trace = trace[np.argsort(judged.position[trace], kind="stable")][::-1]
    reasons = (str(events.note[one]).strip() for one in trace if judged.outcome[one] == Outcome.NO)
    drafts = (str(events.evidence[one]).strip() for one in trace)
    steps = evaluation.register.sop.steps
    back = steps[step.on_no] if 0 <= step.on_no < len(steps) else None
    return Task(
        standing=standing,
        step=step,
        reason=next(reasons, "") if standing.round > 1 else "",
        draft=next((one for one in drafts if one), ""),
        returns_to=back,
    )


def _last_finish(evaluation: Evaluation, reader: Person | None) -> int:
    if reader is None:
        return NONE
    own = [index for index, names in enumerate(evaluation.events.performer_sets) if reader.name in names]
    done = np.isin(evaluation.events.performer, own) & (evaluation.events.finish != NONE)
    done &= evaluation.events.finish <= evaluation.now
    return int(evaluation.events.finish[done].max()) if done.any() else NONE


@dataclass(frozen=True, slots=True)
class Punctuality:
    """The share on time of a month, and how it changed."""

    on_time: int
    judged: int
    points: float | None
    """Change against the month before in percentage points; None when either month has too few events."""
    previous: MonthPoint | None


def punctuality(figures: MonthFigures) -> Punctuality:
    """Tepat waktu of the month (source: rules, Compliance figures; below ten events no percentage)."""
    judged, before = figures.on_time + figures.late, figures.previous
    points = None
    if before is not None and judged >= FEW and before.on_time + before.late >= FEW:
        change = share_level(figures.on_time, judged) - share_level(
            before.on_time, before.on_time + before.late
        )
        points = float(change * 100)
    return Punctuality(figures.on_time, judged, points, before)
