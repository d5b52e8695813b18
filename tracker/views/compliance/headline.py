"""What the month comes to in one sentence: share on time, its change, and where the time is lost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np

from tracker.sop.compliance import month_of
from tracker.sop.figures import Month, MonthFigures, StepFigures
from tracker.sop.model import Sop
from tracker.sop.verdicts import NONE, Evaluation
from tracker.views.monthly.narrative import against_target
from tracker.views.today import Person, Punctuality, punctuality
from tracker.views.wording import FEW

__all__ = ["Headline", "Standpoint", "headline", "may_see_persons", "months_to_choose"]


class Standpoint(Enum):
    """How much can be said of a month."""

    NOTHING = "no event finished"
    UNJUDGED = "events, none of them judged"
    FEW = "too few for a percentage (K3)"
    ENOUGH = "a share"


@dataclass(frozen=True, slots=True)
class Headline:
    """The facts of the headline and of the line below it. Minutes are working minutes."""

    standpoint: Standpoint
    month: Month
    punctuality: Punctuality
    against_target: str
    """`berada di atas`, `berada di bawah`, `sama dengan`, as the paper says it; empty when nothing was judged."""
    target_percent: float
    late: int
    late_minutes: int
    """Of all steps together."""
    bottlenecks: tuple[StepFigures, ...]
    """The steps with the most minutes past their standard (K4), more than one only when they tie."""

    @property
    def bottleneck_minutes(self) -> int:
        """Minutes past the standard of each of them."""
        return self.bottlenecks[0].late_minutes if self.bottlenecks else 0


def headline(figures: MonthFigures) -> Headline:
    """The facts of one month (of one role where the figures are of one)."""
    most = max((one.late_minutes for one in figures.steps), default=0)
    share = punctuality(figures)
    return Headline(
        standpoint=_standpoint(figures, share.judged),
        month=figures.month,
        punctuality=share,
        against_target=against_target(figures),
        target_percent=figures.target_percent,
        late=figures.late,
        late_minutes=sum(one.late_minutes for one in figures.steps),
        bottlenecks=tuple(one for one in figures.steps if most and one.late_minutes == most),
    )


def _standpoint(figures: MonthFigures, judged: int) -> Standpoint:
    if not figures.count:
        return Standpoint.NOTHING
    if not judged:
        return Standpoint.UNJUDGED
    return Standpoint.FEW if judged < FEW else Standpoint.ENOUGH


def months_to_choose(evaluation: Evaluation) -> tuple[Month, ...]:
    """The months in which an event was finished, and the month of the evaluation; the latest first."""
    events = evaluation.events
    done = events.counts & (events.finish != NONE) & (events.finish <= evaluation.now)
    days = np.unique(events.finish[done] // 1440)
    return tuple(
        sorted({month_of(evaluation.now), *(month_of(int(day) * 1440) for day in days)}, reverse=True)
    )


def may_see_persons(reader: Person | None, sop: Sop) -> bool:
    """Figures per person are for those who hold a role with decisions (K6)."""
    return reader is not None and any(reader.holds(step) for step in sop.steps if step.is_decision)
