"""The figures of a month, as data: what `tracker.sop.compliance` counts and every paper, page and JSON shows.

Counts carry their denominators; a share is never stored without the two counts it came from. Minutes are working
minutes. Moments are int64 local minutes since 1970-01-01 (`verdicts.NONE` when there is none).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.findings import Finding

__all__ = [
    "GroupFigures",
    "ItemFigures",
    "ListedItem",
    "Month",
    "MonthChange",
    "MonthFigures",
    "MonthPoint",
    "PersonFigures",
    "RunningItem",
    "SemesterFigures",
    "SemesterStep",
    "StepFigures",
    "Tally",
    "Violation",
]


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month in the register's zone."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def shifted(self, months: int) -> Month:
        """The month this many months later (negative: earlier)."""
        index = self.year * 12 + self.month - 1 + months
        return Month(index // 12, index % 12 + 1)


@dataclass(frozen=True, slots=True)
class Tally:
    """What some of the events finished in a period come to; the fields mean the same as those of `StepFigures`."""

    count: int
    on_time: int
    late: int
    unjudged: int
    median_minutes: float | None
    p90_minutes: float | None
    begun_outside: int
    late_minutes: int
    returned: int


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """One person (or one role; the empty name: nobody known); two persons who did an event together count it both."""

    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """The items of one Kanal or one Jenis, and the punctuality of their events."""

    name: str
    """As in Register; empty for items without one."""
    items: int
    """Items handled in the period (an event finished in it, or running at its end)."""
    finished: int
    """Of these, finished in the period."""
    compliant: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class StepFigures:
    """One step over the events finished in the month."""

    step: int
    """Number of the step."""
    activity: str
    role: str
    standard: str
    """The standard as the SOP writes it: `10 menit`, `1 hari`."""
    count: int
    on_time: int
    late: int
    unjudged: int
    median_minutes: float | None
    """Over judged events begun within working time; None when there is none."""
    p90_minutes: float | None
    begun_outside: int
    """Events begun outside working time, left out of median and P90."""
    late_minutes: int
    """Total lateness in working minutes."""
    returned: int
    """Decisions Tidak."""


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """The items finished in the month."""

    count: int
    compliant: int
    first_pass: int
    """Items that finished without one Tidak."""
    rework_rounds: int
    """Number of Tidak in them."""
    median_lead_minutes: float | None
    work_minutes: int
    wait_minutes: int


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month of the 12-month series."""

    month: Month
    count: int
    on_time: int
    late: int
    items: int = 0
    """Items that finished in the month."""
    compliant: int = 0
    """Of these, compliant."""

    @property
    def percent(self) -> float | None:
        """Tepat waktu: on time ÷ (on time + late); None when nothing was judged."""
        judged = self.on_time + self.late
        return 100 * self.on_time / judged if judged else None


@dataclass(frozen=True, slots=True)
class MonthChange:
    """The report month less the month before it."""

    count: int
    late: int
    items: int
    compliant: int
    points: float | None
    """Change of Tepat waktu in percentage points; None when one of the two months judged nothing."""


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One item handled in the month (an event finished in it, or running at its end)."""

    item: int
    """Index into the register's items."""
    id: str
    title: str
    channel: str
    kind: str
    links: tuple[str, ...]
    started_at: int
    finished_at: int
    rework_rounds: int
    """Number of Tidak among events finished in the month."""
    violations: int
    """Late events finished in the month."""
    work_minutes: int
    wait_minutes: int
    state: str
    """`selesai`, `berjalan`, `belum mulai`, `dibatalkan` as of the end of the month."""
    compliant: bool | None


@dataclass(frozen=True, slots=True)
class Violation:
    """One late event finished in the month."""

    id: str
    title: str
    step: int
    activity: str
    performer: str
    finished_at: int
    standard: str
    late_minutes: int
    note: str
    row: int


@dataclass(frozen=True, slots=True)
class RunningItem:
    """One item running at the end of the month (or at `as_of`)."""

    id: str
    title: str
    channel: str
    step: int
    activity: str
    role: str
    since: int
    deadline: int
    age_minutes: int
    """Working minutes since `since`."""
    is_open: bool
    """True: an event runs; False: it waits for the step."""
    overdue: bool
    late_minutes: int


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """Everything the monthly report states, as of min(now, end of the month)."""

    month: Month
    as_of: int
    count: int
    """Events finished in the month = on_time + late + unjudged."""
    on_time: int
    late: int
    unjudged: int
    running_overdue: int
    """Events running past their deadline at `as_of`."""
    waiting_overdue: int
    """Items waiting longer than Batas Tunggu at `as_of`."""
    items_handled: int
    items: ItemFigures
    rework_rounds: int
    """Number of Tidak among all events finished in the month (tile and Σ of the item list)."""
    steps: tuple[StepFigures, ...]
    series: tuple[MonthPoint, ...]
    """Twelve months, the report month last."""
    listed: tuple[ListedItem, ...]
    violations: tuple[Violation, ...]
    running: tuple[RunningItem, ...]
    finding_counts: tuple[tuple[str, int], ...]
    """(code, how many) over findings on rows that concern the month, by code."""
    not_counted: int
    """Rows of Riwayat left out of every figure because of a galat (orphans, unknown steps, no moment)."""
    target_percent: float
    findings: tuple[Finding, ...] = ()
    """The findings behind `finding_counts`, with their cells."""
    roles: tuple[PersonFigures, ...] = ()
    """One row for each role of the SOP."""
    persons: tuple[PersonFigures, ...] = ()
    channels: tuple[GroupFigures, ...] = ()
    kinds: tuple[GroupFigures, ...] = ()

    @property
    def previous(self) -> MonthPoint | None:
        """The month before, from the series."""
        return self.series[-2] if len(self.series) > 1 else None

    @property
    def change(self) -> MonthChange | None:
        """What changed against the month before; None when the series has none."""
        if len(self.series) < 2:
            return None
        before, now = self.series[-2:]
        one, two = before.percent, now.percent
        return MonthChange(
            count=now.count - before.count,
            late=now.late - before.late,
            items=now.items - before.items,
            compliant=now.compliant - before.compliant,
            points=None if one is None or two is None else two - one,
        )


@dataclass(frozen=True, slots=True)
class SemesterStep:
    """One row of the monitoring form (PermenPAN-RB 35/2012): a procedure and the facts a person judges it by."""

    figures: StepFigures
    finding_counts: tuple[tuple[str, int], ...]
    """(code, how many) of the findings of order, time and performer on rows of this step, by code."""


@dataclass(frozen=True, slots=True)
class SemesterFigures:
    """The facts of half a year, as of min(now, its end)."""

    year: int
    half: int
    """1: January–June, 2: July–December."""
    as_of: int
    total: Tally
    steps: tuple[SemesterStep, ...]
    months: tuple[MonthPoint, ...]
    """The six months."""
    items: ItemFigures
    not_counted: int
    target_percent: float
