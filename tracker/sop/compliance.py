"""The compliance figures of a month, always as of a moment.

Source: "Compliance figures" in the rules contract. The month is judged as of min(now, its end): what came later is
left out, so that a paper printed again in March says of January what it said in January.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from tracker.findings import Finding
from tracker.sop.calendar import DAY, day_number
from tracker.sop.counting import Count
from tracker.sop.evaluation import evaluate
from tracker.sop.figures import (
    ListedItem,
    Month,
    MonthFigures,
    MonthPoint,
    RunningItem,
    SemesterFigures,
    SemesterStep,
    Violation,
)
from tracker.sop.hindsight import as_of, is_whole
from tracker.sop.model import Register
from tracker.sop.notices import standard_words
from tracker.sop.verdicts import NONE, Evaluation, ItemState, Verdict

__all__ = [
    "MonthCount",
    "as_of",
    "month_end",
    "month_evaluation",
    "month_figures",
    "month_of",
    "month_start",
    "semester_figures",
]

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SERIES_MONTHS: Final = 12
_EPOCH: Final = date(1970, 1, 1)


def month_of(at: int) -> Month:
    """The month that a moment lies in."""
    on = _EPOCH + timedelta(days=int(at) // DAY)
    return Month(on.year, on.month)


def month_start(month: Month) -> int:
    """The first minute of the month."""
    return day_number(date(month.year, month.month, 1)) * DAY


def month_end(month: Month) -> int:
    """The last minute of the month."""
    return month_start(month.shifted(1)) - 1


def month_figures(register: Register, month: Month, now: int) -> MonthFigures:
    """Count one month of the register as of min(now, end of the month)."""
    return MonthCount(month_evaluation(register, month, now), month).figures()


def month_evaluation(
    register: Register, month: Month, now: int, *, known: Evaluation | None = None
) -> Evaluation:
    """The verdicts that the figures of a month are counted from: as of min(now, end of the month).

    `known`, an evaluation of the same register, is taken where it says the same: made at that moment, and nothing in
    the register lies after it.
    """
    moment = min(now, month_end(month))
    cut = as_of(register, moment)
    if known is not None and known.register is register and known.now == moment and is_whole(cut, register):
        return known
    return evaluate(cut, moment)


def semester_figures(register: Register, year: int, half: int, now: int) -> SemesterFigures:
    """Count the first (1) or second (2) half of a year as of min(now, its end)."""
    months = [Month(year, number) for number in range(6 * half - 5, 6 * half + 1)]
    moment = min(now, month_end(months[-1]))
    evaluation = evaluate(as_of(register, moment), moment)
    count = Count(evaluation, month_start(months[0]), month_end(months[-1]))
    rows = {int(row): int(step) for row, step in zip(
        evaluation.register.events.row[count.events.event], count.events.step, strict=True)}  # fmt: skip
    by_step: dict[int, Counter[str]] = {}
    for one in evaluation.findings:
        if one.place.sheet == "Riwayat" and one.place.row in rows and one.code[0] in "UWP":
            by_step.setdefault(rows[one.place.row], Counter())[one.code] += 1
    return SemesterFigures(
        year=year,
        half=half,
        as_of=moment,
        total=count.total(),
        steps=tuple(
            SemesterStep(figures, tuple(sorted(by_step.get(index, Counter()).items())))
            for index, figures in enumerate(count.steps())
        ),
        months=tuple(_point(count, month) for month in months),
        items=count.items(),
        not_counted=count.not_counted(),
        target_percent=evaluation.register.settings.target_percent,
    )


def _point(count: Count, month: Month) -> MonthPoint:
    """One month of a series, over the evaluation of the count."""
    begin, end = month_start(month), month_end(month)
    events, items = count.evaluation.events, count.evaluation.items
    verdict = events.verdict[
        np.flatnonzero(count.counted & (events.finish >= begin) & (events.finish <= end))
    ]
    ended = (items.finished_at >= begin) & (items.finished_at <= end)
    return MonthPoint(
        month=month,
        count=len(verdict),
        on_time=int((verdict == int(Verdict.ON_TIME)).sum()),
        late=int((verdict == int(Verdict.LATE)).sum()),
        items=int(ended.sum()),
        compliant=int((items.compliant[ended] == 1).sum()),
    )


class MonthCount(Count):
    """The counting of one month: the tables of any period, and what only the monthly report lists.

    `evaluation` is that of `month_evaluation`. With a `role`, only its steps: their events, and the items that
    stand at one of them.
    """

    def __init__(self, evaluation: Evaluation, month: Month, *, role: str | None = None) -> None:
        super().__init__(evaluation, month_start(month), month_end(month), role=role)
        self.month = month

    def _runs(self) -> Bools:
        """Which items are running (at a step of the role)."""
        states = self.evaluation.items
        running = np.asarray(states.state == int(ItemState.RUNNING))
        return running if self.role is None else running & np.isin(states.step, self._steps_of(self.role))

    def figures(self) -> MonthFigures:
        evaluation, states = self.evaluation, self.evaluation.items
        listed = self._listed()
        handled = [one.item for one in listed]
        concerning = tuple(self._concerning(listed))
        running, total = self._runs(), self.total()
        return MonthFigures(
            month=self.month,
            as_of=evaluation.now,
            count=total.count,
            on_time=total.on_time,
            late=total.late,
            unjudged=total.unjudged,
            running_overdue=int((running & states.is_open & states.overdue).sum()),
            waiting_overdue=int((running & ~states.is_open & states.overdue).sum()),
            items_handled=len(listed),
            items=self.items(),
            rework_rounds=total.returned,
            steps=self.steps(),
            series=tuple(
                _point(self, self.month.shifted(-back)) for back in range(SERIES_MONTHS - 1, -1, -1)
            ),
            listed=listed,
            violations=self._violations(),
            running=self._running(),
            finding_counts=tuple(sorted(Counter(one.code for one in concerning).items())),
            findings=concerning,
            not_counted=self.not_counted(),
            target_percent=evaluation.register.settings.target_percent,
            roles=self.roles(),
            persons=self.persons(),
            channels=self.groups(evaluation.register.items.channel.tolist(), handled),
            kinds=self.groups(evaluation.register.items.kind.tolist(), handled),
        )

    def _listed(self) -> tuple[ListedItem, ...]:
        """Items with an event finished in the month, and those running at its end, in the order of Register."""
        register, states = self.evaluation.register, self.evaluation.items
        events = self.events
        handled = np.union1d(events.item, np.flatnonzero(self._runs())).tolist()
        late, returned = (
            Counter(events.item[events.late].tolist()),
            Counter(events.item[events.returned].tolist()),
        )
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
            for index in handled
        )

    def _violations(self) -> tuple[Violation, ...]:
        register, verdicts = self.evaluation.register, self.evaluation.events
        chosen = self.events.event[self.events.late]
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
        chosen = np.flatnonzero(self._runs())
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
        """Findings on rows of Riwayat finished in the month or in no month, on its items, and on the book itself.

        What waits too long at the end of the month (W210) belongs to it, whenever the step before was finished.
        """
        register, states = self.evaluation.register, self.evaluation.items
        nowhen = np.flatnonzero(self.evaluation.events.finish == NONE)
        rows = set(register.events.row[np.concatenate((self.events.event, nowhen))].tolist())
        waiting = states.last_event[np.flatnonzero(states.overdue & ~states.is_open)]
        waits = set(register.events.row[waiting].tolist())
        handled = {one.id for one in listed}
        for one in self.evaluation.findings:
            if one.place.sheet == "Riwayat":
                if one.place.row in rows or (one.code == "W210" and one.place.row in waits):
                    yield one
            elif one.id is None or one.id in handled:
                yield one
