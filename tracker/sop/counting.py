"""Counting what was finished between two moments: by step, role, person, channel, kind, and by item.

One evaluation, one period. Every table counts the same events, so the tables add up to each other (an event done by
two persons together counts for both).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tracker.sop.figures import GroupFigures, ItemFigures, PersonFigures, StepFigures, Tally
from tracker.sop.model import Outcome, Step
from tracker.sop.notices import standard_words
from tracker.sop.verdicts import NONE, Evaluation, ItemState, Verdict

__all__ = ["Count", "Finished"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Finished:
    """The columns of the events finished in the period; all arrays are parallel to `event`."""

    event: Ints
    """Index of the event in `Register.events`."""
    item: Ints
    step: Ints
    performer: Ints
    """Index into `performer_sets`."""
    on_time: Bools
    late: Bools
    unjudged: Bools
    returned: Bools
    """Decisions Tidak."""
    begun_inside: Bools
    elapsed: Ints
    late_minutes: Ints

    def __len__(self) -> int:
        return len(self.event)

    @property
    def judged(self) -> Bools:
        """On time or late: the denominator of every share on time."""
        return self.on_time | self.late

    @property
    def timed(self) -> Bools:
        """Those that median and P90 are taken over: judged, and begun within working time."""
        return np.asarray(self.judged & self.begun_inside & (self.elapsed != NONE))

    def tally(self, chosen: Bools) -> Tally:
        """What the chosen ones come to."""
        minutes = self.elapsed[chosen & self.timed]
        return Tally(
            count=int(chosen.sum()),
            on_time=int((chosen & self.on_time).sum()),
            late=int((chosen & self.late).sum()),
            unjudged=int((chosen & self.unjudged).sum()),
            median_minutes=float(np.median(minutes)) if len(minutes) else None,
            p90_minutes=float(np.percentile(minutes, 90)) if len(minutes) else None,
            begun_outside=int((chosen & self.judged & ~self.begun_inside).sum()),
            late_minutes=int(self.late_minutes[chosen & self.late].sum()),
            returned=int((chosen & self.returned).sum()),
        )


class Count:
    """The tables of one period, `begin` … `end` (moments, both included), over one evaluation.

    With a `role`, only the events of its steps are counted; what is said of items stays of whole items.
    """

    def __init__(self, evaluation: Evaluation, begin: int, end: int, *, role: str | None = None) -> None:
        self.evaluation = evaluation
        self.begin = begin
        self.end = end
        self.role = role
        self.counted: Bools = evaluation.events.counts & (evaluation.events.finish != NONE)
        if role is not None:
            self.counted &= np.isin(evaluation.register.events.step, self._steps_of(role))
        self.events = self._finished()

    def _finished(self) -> Finished:
        verdicts, register = self.evaluation.events, self.evaluation.register
        at = np.flatnonzero(self.counted & (verdicts.finish >= self.begin) & (verdicts.finish <= self.end))
        step, verdict = register.events.step[at], verdicts.verdict[at]
        decides = np.array([one.is_decision for one in register.sop.steps], dtype=np.bool_)[step]
        return Finished(
            event=at,
            item=verdicts.item[at],
            step=step,
            performer=verdicts.performer[at],
            on_time=verdict == int(Verdict.ON_TIME),
            late=verdict == int(Verdict.LATE),
            unjudged=verdict == int(Verdict.UNJUDGED),
            returned=decides & (verdicts.outcome[at] == int(Outcome.NO)),
            begun_inside=self.evaluation.calendar.is_working(verdicts.start[at]),
            elapsed=verdicts.elapsed[at],
            late_minutes=verdicts.late_minutes[at],
        )

    def total(self) -> Tally:
        """All events finished in the period."""
        return self.events.tally(np.ones(len(self.events), dtype=np.bool_))

    def not_counted(self) -> int:
        """Rows finished in the period, or in no known one, that a galat keeps out of every figure.

        Orphans, unknown steps, and rows whose Selesai cannot be read or that have no moment at all. Rows of cancelled
        items are left out because they were dropped, not because of a fault.
        """
        register, verdicts = self.evaluation.register, self.evaluation.events
        events = register.events
        known = verdicts.finish != NONE
        inside = ~known | ((verdicts.finish >= self.begin) & (verdicts.finish <= self.end))
        waits = verdicts.counts & (events.finish_state == 0) & (events.start_state != 0)
        lost = inside & ~(verdicts.counts & known) & ~waits
        return int((lost & ~self._cancelled()).sum())

    def dropped(self) -> int:
        """Events finished in the period that count nowhere because their item was cancelled."""
        verdicts = self.evaluation.events
        inside = (verdicts.finish >= self.begin) & (verdicts.finish <= self.end)
        return int((inside & ~verdicts.counts & self._cancelled()).sum())

    def _cancelled(self) -> Bools:
        owner = self.evaluation.register.events.item
        known = np.flatnonzero((owner >= 0) & (self.evaluation.register.events.step >= 0))
        cancelled = np.zeros(len(owner), dtype=np.bool_)
        cancelled[known] = self.evaluation.items.state[owner[known]] == int(ItemState.CANCELLED)
        return cancelled

    def steps(self) -> tuple[StepFigures, ...]:
        """One row for each step of the SOP (of the role, where one is asked for)."""
        steps = self.evaluation.register.sop.steps
        return tuple(
            self._step(index, step)
            for index, step in enumerate(steps)
            if self.role is None or step.role == self.role
        )

    def _step(self, index: int, step: Step) -> StepFigures:
        tally = self.events.tally(self.events.step == index)
        return StepFigures(
            step=step.number,
            activity=step.activity,
            role=step.role,
            standard=standard_words(step.standard),
            count=tally.count,
            on_time=tally.on_time,
            late=tally.late,
            unjudged=tally.unjudged,
            median_minutes=tally.median_minutes,
            p90_minutes=tally.p90_minutes,
            begun_outside=tally.begun_outside,
            late_minutes=tally.late_minutes,
            returned=tally.returned,
        )

    def roles(self) -> tuple[PersonFigures, ...]:
        """One row for each role of the SOP, in order of first appearance."""
        sop = self.evaluation.register.sop
        return tuple(
            PersonFigures(role, self.events.tally(np.isin(self.events.step, self._steps_of(role))))
            for role in sop.roles
        )

    def _steps_of(self, role: str) -> list[int]:
        return [index for index, step in enumerate(self.evaluation.register.sop.steps) if step.role == role]

    def persons(self) -> tuple[PersonFigures, ...]:
        """One row for each person who finished something, by name; the empty name for events of nobody known."""
        sets = self.evaluation.events.performer_sets
        of_name: dict[str, list[int]] = {}
        for index in np.unique(self.events.performer).tolist():
            for name in sets[index] or ("",):
                of_name.setdefault(name, []).append(index)
        return tuple(
            PersonFigures(name, self.events.tally(np.isin(self.events.performer, of_name[name])))
            for name in sorted(of_name, key=str.casefold)
        )

    def groups(self, column: Iterable[str], handled: Iterable[int]) -> tuple[GroupFigures, ...]:
        """Items and punctuality by the text each item has in this column (Kanal or Jenis), by name."""
        names = [str(one) for one in column]
        states = self.evaluation.items
        ended = set(np.flatnonzero(self._ended()).tolist())
        members: dict[str, list[int]] = {}
        for index in handled:
            members.setdefault(names[index], []).append(index)
        return tuple(
            GroupFigures(
                name=name,
                items=len(members[name]),
                finished=len(ended.intersection(members[name])),
                compliant=sum(
                    int(states.compliant[index]) == 1 for index in ended.intersection(members[name])
                ),
                tally=self.events.tally(np.isin(self.events.item, members[name])),
            )
            for name in sorted(members, key=str.casefold)
        )

    def _ended(self) -> Bools:
        finished_at = self.evaluation.items.finished_at
        return np.asarray((finished_at >= self.begin) & (finished_at <= self.end))

    def items(self) -> ItemFigures:
        """Items that finished in the period."""
        states, ended = self.evaluation.items, self._ended()
        rounds = states.round[ended] - 1
        timed = ended & (states.started_at != NONE)
        lead = self.evaluation.calendar.measure(states.started_at[timed], states.finished_at[timed])
        return ItemFigures(
            count=int(ended.sum()),
            compliant=int((states.compliant[ended] == 1).sum()),
            first_pass=int((rounds == 0).sum()),
            rework_rounds=int(rounds.sum()),
            median_lead_minutes=float(np.median(lead)) if len(lead) else None,
            work_minutes=int(states.work_minutes[ended].sum()),
            wait_minutes=int(states.wait_minutes[ended].sum()),
        )
