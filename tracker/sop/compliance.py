"""The compliance figures of a month, always as of a moment.

Source: "Compliance figures" in the rules contract. The month is judged as of min(now, its end): what came later is
left out, so that a paper printed again in March says of January what it said in January.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.findings import Finding
from tracker.sop.calendar import DAY, day_number
from tracker.sop.evaluation import evaluate
from tracker.sop.figures import (
    ItemFigures,
    ListedItem,
    Month,
    MonthFigures,
    MonthPoint,
    RunningItem,
    StepFigures,
    Violation,
)
from tracker.sop.model import Events, Outcome, Register, State
from tracker.sop.notices import standard_words
from tracker.sop.verdicts import NONE, Evaluation, ItemState, Verdict

__all__ = ["as_of", "month_end", "month_figures", "month_of"]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SERIES_MONTHS: Final = 12
_EPOCH: Final = date(1970, 1, 1)


def month_of(at: int) -> Month:
    """The month that a moment lies in."""
    on = _EPOCH + timedelta(days=int(at) // DAY)
    return Month(on.year, on.month)


def _month_start(month: Month) -> int:
    return day_number(date(month.year, month.month, 1)) * DAY


def month_end(month: Month) -> int:
    """The last minute of the month."""
    return _month_start(month.shifted(1)) - 1


def as_of(register: Register, moment: int) -> Register:
    """The register as it stood at `moment`: events beginning later are dropped, one finishing later is running.

    A cancellation dated later has not happened yet. Cells that cannot be read stay, for nobody knows when they were.
    """
    events, items = register.events, register.items
    blank_start = events.start_state == State.BLANK
    starts_later = ~blank_start & (events.start_state != State.UNREADABLE) & (events.start > moment)
    dated = (events.finish_state != State.BLANK) & (events.finish_state != State.UNREADABLE)
    ends_later = dated & (events.finish > moment)
    kept = ~(starts_later | (ends_later & blank_start))
    finish_state = np.where(ends_later, State.BLANK, events.finish_state).astype(np.int8)
    outcome = np.where(ends_later, Outcome.BLANK, events.outcome).astype(np.int8)
    cut = replace(events, finish_state=finish_state, outcome=outcome)
    not_yet = (items.cancelled_state != State.UNREADABLE) & (items.cancelled_on > moment // DAY)
    cancelled = np.where(not_yet, State.BLANK, items.cancelled_state).astype(np.int8)
    return replace(register, events=_only(cut, kept), items=replace(items, cancelled_state=cancelled))


def _only(events: Events, kept: Bools) -> Events:
    return Events(**{name: getattr(events, name)[kept] for name in Events.__slots__})


def month_figures(register: Register, month: Month, now: int) -> MonthFigures:
    """Count one month of the register as of min(now, end of the month)."""
    moment = min(now, month_end(month))
    return _Count(evaluate(as_of(register, moment), moment), month).figures()


class _Count:
    """The counting of one month over one evaluation; holds the columns that every table needs."""

    def __init__(self, evaluation: Evaluation, month: Month) -> None:
        self.evaluation = evaluation
        self.month = month
        events = evaluation.events
        finish = events.finish
        self.counted = events.counts & (finish != NONE)
        in_month = (finish >= _month_start(month)) & (finish <= month_end(month))
        self.finished: Bools = self.counted & in_month
        self.verdict = events.verdict
        self.late = self.finished & (self.verdict == Verdict.LATE)
        self.on_time = self.finished & (self.verdict == Verdict.ON_TIME)

    def figures(self) -> MonthFigures:
        evaluation, states = self.evaluation, self.evaluation.items
        listed = self._listed()
        concerning = tuple(self._concerning(listed))
        running = states.state == ItemState.RUNNING
        return MonthFigures(
            month=self.month,
            as_of=evaluation.now,
            count=int(self.finished.sum()),
            on_time=int(self.on_time.sum()),
            late=int(self.late.sum()),
            unjudged=int((self.finished & (self.verdict == Verdict.UNJUDGED)).sum()),
            running_overdue=int((running & states.is_open & states.overdue).sum()),
            waiting_overdue=int((running & ~states.is_open & states.overdue).sum()),
            items_handled=len(listed),
            items=self._items(),
            rework_rounds=int(self._returned().sum()),
            steps=tuple(self._step(index) for index in range(len(evaluation.register.sop.steps))),
            series=self._series(),
            listed=listed,
            violations=self._violations(),
            running=self._running(),
            finding_counts=tuple(sorted(Counter(one.code for one in concerning).items())),
            findings=concerning,
            not_counted=int((~evaluation.events.counts & ~self._cancelled()).sum()),
            target_percent=evaluation.register.settings.target_percent,
        )

    def _returned(self) -> Bools:
        """Finished decisions Tidak of the month."""
        decides = np.array([step.is_decision for step in self.evaluation.register.sop.steps] + [False])
        said_no = self.evaluation.events.outcome == Outcome.NO
        return np.asarray(self.finished & said_no & decides[self.evaluation.register.events.step])

    def _cancelled(self) -> Bools:
        """Events of cancelled items: left out because they were dropped, not because of a fault."""
        owner = self.evaluation.events.item
        if not len(self.evaluation.register.items):
            return np.zeros(len(owner), dtype=np.bool_)
        return np.asarray((owner >= 0) & (self.evaluation.items.state[owner] == ItemState.CANCELLED))

    def _step(self, index: int) -> StepFigures:
        evaluation, step = self.evaluation, self.evaluation.register.sop.steps[index]
        own = evaluation.register.events.step == index
        judged = own & (self.on_time | self.late)
        begun_inside = evaluation.calendar.is_working(evaluation.events.start)
        minutes = evaluation.events.elapsed[judged & begun_inside & (evaluation.events.elapsed != NONE)]
        return StepFigures(
            step=step.number,
            activity=step.activity,
            role=step.role,
            standard=standard_words(step.standard),
            count=int((own & self.finished).sum()),
            on_time=int((own & self.on_time).sum()),
            late=int((own & self.late).sum()),
            unjudged=int((own & self.finished & (self.verdict == Verdict.UNJUDGED)).sum()),
            median_minutes=float(np.median(minutes)) if len(minutes) else None,
            p90_minutes=float(np.percentile(minutes, 90)) if len(minutes) else None,
            begun_outside=int((judged & ~begun_inside).sum()),
            late_minutes=int(evaluation.events.late_minutes[own & self.late].sum()),
            returned=int((own & self._returned()).sum()),
        )

    def _items(self) -> ItemFigures:
        """Items that finished in the month."""
        states = self.evaluation.items
        ended = (states.finished_at >= _month_start(self.month)) & (states.finished_at <= month_end(self.month))
        rounds = states.round[ended] - 1
        lead = [
            int(self.evaluation.calendar.measure(states.started_at[index], states.finished_at[index]))
            for index in np.flatnonzero(ended & (states.started_at != NONE))
        ]
        return ItemFigures(
            count=int(ended.sum()),
            compliant=int((states.compliant[ended] == 1).sum()),
            first_pass=int((rounds == 0).sum()),
            rework_rounds=int(rounds.sum()),
            median_lead_minutes=float(np.median(lead)) if lead else None,
            work_minutes=int(states.work_minutes[ended].sum()),
            wait_minutes=int(states.wait_minutes[ended].sum()),
        )

    def _series(self) -> tuple[MonthPoint, ...]:
        finish, points = self.evaluation.events.finish, []
        for back in range(SERIES_MONTHS - 1, -1, -1):
            month = self.month.shifted(-back)
            own = self.counted & (finish >= _month_start(month)) & (finish <= month_end(month))
            on_time = int((own & (self.verdict == Verdict.ON_TIME)).sum())
            late = int((own & (self.verdict == Verdict.LATE)).sum())
            points.append(MonthPoint(month, int(own.sum()), on_time, late))
        return tuple(points)

    def _listed(self) -> tuple[ListedItem, ...]:
        """Items with an event finished in the month, and those running at its end, in the order of Register."""
        register, states = self.evaluation.register, self.evaluation.items
        owner = self.evaluation.events.item
        handled = set(owner[self.finished].tolist()) | set(np.flatnonzero(states.state == ItemState.RUNNING).tolist())
        late, returned = Counter(owner[self.late].tolist()), Counter(owner[self._returned()].tolist())
        items = register.items
        return tuple(
            ListedItem(
                item=index,
                id=items.id[index],
                title=items.title[index],
                channel=items.channel[index],
                kind=items.kind[index],
                links=tuple(str(items.links[index]).split()),
                started_at=int(states.started_at[index]),
                finished_at=int(states.finished_at[index]),
                rework_rounds=returned[index],
                violations=late[index],
                work_minutes=int(states.work_minutes[index]),
                wait_minutes=int(states.wait_minutes[index]),
                state=ItemState(states.state[index]).label,
                compliant=None if states.compliant[index] < 0 else bool(states.compliant[index]),
            )
            for index in sorted(handled)
        )

    def _violations(self) -> tuple[Violation, ...]:
        register, verdicts = self.evaluation.register, self.evaluation.events
        chosen = np.flatnonzero(self.late)
        ordered = chosen[np.lexsort((register.events.row[chosen], verdicts.finish[chosen]))]
        return tuple(self._violation(int(index)) for index in ordered)

    def _violation(self, index: int) -> Violation:
        register, verdicts = self.evaluation.register, self.evaluation.events
        step = register.sop.steps[int(register.events.step[index])]
        item = int(verdicts.item[index])
        return Violation(
            id=register.items.id[item],
            title=register.items.title[item],
            step=step.number,
            activity=step.activity,
            performer="; ".join(verdicts.performer_sets[verdicts.performer[index]]),
            finished_at=int(verdicts.finish[index]),
            standard=standard_words(step.standard),
            late_minutes=int(verdicts.late_minutes[index]),
            note=register.events.note[index],
            row=int(register.events.row[index]),
        )

    def _running(self) -> tuple[RunningItem, ...]:
        """Items running at the end, the most urgent first."""
        states = self.evaluation.items
        chosen = np.flatnonzero(states.state == ItemState.RUNNING)
        ordered = chosen[np.lexsort((self.evaluation.register.items.row[chosen], -states.urgency[chosen]))]
        return tuple(self._running_item(int(index)) for index in ordered)

    def _running_item(self, index: int) -> RunningItem:
        register, states = self.evaluation.register, self.evaluation.items
        at = int(states.step[index])
        step = register.sop.steps[at] if at >= 0 else None
        return RunningItem(
            id=register.items.id[index],
            title=register.items.title[index],
            channel=register.items.channel[index],
            step=step.number if step else 0,
            activity=step.activity if step else "",
            role=step.role if step else "",
            since=int(states.since[index]),
            deadline=int(states.deadline[index]),
            age_minutes=int(states.elapsed[index]),
            is_open=bool(states.is_open[index]),
            overdue=bool(states.overdue[index]),
            late_minutes=int(states.late_minutes[index]),
        )

    def _concerning(self, listed: tuple[ListedItem, ...]) -> Iterable[Finding]:
        """Findings on rows of Riwayat finished in the month or in no month, on its items, and on the book itself."""
        register, events = self.evaluation.register, self.evaluation.events
        known = events.finish != NONE
        rows = set(register.events.row[self.finished | ~known].tolist())
        handled = {one.id for one in listed}
        for one in self.evaluation.findings:
            if one.place.sheet == "Riwayat":
                if one.place.row in rows:
                    yield one
            elif one.id is None or one.id in handled:
                yield one
