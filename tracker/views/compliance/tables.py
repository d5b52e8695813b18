"""The rows of the tables: by step, person, channel, kind and month, with what each of them opens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tracker.sop.figures import GroupFigures, MonthFigures, MonthPoint, PersonFigures, StepFigures
from tracker.sop.model import Appointment, Sop
from tracker.views.compliance.lists import UNNAMED, By, person_key

__all__ = ["Counted", "Row", "group_rows", "month_rows", "person_rows", "step_rows", "total_row"]


class Counted(Protocol):
    """What every row counts: a step, a tally, or a month of the series."""

    @property
    def count(self) -> int: ...
    @property
    def on_time(self) -> int: ...
    @property
    def late(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `by` and `value` say of which events; both are empty for the whole month."""

    name: str
    counted: Counted
    by: By | None = None
    value: str = ""
    median_minutes: float | None = None
    late_minutes: int = 0
    returned: int = 0
    decisions: int | None = None
    """How many events might have been sent back (K4); None where nothing is decided."""
    role: str = ""
    standard: str = ""
    items: int = 0
    finished: int = 0
    compliant: int = 0

    @property
    def judged(self) -> int:
        """The denominator of the share on time."""
        return self.counted.on_time + self.counted.late


def step_rows(figures: MonthFigures, sop: Sop) -> tuple[Row, ...]:
    """One row for each step."""
    deciding = {step.number for step in sop.steps if step.is_decision}
    return tuple(_step(one, is_decision=one.step in deciding) for one in figures.steps)


def _step(one: StepFigures, *, is_decision: bool) -> Row:
    return Row(
        name=one.activity,
        counted=one,
        by=By.STEP,
        value=str(one.step),
        median_minutes=one.median_minutes,
        late_minutes=one.late_minutes,
        returned=one.returned,
        decisions=one.count if is_decision else None,
        role=one.role,
        standard=one.standard,
    )


def total_row(figures: MonthFigures, rows: Sequence[Row]) -> Row:
    """All steps together; the sums of the rows of `step_rows`."""
    decisions = [one.decisions for one in rows if one.decisions is not None]
    return Row(
        name="",
        counted=figures,
        late_minutes=sum(one.late_minutes for one in rows),
        returned=sum(one.returned for one in rows),
        decisions=sum(decisions) if decisions else None,
    )


def person_rows(persons: Iterable[PersonFigures], people: Sequence[Appointment]) -> tuple[Row, ...]:
    """One row for each person who finished something, the busiest first: load, then punctuality."""
    made = [_tallied(one, By.PERSON, person_key(one.name, people)) for one in persons]
    return tuple(sorted(made, key=lambda one: (-one.counted.count, one.name.casefold())))


def group_rows(groups: Iterable[GroupFigures], by: By) -> tuple[Row, ...]:
    """One row for each channel or kind, by name."""
    return tuple(_tallied(one, by, one.name or UNNAMED) for one in groups)


def _tallied(one: PersonFigures | GroupFigures, by: By, value: str) -> Row:
    group = one if isinstance(one, GroupFigures) else None
    return Row(
        name=one.name,
        counted=one.tally,
        by=by,
        value=value,
        median_minutes=one.tally.median_minutes,
        late_minutes=one.tally.late_minutes,
        returned=one.tally.returned,
        items=group.items if group else 0,
        finished=group.finished if group else 0,
        compliant=group.compliant if group else 0,
    )


def month_rows(series: Iterable[MonthPoint]) -> tuple[Row, ...]:
    """One row for each month of the line, the latest first; `value` is the month (`2026-10`)."""
    return tuple(Row(name="", counted=one, value=str(one.month)) for one in reversed(tuple(series)))
